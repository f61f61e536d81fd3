import type { Measure } from '../domain/measure.ts'

const text = (value: string) => `'${value.replaceAll("'", "''")}'`
const list = (values: readonly string[]) => `(${values.map(text).join(', ')})`

/** A measure is worked out only at the drops that it is read at. `d` is the table of drops. */
const atItsDrops = ({ drops }: Measure) => (drops === 'any' ? 'true' : `d.kind = ${text(drops)}`)
const inItsYears = ({ years }: Measure) => (years === 'all' ? 'true' : `p.year_group in ${list(years)}`)

/**
 * One result of a pupil in each subject and each assessment. Where a school gave several, one with a value goes before one
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
  select p.drop_id, p.school, p.pupil, p.year_group, a.${by}, a.graded, r.class_id, r.status, r.pupil is not null as entered,
    case when r.status = 'result' then r.value end as value,
    case when r.status = 'below test' then 0.0 when r.status = 'result' and r.expected is not null
      then case when r.expected then 1.0 else 0.0 end end as expected,
    case when r.status = 'below test' then 0.0 when r.status = 'result' and r.expected is not null
      then case when r.higher then 1.0 else 0.0 end end as higher
  from pupil_state p
  join (
    select q.drop_id, q.school, q.year_group, r.${by}, max(case when r.grade is not null and r.status = 'result' then 1 else 0 end) as graded
    from ${by}_result r join pupil_state q on q.drop_id = r.drop_id and q.school = r.school and q.pupil = r.pupil
    group by q.drop_id, q.school, q.year_group, r.${by}) as a
    on a.drop_id = p.drop_id and a.school = p.school and a.year_group = p.year_group
  left join ${by}_result r on r.drop_id = p.drop_id and r.school = p.school and r.pupil = p.pupil and r.${by} = a.${by}
  where r.status is null or r.status <> 'left'`

const row = (measure: string, columns: string) =>
  `select p.drop_id, p.school, p.pupil, ${measure} as measure, ${columns}`

/** The rows of one declared measure: a pupil of its population, with a value or none. */
function rowsOf(measure: Measure): string | undefined {
  const { rule } = measure
  const name = text(measure.id)
  const where = `${atItsDrops(measure)} and ${inItsYears(measure)}`
  const joined = 'join drop_kind d on d.drop_id = p.drop_id'
  switch (rule.kind) {
    case 'share': {
      const met = `p.${rule.standard}`
      if (rule.subjects.length === 1)
        return `${row(name, `p.class_id, ${rule.among === 'everyone' ? `coalesce(${met}, 0.0)` : met} as v, 1.0 as w`)}
          from subject_sat p ${joined} where p.subject = ${text(rule.subjects[0]!)} and ${where}`
      const all = rule.subjects.length
      return `${row(name, `cast(null as integer) as class_id, ${rule.among === 'everyone' ? `min(coalesce(${met}, 0.0))` : `case when count(${met}) = ${all} then min(${met}) end`} as v, 1.0 as w`)}
          from subject_sat p ${joined} where p.subject in ${list(rule.subjects)} and ${where}
          group by p.drop_id, p.school, p.pupil having count(*) = ${all}`
    }
    case 'mean':
      return `${row(name, 'p.class_id, p.value as v, 1.0 as w')}
          from subject_sat p ${joined} where p.subject = ${text(rule.subject)} and ${where}${rule.population === 'entered' ? ' and p.entered' : ''}`
    case 'sessions attended':
      return `${row(
        name,
        `cast(null as integer) as class_id, case when a.possible > 0 then 1.0 * (a.possible - a.authorised - a.unauthorised) end as v,
            case when a.possible > 0 then 1.0 * a.possible end as w`,
      )}
          from register p left join attendance a on a.drop_id = p.drop_id and a.school = p.school and a.pupil = p.pupil`
    case 'absent at least':
      return `${row(
        name,
        `cast(null as integer) as class_id, case when a.possible > 0 then case
            when (a.authorised + a.unauthorised) * ${Math.round(1 / rule.share)} >= a.possible then 1.0 else 0.0 end end as v, 1.0 as w`,
      )}
          from register p left join attendance a on a.drop_id = p.drop_id and a.school = p.school and a.pupil = p.pupil`
    case 'attainment 8':
    case 'progress 8':
    case 'english and mathematics':
    case 'assessment mean':
    case 'assessment share':
      return undefined
    default:
      return rule satisfies never
  }
}

/** "Average X" and "at or above expectation, X" of every assessment; graded ones only of those who were entered. */
const ofAssessments = [
  `${row(`'average-' || p.assessment`, 'p.class_id, p.value as v, 1.0 as w')}
          from assessment_sat p where p.graded = 0`,
  `${row(`'expected-' || p.assessment`, 'p.class_id, p.expected as v, 1.0 as w')}
          from assessment_sat p where p.graded = 0 or p.entered`,
]

/**
 * A pupil's value of every measure: one row for each pupil of the measure's population at a drop and school, `v` null
 * where there is none to count; `w` is what v is a share of. Reads `result`, `pupil_state`, `attendance`, `drop_kind`
 * and `key_stage_4_value`, in the dialect that DuckDB and Postgres share.
 */
export const valuesSql = (measures: readonly Measure[]): string => `
with subject_result as (${oneResult('subject')}
),
assessment_result as (${oneResult('assessment')}
),
subject_sat as (${sat('subject')}
),
assessment_sat as (${sat('assessment')}
),
register as (
  select p.drop_id, p.school, p.pupil from pupil_state p
  where exists (select 1 from attendance a where a.drop_id = p.drop_id and a.school = p.school)
)
select drop_id, school, pupil, measure, class_id, cast(v as double precision) as v, cast(w as double precision) as w
from (
${[
  ...measures.map(rowsOf).filter((rows) => rows !== undefined),
  ...ofAssessments,
  `${row('p.measure', 'cast(null as integer) as class_id, p.v, 1.0 as w')}
          from key_stage_4_value p`,
].join('\nunion all\n')}
) as every_value`
