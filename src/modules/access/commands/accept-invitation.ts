import { enforce, NotHere } from '../../../kernel/refusal.ts'
import { read, record, write } from '../../../platform/database/door.ts'
import type { House } from '../../../platform/house.ts'
import { trustOf } from '../../organisation/index.ts'
import { canAccept, type InvitationState } from '../domain/invitation.ts'
import { canBePassword } from '../domain/password.ts'
import { atTheDoor, viewerOf } from '../queries/viewer-of.ts'
import { openAccount } from '../sign-in/accounts.ts'
import { readToken } from '../sign-in/invitation-token.ts'
import { auditIn } from './audit.ts'

export interface OpenInvitation extends InvitationState {
  readonly id: number
  readonly trust: number
  readonly trustName: string
  readonly person: number
  readonly name: string
  readonly email: string
}

/** The invitation behind a link, spent or not. @throws NotHere when there is none. */
export async function invitationBy(house: House, token: string): Promise<OpenInvitation> {
  const parts = readToken(token)
  if (!parts) throw new NotHere()
  const door = atTheDoor(house, parts.trust)
  const found = await read(door, (db) =>
    db
      .selectFrom('access.invitation as i')
      .innerJoin('organisation.person as p', (join) =>
        join.onRef('p.trust_id', '=', 'i.trust_id').onRef('p.person_id', '=', 'i.person_id'),
      )
      .where('i.trust_id', '=', parts.trust)
      .where('i.token_hash', '=', parts.hash)
      .select(['i.invitation_id as id', 'p.person_id as person', 'p.name', 'p.email'])
      .select(['i.expires_at as expires', 'i.accepted_at as accepted', 'i.withdrawn_at as withdrawn'])
      .executeTakeFirst(),
  )
  if (!found) throw new NotHere()
  return { ...found, trust: parts.trust, trustName: (await trustOf(door)).name }
}

/**
 * Sets the password of whoever was invited, once; they can then sign in with the address that comes back.
 * @throws Refusal when the invitation is spent or the password too weak. @throws NotHere when there is none.
 */
export async function acceptInvitation(
  house: House,
  token: string,
  password: string,
): Promise<{ email: string }> {
  const invitation = await invitationBy(house, token)
  const now = house.clock.now()
  enforce(canAccept(invitation, now))
  enforce(canBePassword(password, invitation))
  const viewer = await viewerOf(house, invitation.trust, invitation.person)
  // Claimed before the account is made: of two who open the same link at once, one is too late.
  await write(viewer, async (tx) => {
    const claimed = await tx
      .updateTable('access.invitation')
      .set({ accepted_at: now })
      .where('trust_id', '=', invitation.trust)
      .where('invitation_id', '=', invitation.id)
      .where('accepted_at', 'is', null)
      .where('withdrawn_at', 'is', null)
      .returning('invitation_id')
      .executeTakeFirst()
    if (!claimed) enforce(canAccept({ ...invitation, accepted: now }, now))
    await record(viewer, tx, {
      subject: 'organisation.person',
      id: viewer.person,
      deed: 'accepted invitation',
    })
    await auditIn(viewer, tx, {
      deed: 'accepted invitation',
      subject: 'organisation.person',
      id: viewer.person,
    })
  })
  try {
    const { trust, person, name, email } = invitation
    await openAccount(house, { trust, person, name, email }, password)
  } catch (error) {
    await giveBack(house, invitation)
    throw error
  }
  return { email: invitation.email }
}

const giveBack = (house: House, invitation: OpenInvitation) =>
  write(atTheDoor(house, invitation.trust), (tx) =>
    tx
      .updateTable('access.invitation')
      .set({ accepted_at: null })
      .where('trust_id', '=', invitation.trust)
      .where('invitation_id', '=', invitation.id)
      .execute(),
  )
