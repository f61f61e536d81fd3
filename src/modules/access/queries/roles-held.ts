import type { Reading } from '../../../platform/database/door.ts'
import type { GivenRole } from '../domain/grants.ts'
import type { RolePlace } from '../domain/role-places.ts'

/** A role as it stands in the record. */
export interface HeldRole extends GivenRole {
  readonly id: number
  readonly person: number
}

/** All roles ever given in the trust, as a query to narrow. */
export const heldRoles = (db: Reading, trust: number) =>
  db
    .selectFrom('access.role_grant as h')
    .where('h.trust_id', '=', trust)
    .select([
      'h.grant_id as id',
      'h.person_id as person',
      'h.role',
      'h.node',
      'h.cluster_id as cluster',
      'h.school_id as school',
      'h.department_id as department',
      'h.class_id as class',
      'h.from_day as from',
      'h.to_day as to',
    ])

export const rolesOf = (db: Reading, trust: number, person: number): Promise<HeldRole[]> =>
  heldRoles(db, trust)
    .where('h.person_id', '=', person)
    .orderBy('h.from_day', 'desc')
    .orderBy('h.grant_id', 'desc')
    .execute()

/** The schools in each cluster. */
export async function schoolsOfClusters(db: Reading, trust: number): Promise<Map<number, number[]>> {
  const rows = await db
    .selectFrom('organisation.school')
    .where('trust_id', '=', trust)
    .where('cluster_id', 'is not', null)
    .select(['school_id', 'cluster_id'])
    .execute()
  const byCluster = Map.groupBy(rows, (row) => row.cluster_id!)
  return new Map([...byCluster].map(([cluster, schools]) => [cluster, schools.map((row) => row.school_id)]))
}

export const placeOf = (held: GivenRole): RolePlace => {
  switch (held.node) {
    case 'trust':
      return { node: 'trust' }
    case 'cluster':
      return { node: 'cluster', cluster: held.cluster! }
    case 'school':
      return { node: 'school', school: held.school! }
    case 'department':
      return { node: 'department', school: held.school!, department: held.department! }
    case 'class':
      return { node: 'class', school: held.school!, class: held.class! }
  }
}

/** Schools where a person has a post or a role, today or later. */
export async function schoolsOfPerson(
  db: Reading,
  { trust, today }: { readonly trust: number; readonly today: string },
  person: number,
): Promise<number[]> {
  const posts = await db
    .selectFrom('organisation.post')
    .where('trust_id', '=', trust)
    .where('person_id', '=', person)
    .where((eb) => eb.or([eb('to_day', 'is', null), eb('to_day', '>=', today)]))
    .select('school_id')
    .execute()
  const roles = (await rolesOf(db, trust, person)).filter((held) => held.to === null || held.to >= today)
  const clusters = roles.some((held) => held.node === 'cluster')
    ? await schoolsOfClusters(db, trust)
    : new Map<number, number[]>()
  const ids = [
    ...posts.map((post) => post.school_id),
    ...roles.flatMap((held) =>
      held.node === 'cluster' ? (clusters.get(held.cluster!) ?? []) : [held.school],
    ),
  ]
  return [...new Set(ids.filter((id) => id !== null))]
}
