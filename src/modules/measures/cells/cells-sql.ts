import { membershipSql } from './groups-sql.ts'

const sums = `count(*) as population, count(x.v) as n, coalesce(sum(x.v), 0.0) as v, coalesce(sum(x.v * x.v), 0.0) as vv,
  coalesce(sum(case when x.v is not null then x.w end), 0.0) as w, coalesce(sum(case when x.v is not null then x.w * x.w end), 0.0) as ww,
  coalesce(sum(x.v * x.w), 0.0) as vw`

/**
 * Sufficient statistics: how many, how many with a value, and the sums of v, v², w, w² and vw, by measure with year group
 * and pupil group, and by measure with class (its year group empty when it
 * has several). Sums over schools and year groups are sums of these. Reads `pupil_value`
 * (see values-sql.ts) and `pupil_state`.
 */
export const cellsSql = `
with membership as (${membershipSql}
),
class_value as (
  select x.drop_id, x.school, x.measure, x.pupil, x.v, x.w, p.class_id, coalesce(p.year_group, 'X') as year_group, 1 as form
  from pupil_value x join pupil_state p on p.drop_id = x.drop_id and p.school = x.school and p.pupil = x.pupil
  where p.class_id is not null
  union all
  select x.drop_id, x.school, x.measure, x.pupil, x.v, x.w, x.class_id, coalesce(q.year_group, 'X') as year_group, 0 as form
  from pupil_value x join pupil_state q on q.drop_id = x.drop_id and q.school = x.school and q.pupil = x.pupil
  where x.class_id is not null and not exists (select 1 from pupil_state p where p.drop_id = x.drop_id
    and p.school = x.school and p.class_id = x.class_id)
)
select x.drop_id, x.school, x.measure, m.year_group, m.pupil_group, -1 as class_id, 0 as form, ${sums}
from pupil_value x
join membership m on m.drop_id = x.drop_id and m.school = x.school and m.pupil = x.pupil
group by x.drop_id, x.school, x.measure, m.year_group, m.pupil_group
union all
select x.drop_id, x.school, x.measure, case when min(x.year_group) = max(x.year_group) then min(x.year_group) else '' end as year_group, 'all' as pupil_group, x.class_id, x.form, ${sums}
from class_value x
group by x.drop_id, x.school, x.measure, x.class_id, x.form`
