import { groups } from '../../organisation/index.ts'
import type { Check } from './finding.ts'
import { inside, inYear, pupils, verb } from './words.ts'

/**
 * Which assessments a school is expected to send of which year group, as `expects (school, year_group, assessment)`: those
 * that it sends now or sent in the last drop, and those that every other school of its phase sends of that year. A special
 * school on its own assessments is not asked for the primaries'. With no history and no such school, everything.
 */
export const expectsSql = `create temp table expects as
  with uses as (
    select distinct school, year_group, assessment from result union
    select distinct school, year_group, assessment from before_result),
  teaching as (select distinct school, year_group from state),
  peers as (
    select s.school, a.year_group, a.assessment, count(u.assessment) as sending, count(*) as peers
    from school s join school p on p.phase = s.phase and p.school <> s.school
    join (select distinct school from result) sent on sent.school = p.school
    join teaching t on t.school = p.school
    join asked a on a.year_group = t.year_group
    left join uses u on u.school = p.school and u.assessment = a.assessment and u.year_group = a.year_group
    group by all)
  select s.school, a.year_group, a.assessment from school s cross join asked a
  left join uses u on u.school = s.school and u.assessment = a.assessment and u.year_group = a.year_group
  left join peers p on p.school = s.school and p.assessment = a.assessment and p.year_group = a.year_group
  where u.assessment is not null or p.sending = p.peers
    or (p.school is null and s.school not in (select school from before_result))`

/** Of the pupils on roll in a year group that is asked for something, how many have any result, school by school. */
export const pupilsSql = `
  select s.school, count(distinct s.pupil) as of, count(distinct r.pupil) as n
  from state s join (select distinct school, year_group from expects) e on e.school = s.school and e.year_group = s.year_group
  left join result r on r.pupil = s.pupil and r.school = s.school and r.status in ('result', 'below test')
  group by s.school`

/**
 * Every pupil for every assessment that their school is expected to send of their year group, with what came: a result, a
 * reason, or nothing. Of subjects that pupils choose, only those of whom something came.
 */
export const expectedSql = `
  select s.*, a.assessment, r.status,
    coalesce(r.status in ('result', 'below test'), false) as has_result,
    r.status is null as has_nothing
  from state s
  join asked a on a.year_group = s.year_group
  join expects e on e.school = s.school and e.assessment = a.assessment and e.year_group = a.year_group
  left join (select pupil, school, assessment, min(status) as status from result group by all) r
    on r.pupil = s.pupil and r.school = s.school and r.assessment = a.assessment
  where a.everyone or r.status is not null`

const none: Check = {
  id: 'nothing came',
  title: 'Nothing came',
  looksFor: 'A year group that was asked for an assessment and sent not one result of it.',
  weight: 'answer',
  sql: `select school, year_group, assessment, count(*) as n, count(*) as of
    from (${expectedSql}) group by all
    having count(*) >= 3 and count(*) filter (where not has_nothing) = 0`,
  ask: (row, names) =>
    `Not one of the ${pupils(row.n)}${inYear(row)} has anything in ${inside(names.assessment(row.assessment))}. Is a file or a column still to come?`,
}

const byClass: Check = {
  id: 'coverage by class',
  title: 'Classes with results missing',
  looksFor:
    'A class in which three pupils or more, and more than a tenth, have neither a result nor a reason.',
  weight: 'look',
  sql: `with counted as (
      select school, year_group, assessment, class_id, any_value(form) as form, count(*) as of,
        count(*) filter (where has_nothing) as n
      from (${expectedSql}) where class_id is not null group by school, year_group, assessment, class_id),
    whole as (select school, year_group, assessment, sum(n) as missing, sum(of) as everyone from counted group by all)
    select c.school, c.year_group, c.assessment, c.class_id, c.form, c.n, c.of
    from counted c join whole w using (school, year_group, assessment)
    where c.of >= 5 and c.n >= 3 and c.n > 0.1 * c.of and w.missing < w.everyone`,
  ask: (row, names) =>
    `${row.n} of ${row.of} pupils in ${names.className(row) ?? 'a class'} have neither a result nor a reason in ${inside(names.assessment(row.assessment))}. Were they absent, or is a page of marks missing?`,
}

/** Groups that tell most, and not the same pupils under two names. */
const left = ['all', 'not-disadvantaged', 'fsm', 'pupil-premium', 'no-sen', 'english-first']
const asked = groups.filter((group) => !left.includes(group.slug))

const byGroup: Check = {
  id: 'coverage by group',
  title: 'Groups with results missing',
  looksFor:
    'A group of pupils who lack results clearly more often than everyone else in their school: figures would be about the others.',
  weight: 'look',
  sql: `with counted as (
      select school, assessment, g.slug as pupil_group,
        count(*) filter (where g.inside) as of, count(*) filter (where g.inside and not has_result) as n,
        count(*) filter (where not g.inside) as rest, count(*) filter (where not g.inside and not has_result) as rest_missing
      from (${expectedSql}) e,
      lateral (values ${asked.map((group) => `('${group.slug}', coalesce(e.in_${group.slug.replaceAll('-', '_')}, false))`).join(', ')}) g(slug, inside)
      group by school, assessment, g.slug),
    tested as (select *, n / of::double as share, rest_missing / rest::double as rest_share,
      (n + rest_missing) / (of + rest)::double as pooled from counted where of >= 6 and rest >= 6 and n >= 5)
    select school, assessment, pupil_group, n, of, rest, rest_missing from tested
    where pooled < 1 and share >= 2 * rest_share and share - rest_share > 0.1
      and (share - rest_share) / sqrt(pooled * (1 - pooled) * (1.0 / of + 1.0 / rest)) > 3`,
  ask: (row, names) => {
    const group = groups.find((one) => one.slug === row.pupil_group)
    return `${row.n} of ${row.of} ${group?.pupils ?? 'pupils'} have no result in ${inside(names.assessment(row.assessment))}; of the other ${row.rest}, ${row.rest_missing} ${verb(Number(row.rest_missing), 'has', 'have')} none. Figures would say little about them. Why are they missing?`
  },
}

/** `state` with a column for each group, so that one query counts them all. */
export const groupColumns = asked
  .map((group) => `(${group.condition}) as in_${group.slug.replaceAll('-', '_')}`)
  .join(', ')

export const coverageChecks: readonly Check[] = [none, byClass, byGroup]
