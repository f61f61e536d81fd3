import { literal } from '../../../platform/lake/duck.ts'

const persistent = '(a.authorised + a.unauthorised) * 10 >= a.possible'

/** The groups of pupils that the scan looks at, each with its levels; a pupil of whom it is not known is of the level ''. */
export const groupLevels = {
  disadvantage: ['disadvantaged', 'not-disadvantaged'],
  sex: ['', 'boys', 'girls'],
  sen: ['ehcp', 'no-sen', 'sen-support'],
  language: ['', 'eal', 'english-first'],
  ethnicity: ['', 'asian', 'black', 'mixed', 'other-ethnic', 'white'],
  prior_band: ['', 'prior-high', 'prior-low', 'prior-middle'],
  attending: ['', 'attending', 'often-absent'],
  mobility: ['', 'joined-this-year'],
} as const

/**
 * Every pupil's value of some measures at a drop with what the scan knows of the pupil, in the dialect that DuckDB and
 * Postgres share. Classes are forms: a teaching set is made by attainment, so that a top set always stands above. Reads `pupil_value`, `pupil_state` and `attendance`. A group that does not apply is empty.
 */
export const scanFactsSql = (measures: readonly string[]): string => `
select x.measure, x.pupil, x.school, coalesce(p.year_group, 'X') as year_group, p.class_id,
  case when x.v is null then null when x.w > 0 and x.w <> 1.0 then 100.0 * x.v / x.w else x.v end as v,
  p.prior,
  case p.sex when 'F' then 'girls' when 'M' then 'boys' else '' end as sex,
  case when p.disadvantaged then 'disadvantaged' else 'not-disadvantaged' end as disadvantage,
  case p.sen when 'K' then 'sen-support' when 'E' then 'ehcp' else 'no-sen' end as sen,
  case p.first_language when 'eal' then 'eal' when 'english' then 'english-first' else '' end as language,
  case p.ethnic_group when 'white' then 'white' when 'mixed' then 'mixed' when 'asian' then 'asian' when 'black' then 'black'
    when 'other' then 'other-ethnic' else '' end as ethnicity,
  case when p.prior_band is null then '' else 'prior-' || p.prior_band end as prior_band,
  case when a.possible > 0 and ${persistent} then 'often-absent' when a.possible > 0 then 'attending' else '' end as attending,
  case when p.joined_this_year then 'joined-this-year' else '' end as mobility
from pupil_value x
join pupil_state p on p.drop_id = x.drop_id and p.school = x.school and p.pupil = x.pupil
left join attendance a on a.drop_id = x.drop_id and a.school = x.school and a.pupil = x.pupil
where x.measure in (${measures.map(literal).join(', ')})
order by x.measure, x.school, x.pupil`
