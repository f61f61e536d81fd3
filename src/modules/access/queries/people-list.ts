import type { Day } from '../../../kernel/days.ts'
import { includesSchool } from '../../../kernel/viewer.ts'
import { read } from '../../../platform/database/door.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { people } from '../../organisation/index.ts'
import { holdsOn } from '../domain/grants.ts'
import { peopleWithAccounts } from '../sign-in/accounts.ts'
import {
  isIn,
  type PostOfPerson,
  peopleScope,
  postsOf,
  type RoleOfPerson,
  rolesWithPlaces,
} from './person.ts'
import { schoolsOfClusters } from './roles-held.ts'

export interface ListedPerson {
  readonly id: number
  readonly name: string
  readonly email: string
  readonly title: string
  readonly leftOn: Day | null
  /** Posts held today. */
  readonly posts: readonly PostOfPerson[]
  /** Roles held today. */
  readonly roles: readonly RoleOfPerson[]
  readonly signIn: 'can sign in' | 'invited' | 'not invited'
}

/**
 * People with their posts and roles today, by surname: everyone for those who manage the trust's people, otherwise those of the
 * viewer's own schools, and nobody for viewers who manage none. `school` narrows to one.
 */
export async function peopleList(viewer: Viewer, school?: number): Promise<ListedPerson[]> {
  const reach = peopleScope(viewer)
  const scope = school === undefined ? reach : includesSchool(reach, school) ? [school] : []
  if (scope !== 'all' && scope.length === 0) return []
  const everyone = await people(viewer)
  if (everyone.length === 0) return []
  const ids = everyone.map((person) => person.id)
  const found = await read(viewer, async (db) => ({
    posts: await postsOf(db, viewer.trust, ids),
    roles: await rolesWithPlaces(db, viewer, ids),
    clusters: await schoolsOfClusters(db, viewer.trust),
    invited: await db
      .selectFrom('access.invitation')
      .where('trust_id', '=', viewer.trust)
      .where('withdrawn_at', 'is', null)
      .where('expires_at', '>', viewer.house.clock.now())
      .select('person_id')
      .execute(),
  }))
  const accounts = await peopleWithAccounts(viewer.house, viewer.trust)
  const invited = new Set(found.invited.map((row) => row.person_id))
  const rolesBy = Map.groupBy(found.roles, (held) => held.person)
  const postsBy = Map.groupBy(found.posts, (post) => post.person)
  // The demo’s people need no account: one click is enough.
  const withoutAccount = viewer.house.config.demo ? 'can sign in' : 'not invited'
  const goesOn = ({ to }: { to: Day | null }) => to === null || to >= viewer.today
  return everyone.flatMap((person) => {
    const posts = (postsBy.get(person.id) ?? []).filter(goesOn)
    const roles = (rolesBy.get(person.id) ?? []).filter(goesOn)
    if (!isIn(scope, { posts, roles }, found.clusters)) return []
    const today = (held: { from: Day; to: Day | null }) => holdsOn(held, viewer.today)
    const signIn = accounts.has(person.id)
      ? 'can sign in'
      : invited.has(person.id)
        ? 'invited'
        : withoutAccount
    return [{ ...person, posts: posts.filter(today), roles: roles.filter(today), signIn } as const]
  })
}
