import { addDays } from '../../../kernel/days.ts'
import type { Role } from '../../../kernel/roles.ts'
import { type Reading, read, type Writing, within, write } from '../../../platform/database/door.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { endRole } from '../commands/end-role.ts'
import { giveRole } from '../commands/give-role.ts'
import { holdsOn } from '../domain/grants.ts'
import type { RolePlace } from '../domain/role-places.ts'
import { type HeldRole, placeOf, rolesOf } from '../queries/roles-held.ts'

/** The role that a group's members hold, and where. */
export interface GroupRole {
  readonly role: Role
  readonly place: RolePlace
}

export async function groupRole(db: Reading, trust: number, group: number): Promise<GroupRole | undefined> {
  const row = await db
    .selectFrom('access.scim_group')
    .where('trust_id', '=', trust)
    .where('group_id', '=', group)
    .select(['role', 'node', 'cluster_id as cluster', 'school_id as school'])
    .select(['department_id as department', 'class_id as class'])
    .executeTakeFirst()
  if (!row?.role || !row.node) return undefined
  const { role, node, cluster, school, department, class: form } = row
  return {
    role,
    place: placeOf({ role, node, cluster, school, department, class: form, from: '', to: null }),
  }
}

const same = (held: HeldRole, { role, place }: GroupRole) =>
  held.role === role && JSON.stringify(placeOf(held)) === JSON.stringify(place)

/** Gives a member the group's role from today, unless they hold it already or have left. In the caller's transaction. */
export async function giveGroupRole(
  viewer: Viewer,
  tx: Writing,
  group: number,
  person: number,
): Promise<void> {
  const role = await groupRole(tx, viewer.trust, group)
  if (!role) return
  const who = await tx
    .selectFrom('organisation.person')
    .where('trust_id', '=', viewer.trust)
    .where('person_id', '=', person)
    .select('left_on')
    .executeTakeFirst()
  if (!who || (who.left_on !== null && who.left_on < viewer.today)) return
  const held = await rolesOf(tx, viewer.trust, person)
  if (held.some((one) => same(one, role) && (one.to === null || one.to >= viewer.today))) return
  const grant = await giveRole(within(viewer, tx), { person, ...role, from: viewer.today, to: null })
  await tx
    .updateTable('access.scim_member')
    .set({ grant_id: grant })
    .where('trust_id', '=', viewer.trust)
    .where('group_id', '=', group)
    .where('person_id', '=', person)
    .execute()
}

/** Ends the role that somebody holds because of a group; one that was given by hand stays. In the caller's transaction. */
export async function endGroupRole(
  viewer: Viewer,
  tx: Writing,
  group: number,
  person: number,
): Promise<void> {
  const member = await tx
    .selectFrom('access.scim_member')
    .where('trust_id', '=', viewer.trust)
    .where('group_id', '=', group)
    .where('person_id', '=', person)
    .select('grant_id as grant')
    .executeTakeFirst()
  if (!member?.grant) return
  const held = (await rolesOf(tx, viewer.trust, person)).find((one) => one.id === member.grant)
  if (
    held &&
    (held.to === null || held.to >= viewer.today) &&
    (holdsOn(held, viewer.today) || held.from > viewer.today)
  )
    await endRole(within(viewer, tx), held.id, addDays(viewer.today, -1))
}

/** Somebody is back: the roles of the groups they are in are given again. */
export async function giveRolesOf(viewer: Viewer, person: number): Promise<void> {
  const groups = await read(viewer, (db) =>
    db
      .selectFrom('access.scim_member')
      .where('trust_id', '=', viewer.trust)
      .where('person_id', '=', person)
      .select('group_id as id')
      .execute(),
  )
  for (const { id } of groups) await write(viewer, (tx) => giveGroupRole(viewer, tx, id, person))
}
