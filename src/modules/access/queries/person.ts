import type { Day } from '../../../kernel/days.ts'
import { NotHere, type Verdict } from '../../../kernel/refusal.ts'
import { roleNames } from '../../../kernel/roles.ts'
import { mayAnywhere, schoolsWhere } from '../../../kernel/viewer.ts'
import { type Reading, read } from '../../../platform/database/door.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { mayManage } from '../domain/can-give.ts'
import { mayRecordLeaving } from '../domain/can-leave.ts'
import { accountOf } from '../sign-in/accounts.ts'
import { leaverKnown } from './leaver-known.ts'
import { type HeldRole, heldRoles, placeOf, schoolsOfClusters } from './roles-held.ts'

export interface RoleOfPerson extends HeldRole {
  readonly roleName: string
  /** `Saltmarsh, class 4C` or `the whole trust`. */
  readonly where: string
  readonly givenBy: string | null
  /** May this viewer end it, as far as the place goes? */
  readonly managed: boolean
}

/** Every role a person holds or has held, as this viewer may know them, latest first. */
export async function rolesWithPlaces(
  db: Reading,
  viewer: Viewer,
  people: readonly number[],
): Promise<RoleOfPerson[]> {
  if (people.length === 0) return []
  const clusters = await schoolsOfClusters(db, viewer.trust)
  const rows = await heldRoles(db, viewer.trust)
    .where('h.person_id', 'in', [...people])
    .leftJoin('organisation.cluster as k', (join) =>
      join.onRef('k.trust_id', '=', 'h.trust_id').onRef('k.cluster_id', '=', 'h.cluster_id'),
    )
    .leftJoin('organisation.school as s', (join) =>
      join.onRef('s.trust_id', '=', 'h.trust_id').onRef('s.school_id', '=', 'h.school_id'),
    )
    .leftJoin('organisation.department as d', (join) =>
      join
        .onRef('d.trust_id', '=', 'h.trust_id')
        .onRef('d.school_id', '=', 'h.school_id')
        .onRef('d.department_id', '=', 'h.department_id'),
    )
    .leftJoin('organisation.class as c', (join) =>
      join
        .onRef('c.trust_id', '=', 'h.trust_id')
        .onRef('c.school_id', '=', 'h.school_id')
        .onRef('c.class_id', '=', 'h.class_id'),
    )
    .leftJoin('organisation.person as g', (join) =>
      join.onRef('g.trust_id', '=', 'h.trust_id').onRef('g.person_id', '=', 'h.given_by'),
    )
    .select([
      'k.name as clusterName',
      's.short_name as schoolName',
      'd.name as departmentName',
      'c.name as className',
    ])
    .select('g.name as givenBy')
    .orderBy('h.from_day', 'desc')
    .orderBy('h.grant_id', 'desc')
    .execute()
  return rows.map(({ clusterName, schoolName, departmentName, className, ...held }) => ({
    ...held,
    roleName: roleNames[held.role],
    where:
      held.node === 'trust'
        ? 'the whole trust'
        : held.node === 'cluster'
          ? `the schools of ${clusterName}`
          : held.node === 'school'
            ? schoolName!
            : held.node === 'class'
              ? `${schoolName}, class ${className ?? 'not shown'}`
              : `${schoolName}, ${departmentName ?? 'a department'}`,
    managed: mayManage(viewer, placeOf(held), held.cluster ? (clusters.get(held.cluster) ?? []) : []),
  }))
}

/** The viewer's own roles. */
export const ownRoles = (viewer: Viewer): Promise<RoleOfPerson[]> =>
  read(viewer, (db) => rolesWithPlaces(db, viewer, [viewer.person]))

export interface PostOfPerson {
  readonly title: string
  readonly school: number | null
  readonly schoolName: string | null
  readonly from: Day
  readonly to: Day | null
}

export interface InvitationOfPerson {
  readonly invited: Date
  readonly expires: Date
  readonly accepted: Date | null
}

export interface PersonPage {
  readonly id: number
  readonly name: string
  readonly email: string
  readonly title: string
  readonly leftOn: Day | null
  readonly posts: readonly PostOfPerson[]
  readonly roles: readonly RoleOfPerson[]
  readonly canSignIn: boolean
  /** May this viewer remove their second step, passkeys and joined accounts? */
  readonly mayReset: boolean
  /** May this viewer record that they have left, and why not. */
  readonly leaving: Verdict
  /** The latest one sent. */
  readonly invitation: InvitationOfPerson | null
}

export const postsOf = (db: Reading, trust: number, people: readonly number[]) =>
  db
    .selectFrom('organisation.post as p')
    .leftJoin('organisation.school as s', (join) =>
      join.onRef('s.trust_id', '=', 'p.trust_id').onRef('s.school_id', '=', 'p.school_id'),
    )
    .where('p.trust_id', '=', trust)
    .where('p.person_id', 'in', [...people])
    .select(['p.person_id as person', 'p.title', 'p.school_id as school', 's.short_name as schoolName'])
    .select(['p.from_day as from', 'p.to_day as to'])
    .orderBy('p.from_day', 'desc')
    .execute()

/** One person, for whoever manages people or reads the audit trail where that person works. @throws NotHere */
export async function personPage(viewer: Viewer, id: number): Promise<PersonPage> {
  const found = await read(viewer, async (db) => {
    const person = await db
      .selectFrom('organisation.person')
      .where('trust_id', '=', viewer.trust)
      .where('person_id', '=', id)
      .select(['person_id as id', 'name', 'email', 'title', 'left_on as leftOn'])
      .executeTakeFirst()
    if (!person) return undefined
    const invitation = await db
      .selectFrom('access.invitation')
      .where('trust_id', '=', viewer.trust)
      .where('person_id', '=', id)
      .orderBy('invitation_id', 'desc')
      .select(['invited_at as invited', 'expires_at as expires', 'accepted_at as accepted'])
      .executeTakeFirst()
    const clusters = await schoolsOfClusters(db, viewer.trust)
    return {
      ...person,
      posts: await postsOf(db, viewer.trust, [id]),
      roles: await rolesWithPlaces(db, viewer, [id]),
      invitation: invitation ?? null,
      leaving: mayRecordLeaving(viewer, id, await leaverKnown(viewer, db, id)),
      clusters,
    }
  })
  if (!found || !isIn(peopleScope(viewer), found, found.clusters)) throw new NotHere()
  const account = await accountOf(viewer.house, viewer.trust, id)
  const mayReset = !!account && id !== viewer.person && found.leaving.ok
  return { ...found, mayReset, canSignIn: !!account || (viewer.house.config.demo && !found.invitation) }
}

/** The schools whose people the viewer may look through; none at all for most. */
export function peopleScope(viewer: Viewer): 'all' | readonly number[] {
  const manage = schoolsWhere(viewer, 'manage people')
  const look = schoolsWhere(viewer, 'see audit')
  return manage === 'all' || look === 'all' ? 'all' : [...new Set([...manage, ...look])]
}

export const maySeePeople = (viewer: Viewer): boolean =>
  mayAnywhere(viewer, 'manage people') || mayAnywhere(viewer, 'see audit')

/** Do any of the person's posts or roles lie in those schools? */
export const isIn = (
  scope: 'all' | readonly number[],
  person: { posts: readonly { school: number | null }[]; roles: readonly HeldRole[] },
  clusters: ReadonlyMap<number, readonly number[]>,
): boolean =>
  scope === 'all' ||
  person.posts.some((post) => post.school !== null && scope.includes(post.school)) ||
  person.roles.some((held) =>
    held.cluster !== null
      ? (clusters.get(held.cluster) ?? []).some((school) => scope.includes(school))
      : held.school !== null && scope.includes(held.school),
  )
