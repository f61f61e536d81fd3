import { groups } from '../../organisation/index.ts'

/** Slugs of the pupil groups, in the order in which their cells are kept. */
export const groupSlugs: readonly string[] = groups.map((group) => group.slug)

const text = (value: string) => `'${value.replaceAll("'", "''")}'`

/** Who of `pupil_state` is in which group: one row a pupil and group. */
export const membershipSql = `
  select p.drop_id, p.school, p.pupil, coalesce(p.year_group, 'X') as year_group, g.slug as pupil_group
  from pupil_state p
  cross join (values ${groupSlugs.map((slug) => `(${text(slug)})`).join(', ')}) as g(slug)
  where case g.slug
${groups.map(({ slug, condition }) => `    when ${text(slug)} then (${condition})`).join('\n')}
  end`
