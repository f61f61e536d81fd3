import { type Role, roles } from '../../../kernel/roles.ts'
import { read } from '../../../platform/database/door.ts'
import type { House } from '../../../platform/house.ts'
import { trustsHere } from '../../organisation/index.ts'
import { holdsOn } from '../domain/grants.ts'
import { heldRoles } from './roles-held.ts'
import { atTheDoor } from './viewer-of.ts'

export interface DemoPerson {
  readonly trust: number
  readonly person: number
  readonly name: string
  readonly email: string
  readonly title: string
}

export interface DemoRole {
  readonly role: Role
  readonly people: readonly DemoPerson[]
}

/** Everyone of the demo who holds a role today, by role. Only ever asked while the demo runs. */
export async function demoPeople(house: House): Promise<DemoRole[]> {
  if (!house.config.demo) return []
  const found = await Promise.all(
    (await trustsHere(house)).map(({ id: trust }) =>
      read(atTheDoor(house, trust), (db) =>
        heldRoles(db, trust)
          .innerJoin('organisation.person as p', (join) =>
            join.onRef('p.trust_id', '=', 'h.trust_id').onRef('p.person_id', '=', 'h.person_id'),
          )
          .where('p.left_on', 'is', null)
          .select(['p.trust_id as trust', 'p.name', 'p.email', 'p.title'])
          .orderBy('p.person_id')
          .orderBy('h.grant_id')
          .execute(),
      ),
    ),
  )
  const today = house.clock.today()
  const standing = found.flat().filter((row) => holdsOn(row, today))
  // Once each, under their first role.
  const same = (a: DemoPerson) => (b: DemoPerson) => a.trust === b.trust && a.person === b.person
  const held = standing.filter((row, at) => standing.findIndex(same(row)) === at)
  return roles
    .map((role) => ({ role, people: held.filter((row) => row.role === role) }))
    .filter((group) => group.people.length > 0)
}
