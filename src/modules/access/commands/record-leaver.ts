import { addDays, type Day } from '../../../kernel/days.ts'
import { enforce } from '../../../kernel/refusal.ts'
import { type Writing, write } from '../../../platform/database/door.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { recordLeaving } from '../../organisation/index.ts'
import { canLeave, mayRecordLeaving } from '../domain/can-leave.ts'
import { leaverKnown } from '../queries/leaver-known.ts'
import { accountOf } from '../sign-in/accounts.ts'
import { endSessions } from '../sign-in/signed-in.ts'
import { auditIn } from './audit.ts'

/**
 * Records the last day that someone worked here. Their roles end with it, an invitation that waits is withdrawn, and once that day is past
 * they are signed out everywhere.
 * @throws Refusal when this viewer may not. @throws NotHere when there is no such person.
 */
export async function recordLeaver(viewer: Viewer, person: number, last: Day): Promise<void> {
  await write(viewer, (tx) => leaveIn(viewer, tx, person, last))
  await endIfPast(viewer, person, last)
}

/** The same in the caller's transaction, who calls `endIfPast` when it is done. */
export async function leaveIn(viewer: Viewer, tx: Writing, person: number, last: Day): Promise<void> {
  const known = await leaverKnown(viewer, tx, person)
  enforce(canLeave(viewer, person, last, known))
  await recordLeaving(viewer, tx, person, last)
  await endAll(viewer, tx, person, last)
  await auditIn(viewer, tx, {
    deed: 'recorded leaving',
    subject: 'organisation.person',
    id: person,
    school: onlySchool(known.schools),
    detail: { last },
  })
}

/** Ends every session of someone whose last day is past. */
export async function endIfPast(viewer: Viewer, person: number, last: Day): Promise<void> {
  if (last >= viewer.today) return
  const account = await accountOf(viewer.house, viewer.trust, person)
  if (account) await endSessions(viewer.house, account.id)
}

/** Takes a leaving back. Roles that ended with it are given again by hand. @throws Refusal, NotHere */
export const takeLeavingBack = (viewer: Viewer, person: number): Promise<void> =>
  write(viewer, async (tx) => {
    const known = await leaverKnown(viewer, tx, person)
    enforce(mayRecordLeaving(viewer, person, known))
    await recordLeaving(viewer, tx, person, null)
    await auditIn(viewer, tx, {
      deed: 'took leaving back',
      subject: 'organisation.person',
      id: person,
      school: onlySchool(known.schools),
    })
  })

/** The school whose trail the line belongs to: that of someone who works at one only. */
const onlySchool = (schools: readonly number[]) => (schools.length === 1 ? schools[0]! : null)

/** Roles end with that day, or yesterday when it is past; none is rewritten backwards. */
async function endAll(viewer: Viewer, tx: Writing, person: number, last: Day): Promise<void> {
  const yesterday = addDays(viewer.today, -1)
  const end = last < yesterday ? yesterday : last
  await tx
    .updateTable('access.role_grant')
    .set({ to_day: end, ended_by: viewer.person || null, ended_at: viewer.house.clock.now() })
    .where('trust_id', '=', viewer.trust)
    .where('person_id', '=', person)
    .where((eb) => eb.or([eb('to_day', 'is', null), eb('to_day', '>', end)]))
    .execute()
  await tx
    .updateTable('access.invitation')
    .set({ withdrawn_at: viewer.house.clock.now() })
    .where('trust_id', '=', viewer.trust)
    .where('person_id', '=', person)
    .where('accepted_at', 'is', null)
    .where('withdrawn_at', 'is', null)
    .execute()
}
