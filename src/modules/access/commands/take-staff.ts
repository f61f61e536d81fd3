import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { academicYearOf } from '../../../kernel/academic-year.ts'
import type { Day } from '../../../kernel/days.ts'
import { enforce, NotHere, Refusal, refused } from '../../../kernel/refusal.ts'
import type { Role } from '../../../kernel/roles.ts'
import { may, mayAnywhere } from '../../../kernel/viewer.ts'
import { record, type Writing, within, write } from '../../../platform/database/door.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import {
  addPerson,
  changePerson,
  classesOf,
  clusters,
  departments,
  personByEmail,
  type School,
  schools,
} from '../../organisation/index.ts'
import { type RolePlace, rolePlaces } from '../domain/role-places.ts'
import { dayCalled, roleCalled, type StaffRow, staffRows } from '../domain/staff-file.ts'
import { placeOf, rolesOf } from '../queries/roles-held.ts'
import { auditIn } from './audit.ts'
import { giveRole } from './give-role.ts'
import { inviteSoon } from './invite-soon.ts'
import { endIfPast, leaveIn } from './record-leaver.ts'

export interface BadRow {
  readonly row: number
  readonly who: string
  readonly because: string
}

/** What a staff file does, or would do. */
export interface TakenStaff {
  readonly rows: number
  readonly added: readonly { readonly id: number; readonly name: string }[]
  readonly changed: number
  readonly roles: number
  readonly left: readonly { readonly id: number; readonly name: string; readonly last: Day }[]
  /** Rows that say what is so already. */
  readonly unchanged: number
  readonly bad: readonly BadRow[]
  /** Of the file, so that what is published is what was tried. */
  readonly mark: string
}

class TriedOnly extends Error {
  readonly taken: TakenStaff
  constructor(taken: TakenStaff) {
    super()
    this.taken = taken
  }
}

/** What the file would do: it is really done, row by row, and then all taken back. @throws Refusal when it is no staff file. */
export async function tryStaff(viewer: Viewer, text: string): Promise<TakenStaff> {
  const rows = staffRows(text)
  try {
    await write(viewer, async (tx) => {
      throw new TriedOnly(await take(viewer, tx, rows, text))
    })
  } catch (error) {
    if (error instanceof TriedOnly) return error.taken
    throw error
  }
  throw new Error('A try is always taken back.')
}

/**
 * Takes all good rows at once; bad ones change nothing. Then signs leavers out and, if asked, has whoever is new invited.
 * @throws Refusal when it is no staff file, or not the one that was tried.
 */
export async function takeStaff(
  viewer: Viewer,
  text: string,
  { mark, invite }: { mark?: string | undefined; invite: boolean },
): Promise<TakenStaff> {
  const rows = staffRows(text)
  if (mark !== undefined && mark !== markOf(text))
    throw new Refusal('The file is not the one that was checked. Check it again.')
  const taken = await write(viewer, async (tx) => {
    const done = await take(viewer, tx, rows, text)
    const detail = {
      what: `${done.rows} rows`,
      added: done.added.length,
      roles: done.roles,
      left: done.left.length,
      bad: done.bad.length,
    }
    await record(viewer, tx, {
      subject: 'access.staff_file',
      id: done.mark.slice(0, 12),
      deed: 'took',
      detail,
    })
    await auditIn(viewer, tx, {
      deed: 'took in a staff file of',
      subject: 'access.staff_file',
      id: done.mark.slice(0, 12),
      detail,
    })
    return done
  })
  for (const { id, last } of taken.left) await endIfPast(viewer, id, last)
  if (invite)
    await inviteSoon(
      viewer,
      taken.added.map(({ id }) => id),
    )
  return taken
}

const markOf = (text: string) =>
  createHash('sha256').update(text.replace(/\r\n?/g, '\n').trim()).digest('hex')

async function take(
  viewer: Viewer,
  tx: Writing,
  rows: readonly StaffRow[],
  text: string,
): Promise<TakenStaff> {
  if (!mayAnywhere(viewer, 'manage people'))
    enforce(refused('You can’t take in a staff file: you manage no people.'))
  const inside = within(viewer, tx)
  const places = await knownPlaces(inside)
  const added: { id: number; name: string }[] = []
  const left: { id: number; name: string; last: Day }[] = []
  const bad: BadRow[] = []
  let [changed, given, unchanged] = [0, 0, 0]
  for (const { row, fields } of rows) {
    await sql`savepoint staff_row`.execute(tx)
    try {
      const done = await takeRow(inside, tx, fields, places)
      if (done.added) added.push({ id: done.id, name: done.name })
      if (done.changed) changed++
      if (done.given) given++
      if (done.last) left.push({ id: done.id, name: done.name, last: done.last })
      if (!done.added && !done.changed && !done.given && !done.last) unchanged++
      await sql`release savepoint staff_row`.execute(tx)
    } catch (error) {
      if (!(error instanceof Refusal || error instanceof NotHere)) throw error
      await sql`rollback to savepoint staff_row`.execute(tx)
      const because = error instanceof NotHere ? 'There is no such place that you can see.' : error.message
      bad.push({ row, who: fields.name ?? fields.email ?? '', because })
    }
  }
  return { rows: rows.length, added, changed, roles: given, left, unchanged, bad, mark: markOf(text) }
}

interface Places {
  readonly schools: readonly School[]
  readonly clusters: readonly { readonly id: number; readonly name: string }[]
}

const knownPlaces = async (viewer: Viewer): Promise<Places> => ({
  schools: await schools(viewer),
  clusters: await clusters(viewer),
})

async function takeRow(viewer: Viewer, tx: Writing, fields: StaffRow['fields'], places: Places) {
  const { email, title } = fields
  if (!email) throw new Refusal('The e-mail address is missing.')
  if ((fields.name ?? '').length > 120) throw new Refusal('The name is longer than 120 characters.')
  const school = fields.school === undefined ? undefined : schoolCalled(fields.school, places)
  const known = await personByEmail(viewer, email)
  if (!known && !fields.name) throw new Refusal(`${email} is new here, and the row has no name.`)
  const name = fields.name ?? known!.name
  const id =
    known?.id ??
    (await addPerson(viewer, {
      name,
      email,
      ...(title ? { title } : {}),
      ...(school ? { school: school.id } : {}),
    }))
  const other = known && (name !== known.name || (title !== undefined && title !== known.title))
  const changed = !!other && may(viewer, 'manage people')
  if (changed) await changePerson(viewer, id, { name, email: known.email, title: title ?? known.title })
  const given = fields.role
    ? await takeRole(viewer, tx, id, roleCalled(fields.role), fields, school, places)
    : false
  const last = fields.left && dayCalled(fields.left)
  const leaves = !!last && last !== known?.leftOn
  if (leaves) await leaveIn(viewer, tx, id, last)
  return { id, name, added: !known, changed, given, last: leaves ? last : undefined }
}

async function takeRole(
  viewer: Viewer,
  tx: Writing,
  person: number,
  role: Role,
  fields: StaffRow['fields'],
  school: School | undefined,
  places: Places,
): Promise<boolean> {
  const place = await placeIn(viewer, role, fields, school, places)
  const same = (await rolesOf(tx, viewer.trust, person)).some(
    (held) =>
      held.role === role &&
      JSON.stringify(placeOf(held)) === JSON.stringify(place) &&
      (held.to === null || held.to >= viewer.today) &&
      (fields.to === undefined || held.to === dayCalled(fields.to)),
  )
  if (same) return false
  const from = fields.from ? dayCalled(fields.from) : viewer.today
  await giveRole(viewer, { person, role, place, from, to: fields.to ? dayCalled(fields.to) : null })
  return true
}

const plain = (text: string) => text.toLowerCase().replace(/\s+/g, ' ').trim()

/** By URN, name, short name or code. @throws Refusal */
function schoolCalled(text: string, { schools: all }: Places): School {
  const wanted = plain(text)
  const found = all.filter((one) =>
    [one.urn, one.name, one.shortName, one.slug, one.localCode].some(
      (known) => known && plain(known) === wanted,
    ),
  )
  if (found.length === 1) return found[0]!
  throw new Refusal(
    found.length === 0
      ? `There is no school “${text}”. Write its URN or its name.`
      : `“${text}” could be ${found.map((one) => one.name).join(' or ')}. Write its URN.`,
  )
}

const named = <T extends { readonly name: string }>(
  all: readonly T[],
  text: string,
  kind: string,
  where: string,
): T => {
  const found = all.find((one) => plain(one.name) === plain(text))
  if (!found) throw new Refusal(`There is no ${kind} “${text}” ${where}.`)
  return found
}

/** The narrowest place that the row names. @throws Refusal */
async function placeIn(
  viewer: Viewer,
  role: Role,
  fields: StaffRow['fields'],
  school: School | undefined,
  places: Places,
): Promise<RolePlace> {
  if (fields.cluster)
    return { node: 'cluster', cluster: named(places.clusters, fields.cluster, 'cluster', 'in the trust').id }
  if (fields.class || fields.department) {
    if (!school) throw new Refusal('A class or a department needs its school in the same row.')
    if (fields.class) {
      const classes = await classesOf(viewer, school.id, academicYearOf(viewer.today))
      return {
        node: 'class',
        school: school.id,
        class: named(classes, fields.class, 'class', `at ${school.shortName} this year`).id,
      }
    }
    const all = await departments(viewer, school.id)
    return {
      node: 'department',
      school: school.id,
      department: named(all, fields.department!, 'department', `at ${school.shortName}`).id,
    }
  }
  // The school of somebody in the trust's own team says where they sit, not how far they see.
  if (school && rolePlaces[role].includes('school')) return { node: 'school', school: school.id }
  return { node: 'trust' }
}
