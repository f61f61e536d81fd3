import { NotHere } from '../../../kernel/refusal.ts'
import { may } from '../../../kernel/viewer.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { schoolById } from '../../organisation/index.ts'
import { dropByCode } from '../drops/queries/drops.ts'
import type { Finding } from './finding.ts'
import { health } from './health.ts'

/** A question as a list names it: the school in words, the answer as text. */
export type NamedFinding = Finding & {
  readonly title: string
  readonly schoolName: string
  readonly answer?: string
}

/** Every question the checks ask of a drop, of one school when it is named. @throws NotHere */
export async function checkFindings(viewer: Viewer, code: string, school?: number): Promise<NamedFinding[]> {
  if (school !== undefined && !may(viewer, 'see files', { school })) throw new NotHere()
  const { questions } = await health(viewer, await dropByCode(viewer, code))
  const wanted = questions.filter((one) => school === undefined || one.school === school)
  const names = new Map<number, string>()
  for (const id of new Set(wanted.map((one) => one.school)))
    if (id !== null) names.set(id, (await schoolById(viewer, id)).shortName)
  return wanted.map(({ answer, ...one }) => ({
    ...one,
    schoolName: one.school === null ? 'The whole trust' : names.get(one.school)!,
    ...(answer ? { answer: answer.text } : {}),
  }))
}
