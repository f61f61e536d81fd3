import type { Measure } from '../domain/measure.ts'
import { factValues } from './fact-values-sql.ts'

const text = (value: string) => `'${value.replaceAll("'", "''")}'`

/**
 * One result of a pupil in each subject or each assessment. Where a school gave several, one with a value goes before one
 * without, and then the order of the assessments' codes decides.
 */
export const oneResult = (by: 'subject' | 'assessment') => `
  select * from (
    select r.*, row_number() over (
      partition by r.drop_id, r.school, r.pupil, r.${by}
      order by case r.status when 'result' then 0 when 'below test' then 1 when 'absent' then 2 when 'not taken' then 3 else 4 end,
        r.assessment) as turn
    from result r) as ranked
  where turn = 1`

/** Who was to have a result: everyone on roll in a year group of the school that has any row in the subject. */
const sat = (by: 'subject' | 'assessment') => `
  select p.drop_id, d.kind, p.school, p.pupil, p.year_group, a.${by}, a.graded, r.class_id, r.pupil is not null as entered,
    case when r.status = 'result' then r.value end as value,
    case when r.status = 'below test' then 0.0 when r.status = 'result' and r.expected is not null
      then case when r.expected then 1.0 else 0.0 end end as expected,
    case when r.status = 'below test' then 0.0 when r.status = 'result' and r.higher is not null
      then case when r.higher then 1.0 else 0.0 end end as higher
  from pupil_state p
  join drop_kind d on d.drop_id = p.drop_id
  join (
    select q.drop_id, q.school, q.year_group, r.${by}, max(case when r.grade is not null and r.status = 'result' then 1 else 0 end) as graded
    from ${by}_result r join pupil_state q on q.drop_id = r.drop_id and q.school = r.school and q.pupil = r.pupil
    group by q.drop_id, q.school, q.year_group, r.${by}) as a
    on a.drop_id = p.drop_id and a.school = p.school and a.year_group = p.year_group
  left join ${by}_result r on r.drop_id = p.drop_id and r.school = p.school and r.pupil = p.pupil and r.${by} = a.${by}
  where r.status is null or r.status <> 'left'`

/** The measures that rest on results in subjects, as rows: one for each subject that a measure needs. */
function bySubject(measures: readonly Measure[]): string {
  const rows = measures.flatMap(({ id, rule, drops, years }) => {
    const columns = (subject: string, of: number, what: string, everyone: boolean) =>
      `(${text(id)}, ${text(subject)}, ${of}, ${text(what)}, ${everyone}, ${text(drops)}, ${
        years === 'all' ? "'all', 'all'" : `${text(years[0]!)}, ${text(years.at(-1)!)}`
      })`
    if (rule.kind === 'share')
      return rule.subjects.map((subject) =>
        columns(subject, rule.subjects.length, rule.standard, rule.among === 'everyone'),
      )
    if (rule.kind === 'mean' && rule.population === 'year group')
      return [columns(rule.subject, 1, 'value', false)]
    return []
  })
  return `select * from (values ${rows.join(',\n    ')})
    as m(measure, subject, subjects, what, everyone, drops, first_year, last_year)`
}

/** A pupil's value in each subject that a measure needs. */
const inSubject = `
  select p.drop_id, p.school, p.pupil, m.measure, m.subjects, p.class_id, m.what, m.everyone,
    case m.what when 'value' then p.value
      when 'expected' then case when m.everyone then coalesce(p.expected, 0.0) else p.expected end
      else case when m.everyone then coalesce(p.higher, 0.0) else p.higher end end as v
  from subject_sat p
  join subject_measure m on m.subject = p.subject
    and (m.drops = 'any' or m.drops = p.kind)
    and (m.first_year = 'all' or p.year_group = m.first_year or p.year_group = m.last_year)`

/** Met in all the subjects of a measure, where a pupil has a value in each of them. */
const inAll = `
  select drop_id, school, pupil, measure, case when subjects = 1 then max(class_id) end as class_id,
    case when count(v) = subjects then min(v) end as v, 1.0 as w
  from in_subject
  group by drop_id, school, pupil, measure, subjects
  having count(*) = subjects`

const onRegister = (measure: string, v: string, w: string) => `
  select p.drop_id, p.school, p.pupil, ${text(measure)} as measure, cast(null as integer) as class_id, case when a.possible > 0 then ${v} end as v, ${w} as w
  from pupil_state p
  left join attendance a on a.drop_id = p.drop_id and a.school = p.school and a.pupil = p.pupil
  where exists (select 1 from attendance b where b.drop_id = p.drop_id and b.school = p.school)`

function ofAttendance({ id, rule }: Measure): string[] {
  if (rule.kind === 'sessions attended')
    return [onRegister(id, '1.0 * (a.possible - a.authorised - a.unauthorised)', '1.0 * a.possible')]
  if (rule.kind !== 'absent at least') return []
  const times = Math.round(1 / rule.share)
  const missed = `(a.authorised + a.unauthorised) * ${times} >= a.possible`
  return [onRegister(id, `case when ${missed} then 1.0 else 0.0 end`, '1.0')]
}

/** "Average X" and "at or above expectation, X" of every assessment; of graded ones only those who were entered count. */
const ofAssessments = [
  `
  select p.drop_id, p.school, p.pupil, 'average-' || p.assessment as measure, p.class_id, p.value as v, 1.0 as w
  from assessment_sat p where p.graded = 0`,
  `
  select p.drop_id, p.school, p.pupil, 'expected-' || p.assessment as measure, p.class_id, p.expected as v, 1.0 as w
  from assessment_sat p where p.graded = 0 or p.entered`,
]

/** The average grade in every subject that is graded, of Years 10 and 11, over those who were entered. */
const ofGrades = `
  select p.drop_id, p.school, p.pupil, 'grade-' || p.subject as measure, p.class_id, p.value as v, 1.0 as w
  from subject_sat p where p.graded = 1 and p.entered and p.year_group in ('10', '11')`

const ofKeyStage4 = `
  select p.drop_id, p.school, p.pupil, p.measure, cast(null as integer) as class_id, p.v, 1.0 as w
  from key_stage_4_value p`

/** A named step of the work: a temporary table that the next steps read. */
export interface Step {
  readonly table: string
  readonly select: string
}

/**
 * A pupil's value of every measure, step by step; the last table, `pupil_value`, has one row for each pupil of a measure's
 * population at a drop and school: `v` null where there is none to count, `w` what v is a share of. Reads `result`,
 * `pupil_state`, `attendance`, `drop_kind` and `key_stage_4_value`, in the dialect that DuckDB and Postgres share.
 */
export const valueSteps = (measures: readonly Measure[]): readonly Step[] => [
  { table: 'subject_measure', select: bySubject(measures) },
  { table: 'subject_result', select: oneResult('subject') },
  { table: 'assessment_result', select: oneResult('assessment') },
  { table: 'subject_sat', select: sat('subject') },
  { table: 'assessment_sat', select: sat('assessment') },
  { table: 'in_subject', select: inSubject },
  {
    table: 'pupil_value',
    select: `
select drop_id, school, pupil, measure, class_id, cast(v as double precision) as v, cast(w as double precision) as w
from (${[inAll, ...measures.flatMap(ofAttendance), ...ofAssessments, ofGrades, ofKeyStage4, ...factValues(measures)].join('\nunion all')}
) as every_value`,
  },
]

export const asTable = ({ table, select }: Step): string => `create temporary table ${table} as ${select}`
