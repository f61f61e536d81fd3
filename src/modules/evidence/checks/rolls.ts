import type { Check } from './finding.ts'
import { inside, inYear, pupils, verb } from './words.ts'

const changed: Check = {
  id: 'roll changed',
  title: 'A roll that changed',
  looksFor:
    'A year group that lost or gained five pupils or more, and over a twentieth, since the last drop of the same year.',
  weight: 'answer',
  compares: true,
  sql: `with now as (select distinct pupil, school, year_group from state where school in (select school from before_state)),
    earlier as (select distinct pupil, school, year_group from before_state where school in (select school from state)),
    together as (select coalesce(n.school, e.school) as school, coalesce(n.year_group, e.year_group) as year_group,
        count(e.pupil) as was, count(n.pupil) as is_now,
        count(*) filter (where n.pupil is null) as gone, count(*) filter (where e.pupil is null) as come
      from now n full join earlier e on e.pupil = n.pupil and e.school = n.school and e.year_group = n.year_group
      group by all)
    select school, year_group, gone + come as n, was as of, was, is_now, gone, come from together
    where was >= 10 and ((gone >= 5 and gone > 0.05 * was) or (come >= 5 and come > 0.05 * was))`,
  ask: (row, names) =>
    `${row.was} pupils were on roll${inYear(row)} in ${names.before}; now there are ${row.is_now}: ${row.gone} left and ${row.come} came. Did they, and when?`,
}

const twice: Check = {
  id: 'on two rolls',
  title: 'Pupils on two rolls',
  looksFor: 'Pupils who stand on the rolls of two schools on the same day.',
  weight: 'answer',
  sql: `with twice as (select pupil from state group by 1 having count(distinct school) > 1)
    select school, count(*) as n, list(distinct other order by other) as others from (
      select s.school, s.pupil, o.school as other from state s join twice using (pupil)
      join state o on o.pupil = s.pupil and o.school <> s.school)
    group by school`,
  ask: (row, names) =>
    `${pupils(row.n)} on this roll ${verb(row.n, 'stands', 'stand')} on another school’s on the same day (${(row.others as number[]).map((id) => names.school(Number(id))).join(', ')}). Where are they now?`,
}

const doubled: Check = {
  id: 'result twice',
  title: 'Results held twice',
  looksFor: 'Pupils with two results of one assessment.',
  weight: 'answer',
  sql: `select school, assessment, count(*) as n from (
      select school, assessment, pupil from result group by all having count(*) > 1) group by all`,
  ask: (row, names) =>
    `${pupils(row.n)} ${verb(row.n, 'has', 'have')} two results in ${inside(names.assessment(row.assessment))}. Which is right?`,
}

export const rollChecks: readonly Check[] = [changed, twice, doubled]
