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

const stateColumns = {
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
  const { drop, outcome, schoolIds, pupilIds } = about
  const { lake } = viewer.house
  const schools = outcome.touched.map((school) => schoolIds.get(school) ?? school)
  await pour(
    bench,
    'true_pupil',
    { pupil: 'bigint', id: 'bigint' },
    [...pupilIds].map(([pupil, id]) => [BigInt(pupil), BigInt(id)]),
  )
  await pour(bench, 'true_school', { school: 'integer', id: 'integer' }, [...schoolIds])
  const taught = await teachingClasses(
    viewer,
    schools.filter((school) => school > 0),
    drop,
  )
  await pour(
    bench,
    'taught',
    { pupil: 'bigint', subject: 'text', class_id: 'integer' },
    taught.map((one) => [BigInt(one.pupil), one.subject, one.class]),
  )
  await bench.run(newResults(drop, about, taught.length > 0))
  await pour(
    bench,
    'state',
    stateColumns,
    about.states.map((state) => stateRow(state, drop)),
  )
  const sealed: Sealed[] = []
  for (const school of schools) {
    const place = { trust: viewer.trust, year: drop.academicYear, drop: drop.id, school }
    const before = (fact: Fact) =>
      outcome.liveFiles.find((file) => file.fact === fact && file.school === school)
    const seal = async (fact: Fact, select: string) => {
      const file = await lake.seal(bench, select, { ...place, fact })
      if (before(fact)?.sha256 !== file.sha256) sealed.push({ ...file, fact, school })
    }
    const [has] = await bench.rows<{ results: boolean; sessions: boolean }>(`
      select exists (select 1 from result_new where school = ${school}) as results,
        exists (select 1 from attended a left join true_school s using (school) where coalesce(s.id, a.school) = ${school}) as sessions`)
    if (has!.results || (about.mapping.replace && before('result')))
      await seal('result', resultsSelect(school, about.mapping, lake, before('result')))
    if (has!.sessions) await seal('attendance', sessionsSelect(school, drop, lake, before('attendance')))
    await seal('pupil_state', `select * from state where school = ${school} order by pupil`)
  }
  return sealed
}

const stateRow = (state: PupilState, drop: Drop) =>
  Object.keys(stateColumns).map((name) => {
    if (name === 'drop_id') return drop.id
    if (name === 'pupil') return BigInt(state.pupil)
    return state[name as keyof PupilState] ?? null
  })

const newResults = (
  drop: Drop,
  { outcome }: ToSeal,
  taught: boolean,
) => `create or replace temp table result_new as
  select coalesce(tp.id, f.pupil) as pupil, coalesce(ts.id, f.school)::integer as school, ${drop.id}::integer as drop_id,
    ${drop.academicYear}::integer as academic_year, w.year_group, a.code as assessment, a.subject,
    ${taught ? 'coalesce(t.class_id, w.class_id)' : 'w.class_id'} as class_id,
    trim(s.t) as raw, m.value, m.grade, m.status, m.expected, m.higher
  from found f join meaning m using (said) join said s using (said) join assess a on a.assess = f.assess
    left join who w on w.pupil = f.pupil and w.school = f.school
    ${taught ? 'left join (select pupil, subject, min(class_id) as class_id from taught group by all) t on t.pupil = f.pupil and t.subject = a.subject' : ''}
    left join true_pupil tp on tp.pupil = f.pupil left join true_school ts on ts.school = f.school
  ${outcome.touched.length > 1 ? 'order by school' : ''}`

function resultsSelect(
  school: number,
  mapping: Mapping,
  lake: Viewer['house']['lake'],
  before: LakeFile | undefined,
): string {
  const fresh = `select * from result_new where school = ${school}`
  if (!before) return `${fresh} order by pupil, assessment`
  const kept = `select * from read_parquet(${literal(lake.path(before.path))}) where (pupil, assessment) not in (select (pupil, assessment) from result_new where school = ${school})
    ${mapping.replace ? 'and assessment not in (select distinct assessment from result_new)' : ''}`
  return `select * from (${fresh} union all by name ${kept}) order by pupil, assessment`
}

function sessionsSelect(
  school: number,
  drop: Drop,
  lake: Viewer['house']['lake'],
  before: LakeFile | undefined,
): string {
  const fresh = `select coalesce(tp.id, n.pupil) as pupil, coalesce(ts.id, n.school)::integer as school, ${drop.id}::integer as drop_id, ${drop.academicYear}::integer as academic_year,
      w.year_group, n.possible, n.authorised, n.unauthorised
    from attended n left join who w on w.pupil = n.pupil and w.school = n.school left join true_pupil tp on tp.pupil = n.pupil left join true_school ts on ts.school = n.school
    where coalesce(ts.id, n.school) = ${school}`
  if (!before) return `${fresh} order by 1`
  return `with fresh as (${fresh}) select * from (from fresh union all by name
    select * from read_parquet(${literal(lake.path(before.path))}) where pupil not in (select pupil from fresh)) order by pupil`
}
