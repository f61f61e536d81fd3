import { enforce, NotHere, Refusal } from '../../../kernel/refusal.ts'
import { type Reading, read, record, type Writing, write } from '../../../platform/database/door.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { auditIn } from '../commands/audit.ts'
import { checkRole } from '../commands/give-role.ts'
import { maySetSignIn } from '../domain/can-set-provider.ts'
import { isObject, type Json, ScimTrouble, spelled, valuesAt } from '../domain/scim/json.ts'
import { endGroupRole, type GroupRole, giveGroupRole } from './members.ts'
import { groupSchema, type Kept, keptOf } from './resource.ts'

const groupRows = (db: Reading, trust: number, only?: number) =>
  db
    .selectFrom('access.scim_group')
    .where('trust_id', '=', trust)
    .where('deleted_at', 'is', null)
    .$if(only !== undefined, (query) => query.where('group_id', '=', only!))
    .select(['group_id as id', 'display_name as display', 'external_id as externalId'])
    .select(['made_at as made', 'changed_at as changed'])
    .orderBy('group_id')

const memberRows = (db: Reading, trust: number, group?: number) =>
  db
    .selectFrom('access.scim_member as m')
    .innerJoin('organisation.person as p', (join) =>
      join.onRef('p.trust_id', '=', 'm.trust_id').onRef('p.person_id', '=', 'm.person_id'),
    )
    .where('m.trust_id', '=', trust)
    .$if(group !== undefined, (query) => query.where('m.group_id', '=', group!))
    .select(['m.group_id as group', 'm.person_id as person', 'p.name'])
    .orderBy('m.person_id')

async function found(viewer: Viewer, only?: number): Promise<Kept[]> {
  const base = `${viewer.house.config.origin}/scim/v2`
  const [groups, members] = await read(viewer, async (db) => [
    await groupRows(db, viewer.trust, only).execute(),
    await memberRows(db, viewer.trust, only).execute(),
  ])
  const byGroup = Map.groupBy(members, (member) => member.group)
  return groups.map((group) =>
    keptOf(
      {
        schemas: [groupSchema],
        id: String(group.id),
        ...(group.externalId ? { externalId: group.externalId } : {}),
        displayName: group.display,
        members: (byGroup.get(group.id) ?? []).map(({ person, name }) => ({
          value: String(person),
          $ref: `${base}/Users/${person}`,
          display: name,
          type: 'User',
        })),
      },
      {
        resourceType: 'Group',
        location: `${base}/Groups/${group.id}`,
        made: group.made,
        changed: group.changed,
      },
    ),
  )
}

export const scimGroups = (viewer: Viewer): Promise<Kept[]> => found(viewer)

/** @throws NotHere */
export async function scimGroup(viewer: Viewer, id: number): Promise<Kept> {
  const [group] = await found(viewer, id)
  if (!group) throw new NotHere()
  return group
}

function saidIn(resource: Json) {
  const [display] = valuesAt(resource, 'displayName')
  if (typeof display !== 'string' || !display.trim())
    throw new ScimTrouble(400, 'A group has a “displayName”.', 'invalidValue')
  const [externalId] = valuesAt(resource, 'externalId')
  const members = valuesAt(resource, 'members').map((one) => {
    const id = Number(isObject(one) ? one[spelled(one, 'value')] : one)
    if (!Number.isSafeInteger(id) || id < 1 || id > 2_147_483_647)
      throw new ScimTrouble(400, 'A member’s “value” is the id of a user.', 'invalidValue')
    return id
  })
  return {
    display: display.trim(),
    externalId: typeof externalId === 'string' ? externalId : null,
    members: [...new Set(members)],
  }
}

const named = async (viewer: Viewer, tx: Reading, display: string, but?: number) => {
  const other = (await groupRows(tx, viewer.trust).execute()).find(
    (group) => group.id !== but && group.display.toLowerCase() === display.toLowerCase(),
  )
  if (other) throw new ScimTrouble(409, `There is a group ${other.display} already.`, 'uniqueness')
}

/** The members as they are to be: who is new gets the group's role, who is not in it any more loses it. All of it or nothing. */
async function setMembers(
  viewer: Viewer,
  tx: Writing,
  group: number,
  wanted: readonly number[],
): Promise<void> {
  const present = (await memberRows(tx, viewer.trust, group).execute()).map((row) => row.person)
  const joining = wanted.filter((id) => !present.includes(id))
  const known = new Set(
    joining.length === 0
      ? []
      : (
          await tx
            .selectFrom('organisation.person')
            .where('trust_id', '=', viewer.trust)
            .where('person_id', 'in', joining)
            .select('person_id')
            .execute()
        ).map((row) => row.person_id),
  )
  const stranger = joining.find((id) => !known.has(id))
  if (stranger !== undefined) throw new ScimTrouble(400, `There is no user ${stranger}.`, 'invalidValue')
  for (const person of joining) {
    await tx
      .insertInto('access.scim_member')
      .values({
        trust_id: viewer.trust,
        group_id: group,
        person_id: person,
        joined_at: viewer.house.clock.now(),
        grant_id: null,
      })
      .execute()
    await giveGroupRole(viewer, tx, group, person)
  }
  for (const person of present.filter((id) => !wanted.includes(id))) {
    await endGroupRole(viewer, tx, group, person)
    await tx
      .deleteFrom('access.scim_member')
      .where('trust_id', '=', viewer.trust)
      .where('group_id', '=', group)
      .where('person_id', '=', person)
      .execute()
  }
}

/** A refusal in the middle takes all back, and says why in SCIM's form. */
const whole = async <T>(viewer: Viewer, change: (tx: Writing) => Promise<T>): Promise<T> => {
  try {
    return await write(viewer, change)
  } catch (error) {
    if (error instanceof Refusal) throw new ScimTrouble(409, error.message)
    throw error
  }
}

/** @throws ScimTrouble */
export async function createScimGroup(viewer: Viewer, resource: Json): Promise<Kept> {
  const said = saidIn(resource)
  const at = viewer.house.clock.now()
  const id = await whole(viewer, async (tx) => {
    await named(viewer, tx, said.display)
    const made = await tx
      .insertInto('access.scim_group')
      .values({
        trust_id: viewer.trust,
        display_name: said.display,
        external_id: said.externalId,
        role: null,
        node: null,
        cluster_id: null,
        school_id: null,
        department_id: null,
        class_id: null,
        made_at: at,
        changed_at: at,
        deleted_at: null,
      })
      .returning('group_id')
      .executeTakeFirstOrThrow()
    await setMembers(viewer, tx, made.group_id, said.members)
    await record(viewer, tx, { subject: 'access.scim_group', id: made.group_id, deed: 'made' })
    return made.group_id
  })
  return await scimGroup(viewer, id)
}

/** @throws ScimTrouble, NotHere */
export async function replaceScimGroup(viewer: Viewer, id: number, resource: Json): Promise<Kept> {
  const said = saidIn(resource)
  await whole(viewer, async (tx) => {
    if (!(await groupRows(tx, viewer.trust, id).executeTakeFirst())) throw new NotHere()
    await named(viewer, tx, said.display, id)
    await tx
      .updateTable('access.scim_group')
      .set({
        display_name: said.display,
        external_id: said.externalId,
        changed_at: viewer.house.clock.now(),
      })
      .where('trust_id', '=', viewer.trust)
      .where('group_id', '=', id)
      .execute()
    await setMembers(viewer, tx, id, said.members)
  })
  return await scimGroup(viewer, id)
}

/** Its members lose the role they held because of it. @throws ScimTrouble, NotHere */
export const deleteScimGroup = (viewer: Viewer, id: number): Promise<void> =>
  whole(viewer, async (tx) => {
    if (!(await groupRows(tx, viewer.trust, id).executeTakeFirst())) throw new NotHere()
    await setMembers(viewer, tx, id, [])
    const at = viewer.house.clock.now()
    await tx
      .updateTable('access.scim_group')
      .set({ deleted_at: at, changed_at: at })
      .where('trust_id', '=', viewer.trust)
      .where('group_id', '=', id)
      .execute()
    await record(viewer, tx, { subject: 'access.scim_group', id, deed: 'deleted' })
  })

/**
 * Says which role the members of a group hold, and where, or that they hold none: roles of the old kind end, those of the new begin today.
 * @throws Refusal when this viewer may not give it. @throws NotHere
 */
export async function setGroupRole(viewer: Viewer, id: number, role: GroupRole | undefined): Promise<void> {
  enforce(maySetSignIn(viewer))
  if (role) await checkRole(viewer, { ...role, from: viewer.today, to: null })
  await write(viewer, async (tx) => {
    const group = await groupRows(tx, viewer.trust, id).executeTakeFirst()
    if (!group) throw new NotHere()
    const members = (await memberRows(tx, viewer.trust, id).execute()).map((row) => row.person)
    for (const person of members) await endGroupRole(viewer, tx, id, person)
    const place = role?.place
    await tx
      .updateTable('access.scim_group')
      .set({
        role: role?.role ?? null,
        node: place?.node ?? null,
        cluster_id: place && 'cluster' in place ? place.cluster : null,
        school_id: place && 'school' in place ? place.school : null,
        department_id: place && 'department' in place ? place.department : null,
        class_id: place && 'class' in place ? place.class : null,
      })
      .where('trust_id', '=', viewer.trust)
      .where('group_id', '=', id)
      .execute()
    await tx
      .updateTable('access.scim_member')
      .set({ grant_id: null })
      .where('trust_id', '=', viewer.trust)
      .where('group_id', '=', id)
      .execute()
    // Nobody gives a role to themselves, by a group neither.
    for (const person of members) if (person !== viewer.person) await giveGroupRole(viewer, tx, id, person)
    const deed = role ? 'gave a group its role' : 'took a group’s role away'
    const detail = { what: group.display, ...(role ? { role: role.role, place: { ...role.place } } : {}) }
    await record(viewer, tx, { subject: 'access.scim_group', id, deed, detail })
    await auditIn(viewer, tx, { deed, subject: 'access.scim_group', id, detail })
  })
}
