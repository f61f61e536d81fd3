import { NotHere, Refusal } from '../../../kernel/refusal.ts'
import type { Grant } from '../../../kernel/viewer.ts'
import { read } from '../../../platform/database/door.ts'
import { keptUntilWritten } from '../../../platform/database/kept.ts'
import type { House } from '../../../platform/house.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { trustsHere } from '../../organisation/index.ts'
import { grantOfGlass } from '../domain/break-glass.ts'
import { type GivenRole, grantsOn } from '../domain/grants.ts'
import { glassesOf } from './break-glass.ts'
import { schoolsOfClusters } from './roles-held.ts'

/** Somebody who stands at the trust's door: knows which trust, may see no school and no pupil. */
export const atTheDoor = (house: House, trust: number): Viewer => ({
  house,
  trust,
  person: 0,
  name: '',
  title: '',
  today: house.clock.today(),
  grants: [],
})

/**
 * The person as a viewer, with the grants that hold today.
 * @throws NotHere when there is no such person, or they have left.
 */
export async function viewerOf(house: House, trust: number, person: number): Promise<Viewer> {
  const door = atTheDoor(house, trust)
  const found = await keptUntilWritten(door, `viewer ${person} ${door.today}`, () =>
    foundAtTheDoor(door, person),
  )
  if (!found) throw new NotHere()
  const { who, grants, opened } = found
  const live = grants.length > 0 ? opened.filter(({ until }) => until > house.clock.now()) : []
  return {
    ...door,
    trustName: who.trustName,
    person,
    name: who.name,
    title: who.title,
    grants: live.length > 0 ? [...grants, ...live.map(grantOfGlass)] : grants,
  }
}

const foundAtTheDoor = (door: Viewer, person: number) =>
  read(door, async (db) => {
    const { trust } = door
    const rows = await db
      .selectFrom('organisation.person as p')
      .innerJoin('organisation.trust as t', 't.trust_id', 'p.trust_id')
      .leftJoin('access.role_grant as h', (join) =>
        join.onRef('h.trust_id', '=', 'p.trust_id').onRef('h.person_id', '=', 'p.person_id'),
      )
      .where('p.trust_id', '=', trust)
      .where('p.person_id', '=', person)
      .select([
        'p.name',
        'p.title',
        'p.left_on',
        't.name as trustName',
        'h.role',
        'h.node',
        'h.cluster_id as cluster',
        'h.school_id as school',
      ])
      .select([
        'h.department_id as department',
        'h.class_id as class',
        'h.from_day as from',
        'h.to_day as to',
      ])
      .execute()
    const [who] = rows
    if (!who || (who.left_on !== null && who.left_on < door.today)) return undefined
    const given = rows.filter((row): row is typeof row & GivenRole => row.role !== null)
    const clusters = given.some((grant) => grant.node === 'cluster')
      ? await schoolsOfClusters(db, trust)
      : new Map()
    return {
      who,
      grants: grantsOn(given, door.today, clusters),
      opened: await glassesOf(db, trust, person, door.house.clock.now()),
    }
  })

const operatorGrants: readonly Grant[] = [
  { role: 'administrator', node: 'trust', schools: 'all' },
  { role: 'data-lead', node: 'trust', schools: 'all' },
  { role: 'headteacher', node: 'trust', schools: 'all' },
]

/**
 * Whoever holds the machine: administrator, data lead and headteacher of its only trust, of the one named by `slug`, or, with `as`, the person
 * with that e-mail address.
 * @throws Refusal when there is no trust yet, several to choose from, or nobody with that address.
 */
export async function viewerForCommandLine(house: House, slug?: string, as?: string): Promise<Viewer> {
  const trusts = await trustsHere(house)
  const trust = slug ? trusts.find((one) => one.slug === slug) : trusts.length === 1 ? trusts[0] : undefined
  if (!trust) throw new Refusal(noTrust(trusts, slug))
  if (as) return await viewerByEmail(house, trust.id, as)
  return {
    ...atTheDoor(house, trust.id),
    name: 'The machine’s operator',
    title: 'Command line',
    grants: operatorGrants,
  }
}

const noTrust = (trusts: readonly { slug: string }[], slug?: string): string => {
  if (trusts.length === 0)
    return 'There is no trust in this data folder yet. Make the demo trust with: throughline demo --build-only'
  const names = trusts.map((one) => one.slug).join(', ')
  return slug
    ? `There is no trust called ${slug} here. There is: ${names}.`
    : `Say which trust, with --trust. There is: ${names}.`
}

async function viewerByEmail(house: House, trust: number, email: string): Promise<Viewer> {
  const person = await read(atTheDoor(house, trust), (db) =>
    db
      .selectFrom('organisation.person')
      .where('trust_id', '=', trust)
      .where((eb) => eb(eb.fn('lower', ['email']), '=', email.trim().toLowerCase()))
      .select('person_id')
      .executeTakeFirst(),
  )
  if (!person) throw new Refusal(`Nobody in the trust has the e-mail address ${email}.`)
  return await viewerOf(house, trust, person.person_id)
}
