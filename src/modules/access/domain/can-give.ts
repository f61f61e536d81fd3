import { addDays, type Day, dayName, isDay } from '../../../kernel/days.ts'
import { allowed, refused, type Verdict } from '../../../kernel/refusal.ts'
import { mayDo, type Role, roleNames } from '../../../kernel/roles.ts'
import { may, type Sight, schoolsWhere } from '../../../kernel/viewer.ts'
import { type GivenRole, holdsOn } from './grants.ts'
import { nodeNames, type RolePlace, rolePlaces } from './role-places.ts'

/** A role to be given to a person, somewhere, from a day to a day (none: until ended), both included. */
export interface AskedRole {
  readonly person: number
  readonly role: Role
  readonly place: RolePlace
  readonly from: Day
  readonly to: Day | null
}

/** What must be known of the person and of the tree to decide. */
export interface Circumstances {
  /** Schools where the person holds a post or a role, now or later. */
  readonly schoolsOfPerson: readonly number[]
  readonly schoolsOfCluster: readonly number[]
  readonly held: readonly GivenRole[]
  /** The day on which the person left the trust, if they did. */
  readonly leftOn: Day | null
}

/** May this viewer manage people there? Of a cluster, only whoever may in all its schools. */
export function mayManage(
  viewer: Sight,
  place: RolePlace,
  schoolsOfCluster: readonly number[] = [],
): boolean {
  if (place.node === 'trust') return may(viewer, 'manage people')
  if (place.node === 'cluster')
    return (
      may(viewer, 'manage people') ||
      (schoolsOfCluster.length > 0 &&
        schoolsOfCluster.every((school) => may(viewer, 'manage people', { school })))
    )
  return may(viewer, 'manage people', { school: place.school })
}

/** May the role be given, and if not, why not. Nobody gives what they may not manage, and nobody gives a role to themselves. */
export function canGive(viewer: Sight, asked: AskedRole, known: Circumstances): Verdict {
  if (asked.person !== 0 && asked.person === viewer.person)
    return refused('You can’t give a role to yourself. Ask someone else who manages people.')
  if (!rolePlaces[asked.role].includes(asked.place.node))
    return refused(
      `The role ${roleNames[asked.role]} is held at ${places(asked.role)}, not at ${nodeNames[asked.place.node]}.`,
    )
  if (!mayManage(viewer, asked.place, known.schoolsOfCluster))
    return refused('You can’t give roles there: you manage people elsewhere, or not at all.')
  const own = schoolsWhere(viewer, 'manage people')
  if (own !== 'all' && !known.schoolsOfPerson.some((school) => own.includes(school)))
    return refused('This person is not at your school. Ask the trust’s data lead to give them a role here.')
  return canHold(viewer, asked, known)
}

const places = (role: Role) => rolePlaces[role].map((node) => nodeNames[node]).join(' or ')

function canHold(viewer: Sight, asked: AskedRole, known: Circumstances): Verdict {
  if (known.leftOn !== null && known.leftOn < viewer.today)
    return refused(`This person left on ${dayName(known.leftOn)}.`)
  if (!isDay(asked.from)) return refused('Enter the day on which the role begins.')
  if (asked.to !== null && !isDay(asked.to))
    return refused('Enter the last day of the role, or leave it empty.')
  if (asked.to !== null && asked.to < asked.from) return refused('The last day is before the first.')
  // Whoever sets a trust up may say since when; afterwards a role can't have been held before it was given.
  if (viewer.person !== 0 && asked.from < viewer.today)
    return refused(`A role can begin today, ${dayName(viewer.today)}, or later.`)
  const same = known.held.find((held) => sameRole(held, asked) && overlaps(held, asked))
  return same
    ? refused(
        `They hold this role there already, ${same.to ? `until ${dayName(same.to)}` : 'with no last day'}.`,
      )
    : allowed
}

const sameRole = (held: GivenRole, { role, place }: AskedRole): boolean =>
  held.role === role &&
  held.node === place.node &&
  (place.node === 'cluster' ? held.cluster === place.cluster : true) &&
  ('school' in place ? held.school === place.school : true) &&
  ('department' in place ? held.department === place.department : true) &&
  ('class' in place ? held.class === place.class : true)

const never = '9999-12-31'
const overlaps = (a: { from: Day; to: Day | null }, b: { from: Day; to: Day | null }): boolean =>
  a.from <= (b.to ?? never) && b.from <= (a.to ?? never)

/** May the role be ended so that `last` is its last day? `others`: how many others manage people of the whole trust that day and after. */
export function canEnd(
  viewer: Sight,
  grant: GivenRole & { readonly place: RolePlace },
  last: Day,
  known: { readonly schoolsOfCluster: readonly number[]; readonly trustManagersLeft: number },
): Verdict {
  if (!mayManage(viewer, grant.place, known.schoolsOfCluster))
    return refused('You can’t end this role: you don’t manage people there.')
  if (!isDay(last)) return refused('Enter the last day of the role.')
  if (grant.to !== null && grant.to < viewer.today) return refused('This role has ended already.')
  if (grant.to !== null && last > grant.to)
    return refused(`This role ends on ${dayName(grant.to)}. To go on longer, give it again.`)
  if (last < addDays(viewer.today, -1))
    return refused('A role can end yesterday at the earliest, which ends it at once.')
  if (managesTrust(grant) && holdsOn(grant, viewer.today) && known.trustManagersLeft === 0)
    return refused(
      'Nobody would be left who manages people in the whole trust. Give that role to someone else first.',
    )
  return allowed
}

/** Does the role let its holder manage people of the whole trust? */
export const managesTrust = (grant: Pick<GivenRole, 'role' | 'node'>): boolean =>
  grant.node === 'trust' && mayDo[grant.role].includes('manage people')
