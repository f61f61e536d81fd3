import { addDays, type Day } from '../../../kernel/days.ts'
import { enforce, refused } from '../../../kernel/refusal.ts'
import { may } from '../../../kernel/viewer.ts'
import type { Reading, Writing } from '../../../platform/database/door.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { auditIn } from './audit.ts'

export interface RoleAtSchool {
  readonly grant: number
  readonly person: number
  readonly name: string
  readonly role: string
  readonly node: string
}

/** Roles held at a school, its departments and classes, that go on after a day. */
export const rolesGoingOn = (
  db: Reading,
  viewer: Viewer,
  school: number,
  last: Day,
): Promise<RoleAtSchool[]> =>
  db
    .selectFrom('access.role_grant as g')
    .innerJoin('organisation.person as p', (join) =>
      join.onRef('p.trust_id', '=', 'g.trust_id').onRef('p.person_id', '=', 'g.person_id'),
    )
    .select(['g.grant_id as grant', 'g.person_id as person', 'p.name', 'g.role', 'g.node'])
    .where('g.trust_id', '=', viewer.trust)
    .where('g.school_id', '=', school)
    .where((is) => is.or([is('g.to_day', 'is', null), is('g.to_day', '>', last)]))
    .orderBy('p.name')
    .orderBy('g.grant_id')
    .execute()

/**
 * Ends every role at a school with a day, in the caller’s transaction: the school has left the trust, or is merged. A role whose last
 * day is past ends at once. @throws Refusal for whoever does not manage the people of the whole trust.
 */
export async function endRolesAt(
  viewer: Viewer,
  tx: Writing,
  school: number,
  last: Day,
): Promise<RoleAtSchool[]> {
  enforce(may(viewer, 'manage people') ? { ok: true } : refused('You can’t end the roles at a school.'))
  const yesterday = addDays(viewer.today, -1)
  const end = last < yesterday ? yesterday : last
  const roles = await rolesGoingOn(tx, viewer, school, end)
  if (roles.length === 0) return []
  await tx
    .updateTable('access.role_grant')
    .set({ to_day: end, ended_by: viewer.person || null, ended_at: viewer.house.clock.now() })
    .where('trust_id', '=', viewer.trust)
    .where(
      'grant_id',
      'in',
      roles.map(({ grant }) => grant),
    )
    .execute()
  for (const { grant, person, role, node } of roles)
    await auditIn(viewer, tx, {
      deed: 'ended role',
      subject: 'organisation.person',
      id: person,
      school,
      detail: { grant, role, place: { node, school }, last: end },
    })
  return roles
}
