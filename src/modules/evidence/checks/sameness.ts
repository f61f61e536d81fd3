import type { Check } from './finding.ts'
import { inside, inYear, pupils, score } from './words.ts'

/** Results without those of classes whose marks are all the same: one question about them is enough. */
const varied = `(select r.* from result r anti join (
    select school, assessment, class_id from result where status = 'result' and class_id is not null
    group by all having count(*) >= 8 and count(distinct coalesce(grade, value::varchar)) = 1) same
  on same.school = r.school and same.assessment = r.assessment and same.class_id = r.class_id)`

const sameMarks: Check = {
  id: 'same marks',
  title: 'A class whose marks are all the same',
  looksFor: 'Eight pupils or more of one class, all with the same mark.',
  weight: 'answer',
  sql: `select r.school, r.year_group, r.assessment, r.class_id, count(*) as n, count(*) as of, any_value(coalesce(r.grade, r.value::varchar)) as mark
    from result r where r.status = 'result' and r.class_id is not null
    group by r.school, r.year_group, r.assessment, r.class_id
    having count(*) >= 8 and count(distinct coalesce(r.grade, r.value::varchar)) = 1`,
  ask: (row, names) =>
    `All ${row.n} pupils with a result in ${names.className(row) ?? 'one class'} have ${markName(row.mark)} in ${inside(names.assessment(row.assessment))}. Was one mark filled down the column?`,
}

const markName = (mark: unknown) => (/^-?\d+(\.\d+)?$/.test(String(mark)) ? score(mark) : `“${mark}”`)

const narrow: Check = {
  id: 'narrow marks',
  title: 'A class whose marks hardly differ',
  looksFor:
    'Ten pupils or more of one class whose scores spread by less than a quarter of the trust’s spread.',
  weight: 'answer',
  sql: `with spread as (select assessment, stddev_samp(value) as sd from result where status = 'result' group by 1 having count(*) >= 50)
    select r.school, r.year_group, r.assessment, r.class_id, count(*) as n, count(*) as of, min(r.value) as least, max(r.value) as most
    from result r join spread s using (assessment) join scale c using (assessment)
    where c.kind = 'number' and r.status = 'result' and r.class_id is not null
    group by r.school, r.year_group, r.assessment, r.class_id
    having count(*) >= 10 and stddev_samp(r.value) < 0.25 * any_value(s.sd) and min(r.value) < max(r.value)`,
  ask: (row, names) =>
    `All ${row.n} marks of ${names.className(row) ?? 'one class'} in ${inside(names.assessment(row.assessment))} lie between ${score(row.least)} and ${score(row.most)}. Were they estimated?`,
}

const rounded: Check = {
  id: 'round marks',
  title: 'Marks that end in 0 or 5',
  looksFor: 'A year group in which over two marks in five end in 0 or 5, where one in five would.',
  weight: 'look',
  sql: `select r.school, r.year_group, r.assessment, count(*) filter (where r.value % 5 = 0) as n, count(*) as of
    from result r join scale s using (assessment)
    where s.kind = 'number' and r.status = 'result' and coalesce(s.step, 1) = 1 and s.high - s.low >= 30
    group by r.school, r.year_group, r.assessment
    having count(*) >= 25 and bool_and(r.value = floor(r.value)) and count(*) filter (where r.value % 5 = 0) > 0.4 * count(*)
      and count(*) filter (where r.value % 5 = 0) - 0.2 * count(*) > 4 * sqrt(0.16 * count(*))`,
  ask: (row, names) =>
    `${row.n} of ${row.of} marks${inYear(row)} in ${inside(names.assessment(row.assessment))} end in 0 or 5; one in five would. Were they rounded or estimated?`,
}

const threshold: Check = {
  id: 'pile at the standard',
  title: 'A pile just at the standard',
  looksFor:
    'Many pupils with exactly the score that counts as the expected standard and hardly any just below.',
  weight: 'answer',
  sql: `with counted as (select r.school, r.assessment, any_value(s.expected) as expected,
      count(*) filter (where r.value = s.expected) as n, count(*) as of,
      count(*) filter (where r.value = s.expected - coalesce(s.step, 1)) as below,
      count(*) filter (where r.value = s.expected + coalesce(s.step, 1)) as above
    from ${varied} r join scale s using (assessment)
    where s.kind = 'number' and s.expected is not null and r.status = 'result' group by r.school, r.assessment)
    select * from counted where n >= 8 and n >= 3 * greatest(below, 1) and n >= 1.5 * greatest(above, 1)`,
  ask: (row, names) =>
    `${pupils(row.n)} have exactly ${score(row.expected)} in ${inside(names.assessment(row.assessment))}, the expected standard, and ${row.below} one below it. Were marks near the line looked at again?`,
}

const common: Check = {
  id: 'one mark over and over',
  title: 'One mark over and over',
  looksFor: 'A score that three in ten pupils of a year group share.',
  weight: 'answer',
  sql: `with counted as (select r.school, r.year_group, r.assessment, r.value, count(*) as n,
      sum(count(*)) over (partition by r.school, r.year_group, r.assessment) as of
    from ${varied} r join scale s using (assessment) where s.kind = 'number' and r.status = 'result' and s.high - s.low >= 20
    group by r.school, r.year_group, r.assessment, r.value)
    select * from counted where of >= 20 and n > 0.3 * of`,
  ask: (row, names) =>
    `${row.n} of ${row.of} pupils${inYear(row)} have ${score(row.value)} in ${inside(names.assessment(row.assessment))}. Does that number stand for something else, such as absent?`,
}

const ends: Check = {
  id: 'floor or ceiling',
  title: 'A floor or a ceiling',
  looksFor:
    'More pupils at the very lowest or highest score than at the three scores next to it: a test that could not tell them apart.',
  weight: 'look',
  sql: `with counted as (select assessment, value, count(*) as n,
      row_number() over (partition by assessment order by value) as up,
      row_number() over (partition by assessment order by value desc) as down,
      sum(count(*)) over (partition by assessment) as of
    from result join scale using (assessment) where scale.kind = 'number' and status = 'result' and value is not null group by assessment, value),
    piled as (
      select assessment, 'lowest' as which, max(value) filter (where up = 1) as value, max(n) filter (where up = 1) as n,
        avg(n) filter (where up between 2 and 4) as beside, any_value(of) as of from counted group by assessment having count(*) >= 10
      union all
      select assessment, 'highest', max(value) filter (where down = 1), max(n) filter (where down = 1),
        avg(n) filter (where down between 2 and 4), any_value(of) from counted group by assessment having count(*) >= 10)
    select null::integer as school, assessment, which, value, n, beside, of from piled where n >= 8 and n > 2 * beside`,
  ask: (row, names) =>
    `${pupils(row.n)} across the trust have exactly ${score(row.value)} in ${inside(names.assessment(row.assessment))}, its ${row.which} score; the three scores next to it have ${score(Math.round(Number(row.beside)))} each on average. Could the test not reach ${row.which === 'lowest' ? 'lower' : 'higher'}?`,
}

export const samenessChecks: readonly Check[] = [sameMarks, narrow, rounded, threshold, common, ends]
