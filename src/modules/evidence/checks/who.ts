import type { Check } from './finding.ts'
import { inside, pupils, score } from './words.ts'

const words = (sex: unknown, many: number) =>
  sex === 'M' ? (many === 1 ? '1 boy' : `${many} boys`) : many === 1 ? '1 girl' : `${many} girls`

const wrongSex: Check = {
  id: 'single sex',
  title: 'A boy in a girls’ school',
  looksFor:
    'Boys on the roll of a school for girls below the sixth form, or girls on the roll of a school for boys.',
  weight: 'answer',
  standing: true,
  sql: `select s.school, s.sex, count(*) as n, (select count(*) from state a where a.school = s.school) as of, any_value(c.admits) as admits
    from state s join school c using (school)
    where ((c.admits = 'girls' and s.sex = 'M') or (c.admits = 'boys' and s.sex = 'F'))
      and coalesce(s.year_group, '') not in ('12', '13', '14')
    group by s.school, s.sex`,
  ask: (row, names) =>
    `${words(row.sex, row.n)} ${row.n === 1 ? 'is' : 'are'} on the roll of ${names.school(row.school)}, a school for ${row.admits}. Is the sex or the school recorded wrongly?`,
}

const lonely: Check = {
  id: 'nearly single sex',
  title: 'Hardly any boys, or girls',
  looksFor: 'A mixed school in which fewer than one pupil in twenty is a girl, or a boy.',
  weight: 'answer',
  standing: true,
  sql: `select school, case when girls < boys then 'F' else 'M' end as sex, least(girls, boys) as n, girls + boys as of from (
      select s.school, count(*) filter (where sex = 'F') as girls, count(*) filter (where sex = 'M') as boys
      from state s join school c using (school) where c.admits = 'mixed' group by 1)
    where girls + boys >= 20 and least(girls, boys) between 1 and 0.05 * (girls + boys)`,
  ask: (row, names) =>
    `Only ${words(row.sex, row.n)} among the ${row.of} pupils of ${names.school(row.school)}, which admits girls and boys. Is it a single-sex school, or is sex recorded wrongly?`,
}

const whole: Check = {
  id: 'wholly single sex',
  title: 'No boys, or no girls',
  looksFor:
    'Schools recorded as mixed in which all pupils are girls, or all boys; asked once when they are many.',
  weight: 'look',
  standing: true,
  sql: `with alone as (select s.school, any_value(s.sex) as sex, count(*) as pupils from state s join school c using (school)
      where c.admits = 'mixed' and s.sex in ('F', 'M') group by 1 having count(distinct s.sex) = 1 and count(*) >= 20)
    select case when (select count(*) from alone) > 3 then null else school end as school, sex, count(*) as n from alone group by all`,
  ask: (row, names) =>
    row.school === null
      ? `${row.n} schools have ${row.sex === 'F' ? 'girls' : 'boys'} only, and are recorded as mixed. Are they schools for ${row.sex === 'F' ? 'girls' : 'boys'}?`
      : `All pupils of ${names.school(row.school)} are ${row.sex === 'F' ? 'girls' : 'boys'}, and it is recorded as mixed. Is it a school for ${row.sex === 'F' ? 'girls' : 'boys'}?`,
}

const few: Check = {
  id: 'very few pupils',
  title: 'Schools with very few results',
  looksFor:
    'A school with fewer than ten pupils with results, and less than a fifth of what is usual for schools of its phase.',
  weight: 'answer',
  standing: true,
  sql: `with counted as (select r.school, c.phase, count(distinct r.pupil) as n from result r join school c using (school)
      where r.status in ('result', 'below test') group by all),
    usual as (select phase, median(n) as usual, count(*) as schools from counted group by 1)
    select school, n, usual from counted join usual using (phase) where schools >= 5 and n < 10 and n < usual / 5`,
  ask: (row, names) =>
    `Only ${pupils(row.n)} of ${names.school(row.school)} ${row.n === 1 ? 'has' : 'have'} results; ${score(Math.round(Number(row.usual)))} is usual for schools of its kind. Is the file cut short? Figures of so few say nothing.`,
}

const bands: Check = {
  id: 'prior bands reversed',
  title: 'Prior attainment the wrong way round',
  looksFor: 'Pupils in the low band of prior attainment who do better than those in the high band.',
  weight: 'answer',
  sql: `select s.school, r.assessment, count(*) as n, count(*) as of,
      avg(r.value) filter (where s.prior_band = 'low') as low, avg(r.value) filter (where s.prior_band = 'high') as high
    from result r join state s on s.pupil = r.pupil and s.school = r.school
    where r.status = 'result' and r.value is not null and s.prior_band in ('low', 'high') group by s.school, r.assessment
    having count(*) filter (where s.prior_band = 'low') >= 10 and count(*) filter (where s.prior_band = 'high') >= 10
      and low > high`,
  ask: (row, names) =>
    `In ${inside(names.assessment(row.assessment))} the pupils with low prior attainment have ${score(row.low)} on average, and those with high ${score(row.high)}. Are the bands the wrong way round?`,
}

export const whoChecks: readonly Check[] = [wrongSex, lonely, whole, few, bands]
