import { addDays, type Day } from '../../../kernel/days.ts'
import { enforce, NotHere } from '../../../kernel/refusal.ts'
import { record, type Writing, write } from '../../../platform/database/door.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { canEnd, managesTrust } from '../domain/can-give.ts'
import { holdsOn } from '../domain/grants.ts'
import { type HeldRole, heldRoles, placeOf, schoolsOfClusters } from '../queries/roles-held.ts'
import { auditIn } from './audit.ts'

/**
 * Ends a role, with `last` as its last day; yesterday ends it at once.
 * @throws Refusal when this viewer may not end it. @throws NotHere when there is no such role.
 */
export const endRole = (viewer: Viewer, grant: number, last: Day): Promise<void> =>
  write(viewer, async (tx) => {
    const held = await heldRoles(tx, viewer.trust).where('h.grant_id', '=', grant).executeTakeFirst()
    if (!held) throw new NotHere()
    const clusters = held.node === 'cluster' ? await schoolsOfClusters(tx, viewer.trust) : undefined
    enforce(
      canEnd(viewer, { ...held, place: placeOf(held) }, last, {
        schoolsOfCluster: clusters?.get(held.cluster!) ?? [],
        trustManagersLeft: await trustManagersAfter(viewer, tx, held, addDays(last, 1)),
      }),
    )
    await tx
      .updateTable('access.role_grant')
      .set({ to_day: last, ended_by: viewer.person || null, ended_at: viewer.house.clock.now() })
      .where('trust_id', '=', viewer.trust)
      .where('grant_id', '=', grant)
      .execute()
    const detail = { grant, role: held.role, place: { ...placeOf(held) }, last }
    await record(viewer, tx, {
      subject: 'access.role_grant',
      id: grant,
      deed: 'ended',
      school: held.school,
      detail,
    })
    await auditIn(viewer, tx, {
      deed: 'ended role',
      subject: 'organisation.person',
      id: held.person,
      school: held.school,
      detail,
    })
  })

/** How many grants other than this one let someone manage people of the whole trust on that day. */
async function trustManagersAfter(
  { trust }: Viewer,
  tx: Writing,
  ending: HeldRole,
  day: Day,
): Promise<number> {
  const grants = await heldRoles(tx, trust)
    .innerJoin('organisation.person as p', (join) =>
      join.onRef('p.trust_id', '=', 'h.trust_id').onRef('p.person_id', '=', 'h.person_id'),
    )
    .where('h.node', '=', 'trust')
    .where((eb) => eb.or([eb('p.left_on', 'is', null), eb('p.left_on', '>=', day)]))
    .execute()
  return grants.filter((held) => held.id !== ending.id && managesTrust(held) && holdsOn(held, day)).length
}
