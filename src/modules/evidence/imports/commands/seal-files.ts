import { literal, type Workbench } from '../../../../platform/lake/duck.ts'
import type { SealedFile } from '../../../../platform/lake/lake.ts'
import type { Viewer } from '../../../../platform/viewer.ts'
import type { PupilState } from '../../../organisation/index.ts'
import type { Drop } from '../../drops/domain/drop.ts'
import type { LakeFile } from '../../snapshots/queries.ts'
import type { Fact } from '../../tables.ts'
import type { Outcome } from '../check/check-file.ts'
import type { Mapping } from '../domain/words.ts'
import { teachingClasses } from '../queries/teaching-classes.ts'
import { type ColumnType, pour } from '../reading/pour.ts'

/** A sealed file that the manifest is about to list. */
export interface Sealed extends SealedFile {
  readonly fact: Fact
  readonly school: number
}

/** Columns of `pupil_state`, as the lake has them. */
export const stateColumns = {
  pupil: 'bigint',
  school: 'integer',
  drop_id: 'integer',
  academic_year: 'integer',
  year_group: 'text',
  class_id: 'integer',
  form: 'text',
  sex: 'text',
  ethnicity: 'text',
  ethnic_group: 'text',
  first_language: 'text',
  sen: 'text',
  fsm: 'boolean',
  fsm6: 'boolean',
  pupil_premium: 'boolean',
  looked_after: 'boolean',
  disadvantaged: 'boolean',
  prior_reading: 'double',
  prior_mathematics: 'double',
  prior: 'double',
  prior_band: 'text',
  joined_this_year: 'boolean',
} as const satisfies Record<string, ColumnType>

export interface ToSeal {
  readonly drop: Drop
  readonly mapping: Mapping
  readonly outcome: Outcome
  /** The true ids of schools and pupils that had none on the bench. */
  readonly schoolIds: ReadonlyMap<number, number>
  readonly pupilIds: ReadonlyMap<number, number>
  /** Everyone on roll at these schools, newcomers too. */
  readonly states: readonly PupilState[]
}

/**
 * Seals each touched school’s facts anew: what stood before, with this file’s rows over it. Nobody sees them until the
 * manifest lists them; files that come out the same as what is live are left as they are.
 */
export async function sealFiles(viewer: Viewer, bench: Workbench, about: ToSeal): Promise<Sealed[]> {
  const { drop, outcome, mapping } = about
  const { lake } = viewer.house
  const taught = await layAside(viewer, bench, about)
  await layFresh(bench, about, taught)
  const has = new Map(
    (
      await bench.rows<{ school: number; results: number; sessions: number }>(`
        select school, sum(results)::integer as results, sum(sessions)::integer as sessions
        from (select school, 1 as results, 0 as sessions from fresh union all select school, 0, 1 from fresh_sessions) group by school`)
    ).map((row) => [row.school, row]),
  )
  const schools = outcome.touched.map((number) => about.schoolIds.get(number) ?? number)
  const before = (fact: Fact, school: number) =>
    outcome.liveFiles.find((file) => file.fact === fact && file.school === school)
  const wanted = schools.flatMap((school) => {
    const of = (fact: Fact, select: string) => ({
      fact,
      school,
      select,
      place: { trust: viewer.trust, year: drop.academicYear, drop: drop.id, school, fact },
    })
    const results = before('result', school)
    return [
      ...(has.get(school)?.results || (mapping.replace && results)
        ? [of('result', resultsOver(school, mapping, lake, results))]
        : []),
      ...(has.get(school)?.sessions
        ? [of('attendance', sessionsOver(school, lake, before('attendance', school)))]
        : []),
      of('pupil_state', `select * from state where school = ${school}`),
    ]
  })
  const files = await lake.sealAll(bench, wanted)
  return files
    .map((file, at) => ({ ...file, fact: wanted[at]!.fact, school: wanted[at]!.school }))
    .filter((file) => before(file.fact, file.school)?.sha256 !== file.sha256)
}

/** Lays the true numbers, the teaching classes and the population on the bench. The answer: whether any class teaches a subject. */
async function layAside(viewer: Viewer, bench: Workbench, about: ToSeal): Promise<boolean> {
  const { drop, outcome } = about
  await pour(
    bench,
    'true_pupil',
    { pupil: 'bigint', id: 'bigint' },
    [...about.pupilIds].map(([pupil, id]) => [BigInt(pupil), BigInt(id)]),
  )
  const taught = await teachingClasses(
    viewer,
    outcome.touched.filter((school) => school > 0),
    drop,
  )
  await pour(
    bench,
    'taught',
    { pupil: 'bigint', subject: 'text', class_id: 'integer' },
    taught.map((one) => [BigInt(one.pupil), one.subject, one.class]),
  )
  await pour(
    bench,
    'state',
    stateColumns,
    about.states
      .toSorted((a, b) => a.school - b.school || a.pupil - b.pupil)
      .map((state) => stateRow(state, drop)),
  )
  return taught.length > 0
}

/** Cells of one pupil’s state, in the order of `stateColumns`. */
export const stateRow = (state: PupilState, drop: Drop) =>
  Object.keys(stateColumns).map((name) => {
    if (name === 'drop_id') return drop.id
    if (name === 'pupil') return BigInt(state.pupil)
    return state[name as keyof PupilState] ?? null
  })

/** Lays out `fresh` and `fresh_sessions`: the rows of this file as they will be sealed, by school and pupil. */
async function layFresh(
  bench: Workbench,
  { drop, pupilIds, schoolIds }: ToSeal,
  taught: boolean,
): Promise<void> {
  const anyNew = pupilIds.size > 0
  const pupil = (of: string) => (anyNew ? `coalesce(tp.id, ${of}.pupil)` : `${of}.pupil`)
  const joinPupil = (of: string) => (anyNew ? `left join true_pupil tp on tp.pupil = ${of}.pupil` : '')
  const school = (of: string) =>
    schoolIds.size
      ? `case ${of}.school ${[...schoolIds].map(([number, id]) => `when ${number} then ${id}`).join(' ')} else ${of}.school end`
      : `${of}.school`
  const place = (of: string) =>
    `${pupil(of)} as pupil, (${school(of)})::integer as school, ${drop.id}::integer as drop_id, ${drop.academicYear}::integer as academic_year, w.year_group`
  const joinWho = (of: string) => `left join who w on w.pupil = ${of}.pupil and w.school = ${of}.school`
  await bench.run(`create or replace temp table fresh as
    select ${place('f')}, a.code as assessment, a.subject,
      ${taught ? 'coalesce(t.class_id, w.class_id)' : 'w.class_id'} as class_id,
      trim(s.t) as raw, m.value, m.grade, m.status, m.expected, m.higher
    from found f
      join meaning m using (said) join said s using (said) join assess a on a.assess = f.assess
      ${joinWho('f')}
      ${taught ? 'left join (select pupil, subject, min(class_id) as class_id from taught group by all) t on t.pupil = f.pupil and t.subject = a.subject' : ''}
      ${joinPupil('f')}
    order by 2, 1, assessment`)
  await bench.run(`create or replace temp table fresh_sessions as
    select ${place('n')}, n.possible, n.authorised, n.unauthorised
    from attended n ${joinWho('n')} ${joinPupil('n')} order by 2, 1`)
}

function resultsOver(
  school: number,
  mapping: Mapping,
  lake: Viewer['house']['lake'],
  before: LakeFile | undefined,
): string {
  const fresh = `from fresh where school = ${school}`
  if (!before) return fresh
  return `select * from (${fresh} union all by name
      select * from read_parquet(${literal(lake.path(before.path))}) where (pupil, assessment) not in (select (pupil, assessment) ${fresh})
      ${mapping.replace ? 'and assessment not in (select code from assess where assess in (select assess from found))' : ''})
    order by pupil, assessment`
}

function sessionsOver(school: number, lake: Viewer['house']['lake'], before: LakeFile | undefined): string {
  const fresh = `from fresh_sessions where school = ${school}`
  if (!before) return fresh
  return `select * from (${fresh} union all by name
      select * from read_parquet(${literal(lake.path(before.path))}) where pupil not in (select pupil ${fresh}))
    order by pupil`
}
