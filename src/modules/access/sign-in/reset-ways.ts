import { enforce, NotHere, Refusal, refused, type Verdict } from '../../../kernel/refusal.ts'
import { read, record, write } from '../../../platform/database/door.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { person as personById } from '../../organisation/index.ts'
import { auditIn } from '../commands/audit.ts'
import { mayRecordLeaving } from '../domain/can-leave.ts'
import { leaverKnown } from '../queries/leaver-known.ts'
import { accountOf } from './accounts.ts'
import { endAllWays } from './own-ways.ts'
import { tellHolder } from './tell-holder.ts'

/**
 * May this viewer reset how the person signs in? As with leaving: whoever manages the trust's people may for anyone but themselves; a headteacher
 * for those who work in the own school only. @throws NotHere when there is no such person.
 */
export async function mayReset(viewer: Viewer, person: number): Promise<Verdict> {
  if (person === viewer.person)
    return refused(
      'Change how you sign in yourself under “Your account”, or ask someone else who manages people.',
    )
  await personById(viewer, person)
  const may = mayRecordLeaving(viewer, person, await read(viewer, (db) => leaverKnown(viewer, db, person)))
  return may.ok ? may : refused('You can’t reset how this person signs in: ask the trust’s data lead.')
}

/**
 * Removes the person's authenticator app, recovery codes, passkeys and joined accounts, and signs them out everywhere. Their password stays, and
 * they are told by e-mail by whom and why.
 * @throws Refusal when this viewer may not, or gives no reason.
 */
export async function resetWays(viewer: Viewer, person: number, reason: string): Promise<void> {
  enforce(await mayReset(viewer, person))
  const why = reason.trim().slice(0, 500)
  if (why.length < 5)
    throw new Refusal('Say why, in a few words: it stays in the audit trail, and they are told.')
  const account = await accountOf(viewer.house, viewer.trust, person)
  if (!account) throw new NotHere()
  await write(viewer, async (tx) => {
    const known = await leaverKnown(viewer, tx, person)
    const deed = 'reset how to sign in'
    const school = known.schools.length === 1 ? known.schools[0]! : null
    await record(viewer, tx, { subject: 'organisation.person', id: person, deed, school, detail: { why } })
    await auditIn(viewer, tx, { deed, subject: 'organisation.person', id: person, school, detail: { why } })
  })
  await endAllWays(viewer.house, account)
  await tellHolder(
    viewer.house,
    account,
    `${viewer.name} has reset how you sign in. Your second step, recovery codes, passkeys and joined accounts are removed; your password is as it was. The reason given: ${why}`,
  )
}
