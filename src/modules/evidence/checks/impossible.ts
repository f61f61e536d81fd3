import { yearGroupName } from '../../../kernel/year-group.ts'
import type { Check } from './finding.ts'
import { inside, pupils, score, verb } from './words.ts'

const outside: Check = {
  id: 'off the scale',
  title: 'Impossible values',
  looksFor: 'Results below the lowest or above the highest value of the scale, or between its steps.',
  weight: 'answer',
  sql: `select r.school, r.year_group, r.assessment, count(*) as n, min(r.value) as least, max(r.value) as most,
      any_value(s.low) as low, any_value(s.high) as high
    from result r join scale s using (assessment)
    where s.kind = 'number' and r.status = 'result' and (r.value < s.low or r.value > s.high
      or (s.step is not null and abs(r.value / s.step - round(r.value / s.step)) > 1e-6))
    group by r.school, r.year_group, r.assessment`,
  ask: (row, names) => {
    const said = row.least === row.most ? score(row.least) : `${score(row.least)} to ${score(row.most)}`
    return `${pupils(row.n)} ${verb(row.n, 'has', 'have')} ${said} in ${inside(names.assessment(row.assessment))}; its scale runs from ${score(row.low)} to ${score(row.high)}. Is another scale meant?`
  },
}

const notAsked: Check = {
  id: 'not asked for',
  title: 'Results that nobody asked for',
  looksFor: 'Results of a year group of which the drop does not ask that assessment.',
  weight: 'look',
  sql: `select r.school, r.year_group, r.assessment, count(*) as n from result r
    left join asked a on a.assessment = r.assessment and a.year_group = r.year_group
    where a.assessment is null and r.year_group is not null and r.assessment in (select assessment from asked)
    group by all having count(*) >= 3`,
  ask: (row, names) =>
    `${pupils(row.n)} of ${yearGroupName(row.year_group!)} ${verb(row.n, 'has', 'have')} a result in ${inside(names.assessment(row.assessment))}, which the drop does not ask of them. Is the year group right?`,
}

const notOnRoll: Check = {
  id: 'not on roll',
  title: 'Results without a pupil on roll',
  looksFor: 'Results of pupils who were not on the school’s roll on the day the drop counts pupils.',
  weight: 'look',
  sql: `select r.school, r.assessment, count(distinct r.pupil) as n from result r
    left join state s on s.pupil = r.pupil and s.school = r.school
    where s.pupil is null and r.status <> 'left'
    group by all`,
  ask: (row, names) =>
    `${pupils(row.n)} with a result in ${inside(names.assessment(row.assessment))} ${verb(row.n, 'was', 'were')} not on roll on the day this drop counts. ${verb(row.n, 'Has that pupil', 'Have they')} left, or joined after?`,
}

const sessions: Check = {
  id: 'impossible attendance',
  title: 'Impossible attendance',
  looksFor: 'Pupils with more sessions missed than possible, or more possible than a school year holds.',
  weight: 'answer',
  sql: `select school, year_group, count(*) as n, max(possible) as most from attendance
    where authorised + unauthorised > possible or possible > 420 or least(possible, authorised, unauthorised) < 0
    group by all`,
  ask: (row) =>
    `${pupils(row.n)} ${verb(row.n, 'has', 'have')} more sessions missed than possible, or more than a year holds. Are days counted in one column and half days in the other?`,
}

const noYear: Check = {
  id: 'no year group',
  title: 'Pupils without a year group',
  looksFor:
    'Pupils on roll whose year group is not recorded: nobody can say whether their results are all there.',
  weight: 'look',
  sql: `with bare as (select school, count(*) as n from state where year_group is null group by 1)
    select case when (select count(*) from bare) > 3 then null else school end as school, sum(n)::integer as n, count(*) as schools
    from bare group by 1`,
  ask: (row) =>
    `${pupils(row.n)}${Number(row.schools) > 1 ? ` of ${row.schools} schools` : ''} ${verb(row.n, 'has', 'have')} no year group, so what is missing can’t be counted for them. Is there a column for it?`,
}

export const impossibleChecks: readonly Check[] = [outside, notAsked, notOnRoll, sessions, noYear]
