import { type RawBuilder, sql } from 'kysely'
import { deedsOf, type Grant, type Sight, schoolsWhere } from '../../../kernel/viewer.ts'

const list = (ids: readonly number[]) => sql.join(ids.map((id) => sql`${id}::integer`))

/**
 * A condition on `p` (organisation.pupil): pupils whom the viewer may see by name. Row-level security narrows to schools;
 * this narrows further, to the class, department or pupil when that is all a grant reaches.
 */
export function mayBeSeen(viewer: Sight): RawBuilder<boolean> {
  if (schoolsWhere(viewer, 'see pupils') === 'all') return sql<boolean>`true`
  const grants = viewer.grants.filter((grant) => deedsOf(grant).includes('see pupils'))
  const whole = grants
    .filter((grant) => grant.class === undefined && grant.department === undefined)
    .filter((grant) => grant.opened?.pupil === undefined)
    .flatMap((grant: Grant) => (grant.schools === 'all' ? [] : grant.schools))
  const classes = grants.flatMap((grant) => grant.class ?? [])
  const departments = grants.flatMap((grant) => grant.department ?? [])
  const opened = grants.flatMap((grant) => grant.opened?.pupil ?? [])
  const ways: RawBuilder<boolean>[] = []
  if (whole.length) {
    ways.push(sql`exists (select from organisation.enrolment e where e.trust_id = p.trust_id and e.pupil_id = p.pupil_id
      and e.school_id in (${list(whole)}))`)
  }
  const member = (which: RawBuilder<unknown>): RawBuilder<boolean> =>
    sql`exists (select from organisation.class_member m join organisation.class c
      on c.trust_id = m.trust_id and c.school_id = m.school_id and c.class_id = m.class_id
      where m.trust_id = p.trust_id and m.pupil_id = p.pupil_id
      and (m.to_day is null or m.to_day >= ${viewer.today}::date) and ${which})`
  if (classes.length) ways.push(member(sql`c.class_id in (${list(classes)})`))
  if (departments.length) ways.push(member(sql`c.department_id in (${list(departments)})`))
  if (opened.length) ways.push(sql`p.pupil_id in (${list(opened)})`)
  return ways.length ? sql`(${sql.join(ways, sql` or `)})` : sql<boolean>`false`
}
