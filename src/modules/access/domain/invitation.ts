import { allowed, refused, type Verdict } from '../../../kernel/refusal.ts'

export const invitationDays = 14

export interface InvitationState {
  readonly expires: Date
  readonly accepted: Date | null
  readonly withdrawn: Date | null
}

/** Can it still be used to set a password? */
export function canAccept(invitation: InvitationState, now: Date): Verdict {
  if (invitation.accepted)
    return refused('This invitation has been used. Sign in with the password you set, or ask for a new one.')
  if (invitation.withdrawn)
    return refused('This invitation was replaced by a newer one, or withdrawn. Look for a later e-mail.')
  if (invitation.expires <= now)
    return refused(
      `This invitation has run out: it held for ${invitationDays} days. Ask whoever invited you to send it again.`,
    )
  return allowed
}
