import { includesSchool, schoolsWhere } from '../../../kernel/viewer.ts'
import { read } from '../../../platform/database/door.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import type { DatedCharacteristic } from '../domain/characteristics.ts'

/** What a school has recorded of each of its pupils, by pupil. Only for those who may send its results; others get nothing. */
export async function pupilFacts(
  viewer: Viewer,
  school: number,
): Promise<ReadonlyMap<number, readonly DatedCharacteristic[]>> {
  if (!includesSchool(schoolsWhere(viewer, 'send results'), school)) return new Map()
  const rows = await read(viewer, (db) =>
    db
      .selectFrom('organisation.characteristic')
      .select(['pupil_id as pupil', 'kind', 'value', 'from_day as from', 'to_day as to'])
      .where('school_id', '=', school)
      .orderBy('from_day')
      .execute(),
  )
  const facts = new Map<number, DatedCharacteristic[]>()
  for (const { pupil, ...fact } of rows) facts.set(pupil, [...(facts.get(pupil) ?? []), fact])
  return facts
}

/** A pupil who is known in the trust by a UPN, and whether they are on roll anywhere on the day. */
export interface KnownPupil {
  readonly pupil: number
  readonly upn: string
  readonly onRollAt: number | null
}

/** Pupils of the trust who have one of these UPNs, as far as the viewer reaches. Only for those who may send results. */
export async function pupilsByUpn(
  viewer: Viewer,
  upns: readonly string[],
  day: string,
): Promise<KnownPupil[]> {
  const reach = schoolsWhere(viewer, 'send results')
  if (upns.length === 0 || (reach !== 'all' && reach.length === 0)) return []
  const rows = await read(viewer, (db) =>
    db
      .selectFrom('organisation.pupil as p')
      .leftJoin('organisation.enrolment as e', (join) =>
        join
          .onRef('e.trust_id', '=', 'p.trust_id')
          .onRef('e.pupil_id', '=', 'p.pupil_id')
          .on('e.from_day', '<=', day)
          .on((on) => on.or([on('e.to_day', 'is', null), on('e.to_day', '>=', day)])),
      )
      .select(['p.pupil_id as pupil', 'p.upn', 'e.school_id as onRollAt'])
      .where('p.trust_id', '=', viewer.trust)
      .where('p.upn', 'in', upns)
      .execute(),
  )
  return rows.map((row) => ({ ...row, upn: row.upn! }))
}

/** A pupil who left a school, with all that a transfer file says of them. */
export interface Leaver {
  readonly pupil: number
  readonly upn: string | null
  readonly surname: string
  readonly forename: string
  readonly born: string | null
  readonly from: string
  readonly to: string
  readonly yearGroup: string | null
}

/** Who left a school from a day to a day, by name. Only for those who may send its results; others get nothing. */
export async function leaversOf(viewer: Viewer, school: number, from: string, to: string): Promise<Leaver[]> {
  if (!includesSchool(schoolsWhere(viewer, 'send results'), school)) return []
  const rows = await read(viewer, (db) =>
    db
      .selectFrom('organisation.enrolment as e')
      .innerJoin('organisation.pupil as p', (join) =>
        join.onRef('p.trust_id', '=', 'e.trust_id').onRef('p.pupil_id', '=', 'e.pupil_id'),
      )
      .leftJoin('organisation.year_placement as y', (join) =>
        join
          .onRef('y.trust_id', '=', 'e.trust_id')
          .onRef('y.school_id', '=', 'e.school_id')
          .onRef('y.pupil_id', '=', 'e.pupil_id'),
      )
      .select([
        'e.pupil_id as pupil',
        'p.upn',
        'p.surname',
        'p.forename',
        'p.born',
        'e.from_day as from',
        'e.to_day as to',
        'y.year_group as yearGroup',
        'y.academic_year as academicYear',
      ])
      .where('e.school_id', '=', school)
      .where('e.to_day', '>=', from)
      .where('e.to_day', '<=', to)
      .orderBy('p.surname')
      .orderBy('p.forename')
      .orderBy('y.academic_year', 'desc')
      .execute(),
  )
  const leavers = new Map<number, Leaver>()
  for (const { academicYear: _, ...row } of rows)
    if (!leavers.has(row.pupil)) leavers.set(row.pupil, { ...row, to: row.to! })
  return [...leavers.values()]
}
