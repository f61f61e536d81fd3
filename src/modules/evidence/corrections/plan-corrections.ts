import { read } from '../../../platform/database/door.ts'
import { literal, type Workbench } from '../../../platform/lake/duck.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { placesOfUpns } from '../../organisation/index.ts'
import type { Drop } from '../drops/domain/drop.ts'
import { type Assessment, assessments } from '../drops/queries/assessments.ts'
import { fold } from '../imports/domain/letters.ts'
import { type Result, readResult } from '../imports/domain/read-result.ts'
import { filesIn, type LakeFile, latestIn } from '../snapshots/queries.ts'

/** A result as it should have been, as a person or a file says it. */
export interface AskedResult {
  /** Line of the file it stands in. */
  readonly row?: number
  readonly upn: string
  /** Code or name of the assessment. */
  readonly assessment: string
  readonly result: string
}

/** A result that changes, or that was never sent. */
export interface Correction {
  readonly pupil: number
  readonly upn: string
  readonly school: number
  readonly assessment: Assessment
  /** As it stands; null where nothing was sent. */
  readonly before: string | null
  readonly raw: string
  readonly result: Result
}

export interface PlannedCorrections {
  readonly corrections: readonly Correction[]
  /** Results that say already what they should. */
  readonly same: number
  readonly leftOut: readonly { readonly row?: number; readonly value: string; readonly why: string }[]
  readonly live: readonly LakeFile[]
}

/** Works out, against what stands in the drop, what these results would change. Changes nothing. */
export async function planCorrections(
  viewer: Viewer,
  bench: Workbench,
  drop: Drop,
  asked: readonly AskedResult[],
): Promise<PlannedCorrections> {
  const all = await assessments(viewer)
  const named = new Map(
    all.flatMap((one) => [[fold(one.name), one] as const, [fold(one.code), one] as const]),
  )
  const upnOf = ({ upn }: AskedResult) => upn.trim().toUpperCase()
  const known = await placesOfUpns(viewer, [...new Set(asked.map(upnOf))].filter(Boolean))
  const pupils = new Map(known.map((one) => [one.upn, one.pupil]))
  const live = await read(viewer, async (db) => filesIn(db, await latestIn(db), { drops: [drop.id] }))
  const standing = await standingOf(viewer, bench, live, [...pupils.values()])
  const leftOut: { row?: number; value: string; why: string }[] = []
  const corrections = new Map<string, Correction>()
  let same = 0
  for (const one of asked) {
    const upn = upnOf(one)
    const out = (value: string, why: string) =>
      leftOut.push({ ...(one.row === undefined ? {} : { row: one.row }), value: value.slice(0, 80), why })
    const pupil = pupils.get(upn)
    const assessment = named.get(fold(one.assessment))
    if (pupil === undefined) {
      out(upn, `No pupil of the trust has the UPN ${upn.slice(0, 20) || '(none given)'}.`)
      continue
    }
    if (!assessment) {
      out(one.assessment, one.assessment ? 'There is no such assessment.' : 'Choose the assessment.')
      continue
    }
    const school = standing.schools.get(pupil)
    if (school === undefined) {
      out(upn, 'That pupil was on no roll that counts in this drop, so no figure of it could hold a result.')
      continue
    }
    const result = readResult(one.result, assessment.scale)
    if (result.kind !== 'result') {
      out(one.result, result.kind === 'wrong' ? result.why : 'Type the result as it should have been.')
      continue
    }
    const key = `${pupil} ${assessment.code}`
    const before = standing.results.get(key) ?? null
    const raw = one.result.trim()
    const twice = corrections.get(key)
    if (twice && twice.raw !== raw)
      out(raw, `This pupil’s result in ${assessment.name} stands in the file twice, once as ${twice.raw}.`)
    else if (before === raw) same++
    else corrections.set(key, { pupil, upn, school, assessment, before, raw, result })
  }
  return { corrections: [...corrections.values()], same, leftOut, live }
}

/** At which school each pupil counts in the drop, and what their results say. */
async function standingOf(
  viewer: Viewer,
  bench: Workbench,
  live: readonly LakeFile[],
  pupils: readonly number[],
) {
  const paths = (fact: string) =>
    live
      .filter((file) => file.fact === fact)
      .map((file) => literal(viewer.house.lake.path(file.path)))
      .join(', ')
  const schools = new Map<number, number>()
  const results = new Map<string, string>()
  if (pupils.length === 0) return { schools, results }
  const these = `pupil in (${pupils.map(Number).join(', ')})`
  if (paths('pupil_state'))
    for (const row of await bench.rows<{ pupil: number; school: number }>(
      `select pupil, school from read_parquet([${paths('pupil_state')}]) where ${these}`,
    ))
      schools.set(Number(row.pupil), row.school)
  if (paths('result'))
    for (const row of await bench.rows<{
      pupil: number
      school: number
      assessment: string
      raw: string | null
    }>(`select pupil, school, assessment, raw from read_parquet([${paths('result')}]) where ${these}`))
      if (schools.get(Number(row.pupil)) === row.school)
        results.set(`${Number(row.pupil)} ${row.assessment}`, row.raw ?? '')
  return { schools, results }
}
