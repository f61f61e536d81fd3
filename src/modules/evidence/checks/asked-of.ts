import type { Viewer } from '../../../platform/viewer.ts'
import type { Drop } from '../drops/domain/drop.ts'
import { type Asked, askedIn } from '../drops/queries/assessments.ts'
import { yearsTaught } from '../drops/queries/taught.ts'
import type { Health } from './health.ts'

/**
 * What a drop asks of one school: of the year groups it teaches, and not what was asked before and never came from it
 * though other schools of its phase do without it too.
 */
export async function askedOf(
  viewer: Viewer,
  drop: Drop,
  school: number,
  { before, expected, known }: Pick<Health, 'before' | 'expected' | 'known'>,
): Promise<Asked[]> {
  const years = await yearsTaught(viewer, drop, school)
  const taught = (await askedIn(viewer, drop)).filter((one) => years.has(one.yearGroup))
  if (!before || !known.includes(school)) return taught
  const key = (one: Asked) => `${one.assessment.code}|${one.yearGroup}`
  const askedBefore = new Set((await askedIn(viewer, before)).map(key))
  const awaited = new Set(
    expected.filter((one) => one.school === school).map((one) => `${one.assessment}|${one.yearGroup}`),
  )
  return taught.filter((one) => !askedBefore.has(key(one)) || awaited.has(key(one)))
}
