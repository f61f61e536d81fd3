import type { House } from '../../../platform/house.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { longestPassword } from '../domain/password.ts'
import { type Account, accountByEmail } from './accounts.ts'
import { beginAttempt, succeed } from './attempts.ts'
import { authOf } from './auth.ts'
import { openSession, type Visit } from './open-session.ts'
import { secondStepsOf } from './second-step.ts'

export type SignedIn =
  | { readonly ok: true; readonly viewer: Viewer; readonly cookies: readonly string[] }
  /** `half`: the password was right, and a second step is to come. */
  | { readonly ok: false; readonly because: string; readonly wait: boolean; readonly half?: Account }

const wrong = 'The e-mail address or the password is not right.'

/** Signs in by password. The answer is the same for an unknown address, a wrong password and a person who has left. */
export async function signIn(
  house: House,
  who: { email: string; password: string },
  visit: Visit,
): Promise<SignedIn> {
  const email = who.email.trim().toLowerCase()
  const begun = await beginAttempt(house, { kind: 'sign-in', email, address: visit.address })
  if (!begun.ok) return { ok: false, because: begun.because, wait: true }
  const account = await accountByPassword(house, email, who.password)
  if (!account) return { ok: false, because: wrong, wait: false }
  if ((await secondStepsOf(house, account.id)).any) {
    await succeed(house, begun.attempt!)
    return { ok: false, because: 'The second step is to come.', wait: false, half: account }
  }
  const entered = await openSession(house, account, { way: 'password', steps: 'one' }, visit)
  if (!entered) return { ok: false, because: wrong, wait: false }
  await succeed(house, begun.attempt!)
  return { ok: true, ...entered }
}

/** As much work for an address that nobody has as for one that somebody has: time must not tell them apart. */
async function accountByPassword(
  house: House,
  email: string,
  password: string,
): Promise<Account | undefined> {
  const context = await authOf(house).$context
  const account = await accountByEmail(house, email)
  const credential = account && (await context.internalAdapter.findCredentialAccount(account.id))
  if (!credential?.password || password.length > longestPassword) {
    await context.password.hash(password.slice(0, longestPassword))
    return undefined
  }
  return (await context.password.verify({ hash: credential.password, password })) ? account : undefined
}
