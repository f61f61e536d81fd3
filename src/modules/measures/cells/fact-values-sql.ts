import { aLevelPoints } from '../catalogue/a-level.ts'
import { thresholds } from '../catalogue/grade-shares.ts'
import type { Measure } from '../domain/measure.ts'

const text = (value: string) => `'${value.replaceAll("'", "''")}'`
const list = (values: readonly string[]) => values.map(text).join(', ')

const row = (id: string, v: string, w: string, from: string) => `
  select p.drop_id, p.school, p.pupil, ${text(id)} as measure, cast(null as integer) as class_id, ${v} as v, ${w} as w
  from ${from}`

const sameAs = (of: string) =>
  `${of}.drop_id = p.drop_id and ${of}.school = p.school and ${of}.pupil = p.pupil`

/** Registers by code: v sessions of the codes, w possible sessions. */
const coded = (id: string, codes: readonly string[]) =>
  row(
    id,
    'case when a.possible > 0 then coalesce(s.sessions, 0) * 1.0 end',
    '1.0 * a.possible',
    `pupil_state p
  left join attendance a on ${sameAs('a')}
  left join (select drop_id, school, pupil, sum(sessions) as sessions from session_code where code in (${list(codes)})
    group by drop_id, school, pupil) as s on ${sameAs('s')}
  where exists (select 1 from session_code c where c.drop_id = p.drop_id and c.school = p.school)`,
  )

function ofRule({ id, rule }: Measure): string[] {
  switch (rule.kind) {
    case 'sessions coded':
      return [coded(id, rule.codes)]
    case 'events':
      return rule.fact === 'exclusion'
        ? [
            row(
              id,
              `1.0 * e.${rule.of}`,
              '1.0',
              `pupil_state p left join exclusion e on ${sameAs('e')}
  where exists (select 1 from exclusion x where x.drop_id = p.drop_id and x.school = p.school)`,
            ),
          ]
        : [
            row(
              id,
              '1.0 * b.events',
              '1.0',
              `pupil_state p left join behaviour b on ${sameAs('b')} and b.kind = ${text(rule.of)}
  where exists (select 1 from behaviour x where x.drop_id = p.drop_id and x.school = p.school and x.kind = ${text(rule.of)})`,
            ),
          ]
    case 'suspended':
      return [
        row(
          id,
          'case when e.suspensions > 0 then 1.0 when e.suspensions = 0 then 0.0 end',
          '1.0',
          `pupil_state p left join exclusion e on ${sameAs('e')}
  where exists (select 1 from exclusion x where x.drop_id = p.drop_id and x.school = p.school)`,
        ),
      ]
    case 'joined this year':
      return [row(id, 'case when p.joined_this_year then 1.0 else 0.0 end', '1.0', 'pupil_state p')]
    case 'a level points':
      return [
        `
  select p.drop_id, p.school, p.pupil, ${text(id)} as measure, cast(null as integer) as class_id,
    sum(case r.grade ${Object.entries(aLevelPoints)
      .map(([grade, points]) => `when ${text(grade)} then ${points}.0`)
      .join(' ')} end) as v, 1.0 * count(*) as w
  from pupil_state p join subject_result r on ${sameAs('r')}
  where p.year_group in ('12', '13') and r.status = 'result' and r.grade in (${list(Object.keys(aLevelPoints))})
  group by p.drop_id, p.school, p.pupil`,
      ]
    default:
      return []
  }
}

/** Grade 4, 5 and 7 or above in every subject that is graded 9 to 1, of Years 10 and 11, over those with a grade. */
const gradeShares = `
  select p.drop_id, p.school, p.pupil, 'grade-' || t.grade || '-or-above-' || p.subject as measure, p.class_id,
    case when p.value >= t.least then 1.0 when p.value < t.least then 0.0 end as v, 1.0 as w
  from subject_sat p cross join (values ${thresholds.map((grade) => `(${text(String(grade))}, ${grade}.0)`).join(', ')}) as t(grade, least)
  where p.graded = 1 and p.entered and p.year_group in ('10', '11')`

/** The values of measures that rest on registers, events, the roll and grades, in the dialect that DuckDB and Postgres share. */
export const factValues = (measures: readonly Measure[]): string[] => [
  ...measures.flatMap(ofRule),
  gradeShares,
]
