import { type ExpressionBuilder, sql } from 'kysely'
import type { Day } from '../../../kernel/days.ts'
import { NotHere } from '../../../kernel/refusal.ts'
import { keptWhileSame } from '../../../platform/database/changes.ts'
import { type Reading, read } from '../../../platform/database/door.ts'
import type { Tables } from '../../../platform/database/tables.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import type { Phase } from '../tables.ts'

export interface School {
  readonly id: number
  readonly urn: string
  readonly laestab: string | null
  readonly slug: string
  readonly name: string
  readonly shortName: string
  /** A code by which the trust's or the school's own files name it. */
  readonly localCode: string | null
  readonly phase: Phase
  readonly admits: 'mixed' | 'girls' | 'boys'
  readonly lowAge: number | null
  readonly highAge: number | null
  readonly cluster: number | null
  readonly clusterName: string | null
  readonly motto: string | null
  /** First day in the trust, where somebody has said it. */
  readonly joined: Day | null
  /** Last day in the trust. */
  readonly left: Day | null
}

/** Of the memberships `m` of a school the last to begin: a school may leave a trust and come back. */
export const latestMembership = sql<boolean>`not exists (select from organisation.membership later
  where later.trust_id = m.trust_id and later.school_id = m.school_id and later.from_day > m.from_day)`

type Finding = ExpressionBuilder<Tables, 'organisation.school'>

const inOrder = ['primary', 'all-through', 'secondary', 'special']

const select = (db: Reading, where: (find: Finding) => ReturnType<Finding>) =>
  db
    .selectFrom('organisation.school')
    .leftJoin('organisation.cluster', (join) =>
      join
        .onRef('organisation.cluster.trust_id', '=', 'organisation.school.trust_id')
        .onRef('organisation.cluster.cluster_id', '=', 'organisation.school.cluster_id'),
    )
    .leftJoin('organisation.membership as m', (join) =>
      join
        .onRef('m.trust_id', '=', 'organisation.school.trust_id')
        .onRef('m.school_id', '=', 'organisation.school.school_id')
        .on(latestMembership),
    )
    .select([
      'organisation.school.school_id as id',
      'urn',
      'laestab',
      'slug',
      'organisation.school.name as name',
      'short_name as shortName',
      'local_code as localCode',
      'phase',
      'admits',
      'low_age as lowAge',
      'high_age as highAge',
      'organisation.school.cluster_id as cluster',
      'organisation.cluster.name as clusterName',
      'motto',
      'm.to_day as left',
    ])
    .select((find) =>
      find
        .case()
        .when('m.joining_known', '=', true)
        .then(find.ref('m.from_day'))
        .else(null)
        .end()
        .as('joined'),
    )
    .where(where as never)

/** Every school of the trust: primaries first, then by name. Anyone in the trust may know that a school exists. */
export const schools = (viewer: Viewer): Promise<School[]> =>
  keptWhileSame(viewer, 'schools', ['organisation'], async () => {
    const found: School[] = await read(viewer, (db) =>
      select(db, (find) => find('organisation.school.trust_id', '=', viewer.trust)).execute(),
    )
    return found.sort(
      (a, b) => inOrder.indexOf(a.phase) - inOrder.indexOf(b.phase) || a.name.localeCompare(b.name, 'en'),
    )
  })

const one = async (viewer: Viewer, where: (find: Finding) => ReturnType<Finding>): Promise<School> => {
  const school = await read(viewer, (db) => select(db, where).executeTakeFirst())
  if (!school) throw new NotHere('There is no such school in this trust.')
  return school
}

/** @throws NotHere */
export const schoolBySlug = (viewer: Viewer, slug: string): Promise<School> =>
  one(viewer, (find) => find('slug', '=', slug))

/** @throws NotHere */
export const schoolById = (viewer: Viewer, id: number): Promise<School> =>
  one(viewer, (find) => find('organisation.school.school_id', '=', id))

/** By its URN, or by one it had before it converted. @throws NotHere */
export async function schoolByUrn(viewer: Viewer, urn: string): Promise<School> {
  const earlier = await read(viewer, (db) =>
    db
      .selectFrom('organisation.school_predecessor')
      .select('school_id')
      .where('urn', '=', urn)
      .executeTakeFirst(),
  )
  return one(viewer, (find) =>
    earlier ? find('organisation.school.school_id', '=', earlier.school_id) : find('urn', '=', urn),
  )
}

/** URNs that the trust’s schools had before they converted. */
export const predecessors = (
  viewer: Viewer,
): Promise<{ school: number; urn: string; laestab: string | null; until: string | null }[]> =>
  read(viewer, (db) =>
    db
      .selectFrom('organisation.school_predecessor')
      .select(['school_id as school', 'urn', 'laestab', 'until_day as until'])
      .where('trust_id', '=', viewer.trust)
      .orderBy('urn')
      .execute(),
  )

export interface Cluster {
  readonly id: number
  readonly name: string
}

export const clusters = (viewer: Viewer): Promise<Cluster[]> =>
  read(viewer, (db) =>
    db.selectFrom('organisation.cluster').select(['cluster_id as id', 'name']).orderBy('name').execute(),
  )
