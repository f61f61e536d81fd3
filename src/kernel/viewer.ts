import type { Day } from './days.ts'
import { type Deed, mayDo, openedDeeds, type Role } from './roles.ts'

/** Where a role is held: the whole trust, a cluster of schools, a school, or within a school a department or class. */
export interface Grant {
  readonly role: Role
  readonly node: 'trust' | 'cluster' | 'school' | 'department' | 'class'
  /** Schools that the node covers; `all` for the trust. */
  readonly schools: 'all' | readonly number[]
  /** Set when the grant reaches only one department or class of its school. */
  readonly department?: number
  readonly class?: number
  /** Set when it is no role but a broken glass: sight for a reason, until a moment, of the school or of one pupil. */
  readonly opened?: { readonly id: number; readonly until: Date; readonly pupil?: number }
}

/** What a grant lets its holder do. */
export const deedsOf = (grant: Grant): readonly Deed[] => (grant.opened ? openedDeeds : mayDo[grant.role])

/** Who is looking, on which day, with what grants. Pure: `platform/viewer.ts` adds the doors of the house. */
export interface Sight {
  readonly trust: number
  /** Shown in the masthead of every page: `Tidewell Learning Trust`. */
  readonly trustName?: string
  readonly person: number
  readonly name: string
  /** Their post, as shown beside the name: `Director of education`. */
  readonly title: string
  readonly today: Day
  readonly grants: readonly Grant[]
}

/** What is to be seen or done somewhere: in the trust as a whole when no school is named. */
export interface Place {
  readonly school?: number
  readonly department?: number
  readonly class?: number
}

const covers = (grant: Grant, place: Place): boolean => {
  if (grant.schools !== 'all') {
    if (place.school === undefined || !grant.schools.includes(place.school)) return false
  }
  if (grant.opened?.pupil !== undefined) return false
  if (grant.class !== undefined) return place.class === grant.class
  if (grant.department !== undefined) return place.department === grant.department
  return true
}

/** May this viewer do the deed there? A class teacher may see the pupils of that class, not of the school. */
export const may = (viewer: Sight, deed: Deed, place: Place = {}): boolean =>
  viewer.grants.some((grant) => deedsOf(grant).includes(deed) && covers(grant, place))

/** May they do it anywhere at all (in some school, department or class)? */
export const mayAnywhere = (viewer: Sight, deed: Deed): boolean =>
  viewer.grants.some((grant) => deedsOf(grant).includes(deed))

/** The schools in which the viewer may do the deed, at least for one department or class. */
export function schoolsWhere(viewer: Sight, deed: Deed): 'all' | readonly number[] {
  const grants = viewer.grants.filter((grant) => deedsOf(grant).includes(deed))
  if (grants.some((grant) => grant.schools === 'all')) return 'all'
  return [...new Set(grants.flatMap((grant) => grant.schools as readonly number[]))]
}

export const includesSchool = (schools: 'all' | readonly number[], school: number): boolean =>
  schools === 'all' || schools.includes(school)

/**
 * The same person with the sight of the whole trust: for what follows of itself from a deed that they were allowed (a pupil who
 * comes to one school leaves another), never for what they are shown.
 */
export const acrossTheTrust = <T extends Sight>(viewer: T): T => ({
  ...viewer,
  grants: [{ role: 'data-lead', node: 'trust', schools: 'all' } satisfies Grant],
})

const reaches = new WeakMap<readonly Grant[], string>()

/** What the viewer may see, as a key: two viewers of one reach are shown the same. */
export function reachOf({ trust, grants }: Pick<Sight, 'trust' | 'grants'>): string {
  const known = reaches.get(grants)
  if (known !== undefined) return `${trust}:${known}`
  const reach = grants
    .map(({ role, node, schools, department, class: form, opened }) =>
      [role, node, schools, department, form, opened && `opened ${opened.pupil ?? ''}`].join('/'),
    )
    .join(';')
  reaches.set(grants, reach)
  return `${trust}:${reach}`
}
