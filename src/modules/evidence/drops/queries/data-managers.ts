import { type Reading, read } from '../../../../platform/database/door.ts'
import type { Viewer } from '../../../../platform/viewer.ts'

/** Someone who can be asked for a school's data. */
export interface Correspondent {
  readonly school: number
  readonly person: number
  readonly name: string
  readonly email: string
  readonly title: string
}

/** Who sends a school's results today, by their grants: data managers first, then headteachers. */
export const dataManagers = (viewer: Viewer): Promise<Correspondent[]> =>
  read(viewer, (db) => dataManagersIn(db, viewer))

export async function dataManagersIn(db: Reading, viewer: Viewer): Promise<Correspondent[]> {
  const rows = await db
    .selectFrom('access.role_grant as g')
    .innerJoin('organisation.person as p', (on) =>
      on.onRef('p.trust_id', '=', 'g.trust_id').onRef('p.person_id', '=', 'g.person_id'),
    )
    .where('g.trust_id', '=', viewer.trust)
    .where('g.node', '=', 'school')
    .where('g.role', 'in', ['data-manager', 'headteacher'])
    .where('g.from_day', '<=', viewer.today)
    .where((is) => is.or([is('g.to_day', 'is', null), is('g.to_day', '>=', viewer.today)]))
    .where((is) => is.or([is('p.left_on', 'is', null), is('p.left_on', '>', viewer.today)]))
    .select(['g.school_id', 'g.role', 'p.person_id', 'p.name', 'p.email', 'p.title'])
    .orderBy('g.role')
    .orderBy('g.grant_id')
    .execute()
  return rows
    .filter((row) => row.school_id !== null)
    .map((row) => ({
      school: row.school_id!,
      person: row.person_id,
      name: row.name,
      email: row.email,
      title: row.title,
    }))
}
