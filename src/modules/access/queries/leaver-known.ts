import type { Reading } from '../../../platform/database/door.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { managesTrust } from '../domain/can-give.ts'
import type { LeaverKnown } from '../domain/can-leave.ts'
import { holdsOn } from '../domain/grants.ts'
import { heldRoles, placeOf, rolesOf, schoolsOfPerson } from './roles-held.ts'

/** What decides whether somebody's leaving may be recorded. */
export async function leaverKnown(viewer: Viewer, db: Reading, person: number): Promise<LeaverKnown> {
  const found = await db
    .selectFrom('organisation.person')
    .where('trust_id', '=', viewer.trust)
    .where('person_id', '=', person)
    .select('left_on')
    .executeTakeFirst()
  const roles = (await rolesOf(db, viewer.trust, person)).filter(
    ({ to }) => to === null || to >= viewer.today,
  )
  const others = await heldRoles(db, viewer.trust)
    .innerJoin('organisation.person as p', (join) =>
      join.onRef('p.trust_id', '=', 'h.trust_id').onRef('p.person_id', '=', 'h.person_id'),
    )
    .where('h.person_id', '<>', person)
    .where('h.node', '=', 'trust')
    .where('p.left_on', 'is', null)
    .execute()
  const manages = (held: (typeof roles)[number]) => managesTrust(held) && holdsOn(held, viewer.today)
  return {
    schools: await schoolsOfPerson(db, viewer, person),
    places: roles.map(placeOf),
    leftOn: found?.left_on ?? null,
    lastManager: roles.some(manages) && !others.some((held) => manages(held)),
  }
}
