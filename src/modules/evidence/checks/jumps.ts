import { signed } from '../../../kernel/numbers.ts'
import type { Check } from './finding.ts'
import { inside, inYear, pupils, verb } from './words.ts'

/** The same pupil in the same assessment, now and in the drop before, with how far they moved. */
const pairs = `
  select r.pupil, r.school, r.year_group, r.assessment, r.value - b.value as change
  from result r join before_result b on b.pupil = r.pupil and b.assessment = r.assessment
  where r.status = 'result' and b.status = 'result' and r.value is not null and b.value is not null`

const yearGroups: Check = {
  id: 'sudden jump',
  title: 'Sudden jumps',
  looksFor:
    'The same pupils, since the last drop, moved by over half a standard deviation more, or less, than is usual in the trust, and by four times what chance would do.',
  weight: 'answer',
  compares: true,
  sql: `with pair as (${pairs}),
    spread as (select assessment, stddev_samp(value) as sd from before_result where status = 'result' group by 1),
    part as (select assessment, school, year_group, count(*) as n, avg(change) as change, stddev_samp(change) as sd
      from pair group by all),
    everyone as (select assessment, case when count(*) >= 3 then median(change) else 0 end as usual
      from part where n >= 10 group by 1)
    select p.school, p.year_group, p.assessment, p.n, p.change, e.usual
    from part p join everyone e using (assessment) join spread s using (assessment)
    where p.n >= 10 and s.sd > 0 and abs(p.change - e.usual) > 0.5 * s.sd
      and abs(p.change - e.usual) > 4 * coalesce(p.sd, 0) / sqrt(p.n)`,
  ask: (row, names) =>
    `The ${pupils(row.n)}${inYear(row)} who were tested both times moved by ${signed(Number(row.change), 1)} on average in ${inside(names.assessment(row.assessment))} since ${names.before}; ${signed(Number(row.usual), 1)} is usual. Was the same test used, and marked the same way?`,
}

const single: Check = {
  id: 'pupils who leapt',
  title: 'Pupils who moved very far',
  looksFor:
    'Pupils whose change since the last drop stands more than four standard deviations from everyone’s, and by more than one and a half of the assessment’s own.',
  weight: 'look',
  compares: true,
  sql: `with pair as (${pairs}),
    spread as (select assessment, stddev_samp(value) as sd from before_result where status = 'result' group by 1),
    everyone as (select assessment, avg(change) as usual, stddev_samp(change) as sd from pair group by 1 having count(*) >= 30)
    select p.school, p.year_group, p.assessment, count(*) as n, max(abs(p.change)) as far
    from pair p join everyone e using (assessment)
    join spread s using (assessment)
    where e.sd > 0 and abs(p.change - e.usual) > 4 * e.sd and abs(p.change) > 1.5 * s.sd group by p.school, p.year_group, p.assessment`,
  ask: (row, names) =>
    `${pupils(row.n)}${inYear(row)} moved by ${row.n === 1 ? '' : 'up to '}${Number(row.far).toFixed(0)} in ${inside(names.assessment(row.assessment))} since ${names.before}, far more than anyone else. ${verb(row.n, 'Is that mark', 'Are those marks')} in the right ${verb(row.n, 'row', 'rows')}?`,
}

export const jumpChecks: readonly Check[] = [yearGroups, single]
