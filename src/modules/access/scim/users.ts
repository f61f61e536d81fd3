import { addDays } from '../../../kernel/days.ts'
import { NotHere, Refusal } from '../../../kernel/refusal.ts'
import { read, write } from '../../../platform/database/door.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { addPerson, changePerson } from '../../organisation/index.ts'
import { recordLeaver, takeLeavingBack } from '../commands/record-leaver.ts'
import { isObject, type Json, ScimTrouble, spelled, valuesAt } from '../domain/scim/json.ts'
import { followAddress } from '../sign-in/accounts.ts'
import { giveRolesOf } from './members.ts'
import { type Kept, keptOf, userSchema } from './resource.ts'

interface Row {
  readonly id: number
  readonly name: string
  readonly email: string
  readonly title: string
  readonly leftOn: string | null
  readonly userName: string | null
  readonly externalId: string | null
  readonly given: string | null
  readonly family: string | null
  readonly made: Date | null
  readonly changed: Date | null
}

const rows = (viewer: Viewer, only?: number) =>
  read(viewer, async (db) => {
    const people = await db
      .selectFrom('organisation.person as p')
      .leftJoin('access.scim_user as u', (join) =>
        join.onRef('u.trust_id', '=', 'p.trust_id').onRef('u.person_id', '=', 'p.person_id'),
      )
      .where('p.trust_id', '=', viewer.trust)
      .where('u.deleted_at', 'is', null)
      .$if(only !== undefined, (query) => query.where('p.person_id', '=', only!))
      .select(['p.person_id as id', 'p.name', 'p.email', 'p.title', 'p.left_on as leftOn'])
      .select(['u.user_name as userName', 'u.external_id as externalId', 'u.given_name as given'])
      .select(['u.family_name as family', 'u.made_at as made', 'u.changed_at as changed'])
      .orderBy('p.person_id')
      .execute()
    const members = await db
      .selectFrom('access.scim_member as m')
      .innerJoin('access.scim_group as g', (join) =>
        join.onRef('g.trust_id', '=', 'm.trust_id').onRef('g.group_id', '=', 'm.group_id'),
      )
      .where('m.trust_id', '=', viewer.trust)
      .$if(only !== undefined, (query) => query.where('m.person_id', '=', only!))
      .select(['m.person_id as person', 'g.group_id as group', 'g.display_name as display'])
      .execute()
    return { people, groups: Map.groupBy(members, (member) => member.person) }
  })

function userOf(viewer: Viewer, row: Row, groups: readonly { group: number; display: string }[]): Kept {
  const base = `${viewer.house.config.origin}/scim/v2`
  const active = row.leftOn === null || row.leftOn >= viewer.today
  return keptOf(
    {
      schemas: [userSchema],
      id: String(row.id),
      ...(row.externalId ? { externalId: row.externalId } : {}),
      userName: row.userName ?? row.email,
      name: {
        formatted: row.name,
        ...(row.given ? { givenName: row.given } : {}),
        ...(row.family ? { familyName: row.family } : {}),
      },
      displayName: row.name,
      ...(row.title ? { title: row.title } : {}),
      emails: [{ value: row.email, type: 'work', primary: true }],
      active,
      ...(groups.length > 0
        ? {
            groups: groups.map(({ group, display }) => ({
              value: String(group),
              $ref: `${base}/Groups/${group}`,
              display,
              type: 'direct',
            })),
          }
        : {}),
    },
    { resourceType: 'User', location: `${base}/Users/${row.id}`, made: row.made, changed: row.changed },
  )
}

/** Everybody of the trust whom no directory has deleted. */
export async function scimUsers(viewer: Viewer): Promise<Kept[]> {
  const { people, groups } = await rows(viewer)
  return people.map((row) => userOf(viewer, row, groups.get(row.id) ?? []))
}

/** @throws NotHere */
export async function scimUser(viewer: Viewer, id: number): Promise<Kept> {
  const { people, groups } = await rows(viewer, id)
  const [row] = people
  if (!row) throw new NotHere()
  return userOf(viewer, row, groups.get(id) ?? [])
}

/** What a resource says of a person, in our words. @throws ScimTrouble `invalidValue` */
function saidIn(resource: Json) {
  const text = (path: string): string | undefined => {
    const [value] = valuesAt(resource, path)
    if (value === undefined || value === null) return undefined
    if (typeof value !== 'string') throw new ScimTrouble(400, `“${path}” is text.`, 'invalidValue')
    return value.trim() || undefined
  }
  const userName = text('userName')
  if (!userName) throw new ScimTrouble(400, 'A user has a “userName”.', 'invalidValue')
  const emails = valuesAt(resource, 'emails').filter(isObject)
  const chosen = emails.find((one) => one[spelled(one, 'primary')] === true) ?? emails[0]
  const email = chosen ? String(valuesAt(chosen, 'value')[0] ?? '') : userName
  const [given, family] = [text('name.givenName'), text('name.familyName')]
  const name =
    text('displayName') ?? text('name.formatted') ?? ([given, family].filter(Boolean).join(' ') || userName)
  return {
    userName,
    email,
    name,
    title: text('title') ?? '',
    externalId: text('externalId') ?? null,
    given: given ?? null,
    family: family ?? null,
    active: activeIn(resource),
  }
}

/** True unless it says otherwise; Entra sends it as text. */
function activeIn(resource: Json): boolean {
  const value = resource[spelled(resource, 'active')]
  if (value === undefined || value === true || /^true$/i.test(String(value))) return true
  if (value === false || /^false$/i.test(String(value))) return false
  throw new ScimTrouble(400, '“active” is true or false.', 'invalidValue')
}

const taken = (detail: string) => new ScimTrouble(409, detail, 'uniqueness')

/** A sentence of ours as an error of SCIM's. */
const inScim = async <T>(doIt: () => Promise<T>): Promise<T> => {
  try {
    return await doIt()
  } catch (error) {
    if (!(error instanceof Refusal) || error instanceof ScimTrouble) throw error
    if (/already/.test(error.message)) throw taken(error.message)
    throw new ScimTrouble(400, error.message, 'invalidValue')
  }
}

/** Brings a person in. One whom the directory had deleted comes back as the same person. @throws ScimTrouble */
export async function createScimUser(viewer: Viewer, resource: Json): Promise<Kept> {
  const said = saidIn(resource)
  const { people } = await rows(viewer)
  const same = (a: string, b: string) => a.toLowerCase() === b.toLowerCase()
  const held = people.find(
    (row) => same(row.userName ?? row.email, said.userName) || same(row.email, said.email),
  )
  if (held) throw taken(`${held.name} already has this user name or address, as user ${held.id}.`)
  const back = await read(viewer, (db) =>
    db
      .selectFrom('organisation.person')
      .where('trust_id', '=', viewer.trust)
      .where((find) => find(find.fn<string>('lower', ['email']), '=', said.email.toLowerCase()))
      .select('person_id as id')
      .executeTakeFirst(),
  )
  const { name, email, title } = said
  const id = back?.id ?? (await inScim(() => addPerson(viewer, { name, email, ...(title ? { title } : {}) })))
  await keepUser(viewer, id, said)
  if (back) {
    await inScim(() => changePerson(viewer, id, { name, email, title }))
    await takeLeavingBack(viewer, id)
  }
  if (!said.active) await leave(viewer, id)
  return await scimUser(viewer, id)
}

async function keepUser(viewer: Viewer, person: number, said: ReturnType<typeof saidIn>): Promise<void> {
  const at = viewer.house.clock.now()
  const kept = {
    user_name: said.userName,
    external_id: said.externalId,
    given_name: said.given,
    family_name: said.family,
    changed_at: at,
    deleted_at: null,
  }
  await write(viewer, (tx) =>
    tx
      .insertInto('access.scim_user')
      .values({ trust_id: viewer.trust, person_id: person, made_at: at, ...kept })
      .onConflict((conflict) => conflict.columns(['trust_id', 'person_id']).doUpdateSet(kept))
      .execute(),
  )
}

/** Signed out at once: with yesterday as the last day. */
const leave = (viewer: Viewer, id: number) =>
  inScim(() => recordLeaver(viewer, id, addDays(viewer.today, -1)))

/** Makes a person as the resource says: name, address, title, and whether they work here. @throws ScimTrouble, NotHere */
export async function replaceScimUser(viewer: Viewer, id: number, resource: Json): Promise<Kept> {
  const said = saidIn(resource)
  const { people } = await rows(viewer)
  const before = people.find((row) => row.id === id)
  if (!before) throw new NotHere()
  const other = people.find(
    (row) => row.id !== id && (row.userName ?? row.email).toLowerCase() === said.userName.toLowerCase(),
  )
  if (other) throw taken(`${other.name} already has the user name ${said.userName}.`)
  const { name, email, title } = said
  const wasActive = before.leftOn === null || before.leftOn >= viewer.today
  if (name !== before.name || email !== before.email || title !== before.title)
    await inScim(async () => {
      await followAddress(viewer.house, { trust: viewer.trust, person: id }, email)
      await changePerson(viewer, id, { name, email, title })
    })
  await keepUser(viewer, id, said)
  if (wasActive && !said.active) await leave(viewer, id)
  if (!wasActive && said.active) {
    await takeLeavingBack(viewer, id)
    await giveRolesOf(viewer, id)
  }
  return await scimUser(viewer, id)
}

/** The person has left, and the directory knows them no more. What they did stays in the record. @throws ScimTrouble, NotHere */
export async function deleteScimUser(viewer: Viewer, id: number): Promise<void> {
  const { people } = await rows(viewer, id)
  const [row] = people
  if (!row) throw new NotHere()
  if (row.leftOn === null || row.leftOn >= viewer.today) await leave(viewer, id)
  const at = viewer.house.clock.now()
  await write(viewer, async (tx) => {
    await tx
      .deleteFrom('access.scim_member')
      .where('trust_id', '=', viewer.trust)
      .where('person_id', '=', id)
      .execute()
    await tx
      .insertInto('access.scim_user')
      .values({
        trust_id: viewer.trust,
        person_id: id,
        user_name: row.userName ?? row.email,
        external_id: row.externalId,
        given_name: row.given,
        family_name: row.family,
        made_at: at,
        changed_at: at,
        deleted_at: at,
      })
      .onConflict((conflict) =>
        conflict.columns(['trust_id', 'person_id']).doUpdateSet({ deleted_at: at, changed_at: at }),
      )
      .execute()
  })
}
