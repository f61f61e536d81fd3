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
  const { drop, outcome, mapping } = about
  const { lake } = viewer.house
  const taught = await layAside(viewer, bench, about)
  const has = new Map(
    (
      await bench.rows<{ school: number; results: number; sessions: number }>(`
        select school, sum(results)::integer as results, sum(sessions)::integer as sessions
        from (select school, 1 as results, 0 as sessions from found union all select school, 0, 1 from attended) group by school`)
    ).map((row) => [row.school, row]),
  )
  const sealed: Sealed[] = []
  for (const number of outcome.touched) {
    const school = about.schoolIds.get(number) ?? number
    const place = { trust: viewer.trust, year: drop.academicYear, drop: drop.id, school }
    const before = (fact: Fact) =>
      outcome.liveFiles.find((file) => file.fact === fact && file.school === school)
    const seal = async (fact: Fact, select: string) => {
      const file = await lake.seal(bench, select, { ...place, fact })
      if (before(fact)?.sha256 !== file.sha256) sealed.push({ ...file, fact, school })
    }
    const here: Here = { number, school, drop, anyNew: about.pupilIds.size > 0, taught }
    if (has.get(number)?.results || (mapping.replace && before('result')))
      await seal('result', resultsOver(here, mapping, lake, before('result')))
    if (has.get(number)?.sessions) await seal('attendance', sessionsOver(here, lake, before('attendance')))
    await seal('pupil_state', `select * from state where school = ${school} order by pupil`)
  }
  return sealed
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
    about.states.map((state) => stateRow(state, drop)),
  )
  return taught.length > 0
}

interface Here {
  /** The school on the bench, and on record. */
  readonly number: number
  readonly school: number
  readonly drop: Drop
  readonly anyNew: boolean
  readonly taught: boolean
}

const stateRow = (state: PupilState, drop: Drop) =>
  Object.keys(stateColumns).map((name) => {
    if (name === 'drop_id') return drop.id
    if (name === 'pupil') return BigInt(state.pupil)
    return state[name as keyof PupilState] ?? null
  })

const pupilOf = (here: Here, of: string) => (here.anyNew ? `coalesce(tp.id, ${of}.pupil)` : `${of}.pupil`)
const joinPupil = (here: Here, of: string) =>
  here.anyNew ? `left join true_pupil tp on tp.pupil = ${of}.pupil` : ''
const whoHere = ({ number }: Here) => `(select pupil, year_group, class_id from who where school = ${number})`

const freshResults = (here: Here) => `
  select ${pupilOf(here, 'f')} as pupil, ${here.school}::integer as school, ${here.drop.id}::integer as drop_id,
    ${here.drop.academicYear}::integer as academic_year, w.year_group, a.code as assessment, a.subject,
    ${here.taught ? 'coalesce(t.class_id, w.class_id)' : 'w.class_id'} as class_id,
    trim(s.t) as raw, m.value, m.grade, m.status, m.expected, m.higher
  from (select * from found where school = ${here.number}) f
    join meaning m using (said) join said s using (said) join assess a on a.assess = f.assess
    left join ${whoHere(here)} w on w.pupil = f.pupil
    ${here.taught ? 'left join (select pupil, subject, min(class_id) as class_id from taught group by all) t on t.pupil = f.pupil and t.subject = a.subject' : ''}
    ${joinPupil(here, 'f')}`

function resultsOver(
  here: Here,
  mapping: Mapping,
  lake: Viewer['house']['lake'],
  before: LakeFile | undefined,
): string {
  if (!before) return `${freshResults(here)} order by 1, assessment`
  return `with fresh as materialized (${freshResults(here)})
    select * from (from fresh union all by name
      select * from read_parquet(${literal(lake.path(before.path))}) where (pupil, assessment) not in (select (pupil, assessment) from fresh)
      ${mapping.replace ? 'and assessment not in (select code from assess where assess in (select assess from found))' : ''})
    order by pupil, assessment`
}

const freshSessions = (here: Here) => `
  select ${pupilOf(here, 'n')} as pupil, ${here.school}::integer as school, ${here.drop.id}::integer as drop_id,
    ${here.drop.academicYear}::integer as academic_year, w.year_group, n.possible, n.authorised, n.unauthorised
  from (select * from attended where school = ${here.number}) n
    left join ${whoHere(here)} w on w.pupil = n.pupil ${joinPupil(here, 'n')}`

function sessionsOver(here: Here, lake: Viewer['house']['lake'], before: LakeFile | undefined): string {
  if (!before) return `${freshSessions(here)} order by 1`
  return `with fresh as materialized (${freshSessions(here)})
    select * from (from fresh union all by name
      select * from read_parquet(${literal(lake.path(before.path))}) where pupil not in (select pupil from fresh))
    order by pupil`
}
