import { isAPIError } from 'better-auth/api'
import { enforce, NotHere, Refusal, type Verdict } from '../../../kernel/refusal.ts'
import type { House } from '../../../platform/house.ts'
import { audit } from '../commands/audit.ts'
import { canBePassword } from '../domain/password.ts'
import { viewerOf } from '../queries/viewer-of.ts'
import { type Account, accountByEmail } from './accounts.ts'
import { beginAttempt, forgiveAttempts } from './attempts.ts'
import { authOf } from './auth.ts'
import type { Visit } from './open-session.ts'

const notAnAddress = 'Enter an e-mail address, such as name@school.example.'

/** Sends a link by which to set a new password, if the address has an account. Nobody can tell from outside whether it has. */
export async function askReset(house: House, email: string, visit: Visit): Promise<Verdict> {
  const to = email.trim().toLowerCase()
  if (!/^[^\s@]+@[^\s@]+$/.test(to)) return { ok: false, because: notAnAddress }
  const begun = await beginAttempt(house, { kind: 'reset', email: to, address: visit.address })
  if (!begun.ok) return begun
  // Not waited for: the time of an answer would tell a known address from an unknown one.
  void sendReset(house, to).catch((error) => isAPIError(error) || house.log.error('reset not begun', error))
  return { ok: true }
}

async function sendReset(house: House, email: string): Promise<void> {
  const account = await accountByEmail(house, email)
  if (account && (await isHere(house, account)))
    await authOf(house).api.requestPasswordReset({ body: { email } })
}

const isHere = (house: House, { trust, person }: Account): Promise<boolean> =>
  viewerOf(house, trust, person).then(
    () => true,
    (error) => {
      if (error instanceof NotHere) return false
      throw error
    },
  )

const spent = 'This link has been used or has run out: it holds for one hour. Ask for a new one.'

/** Does the link of a reset mail still hold, and whose is it? */
export async function resetHolder(
  house: House,
  token: string,
): Promise<{ name: string; email: string } | undefined> {
  const { internalAdapter } = await authOf(house).$context
  const found = await internalAdapter.findVerificationValue(`reset-password:${token}`)
  if (!found || found.expiresAt < new Date()) return undefined
  const user = await internalAdapter.findUserById(found.value)
  const account = user && (await accountByEmail(house, user.email))
  return account && (await isHere(house, account)) ? { name: user.name, email: user.email } : undefined
}

/**
 * Sets a new password by a reset link, once, and ends every session of the account.
 * @throws Refusal when the link is spent or the password too weak.
 */
export async function setByReset(house: House, token: string, password: string, address = ''): Promise<void> {
  const holder = await resetHolder(house, token)
  if (!holder) throw new Refusal(spent)
  enforce(canBePassword(password, holder))
  try {
    await authOf(house).api.resetPassword({ body: { token, newPassword: password } })
  } catch (error) {
    if (isAPIError(error) && error.statusCode < 500) throw new Refusal(spent)
    throw error
  }
  await forgiveAttempts(house, holder.email, address)
  await tell(house, holder.email)
}

async function tell(house: House, email: string) {
  const account = await accountByEmail(house, email)
  if (!account) return
  const viewer = await viewerOf(house, account.trust, account.person)
  await audit(viewer, {
    deed: 'set a new password by mail',
    subject: 'organisation.person',
    id: account.person,
  })
}
