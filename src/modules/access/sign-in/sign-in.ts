import { isAPIError } from 'better-auth/api'
import { NotHere } from '../../../kernel/refusal.ts'
import type { House } from '../../../platform/house.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { audit } from '../commands/audit.ts'
import { viewerOf } from '../queries/viewer-of.ts'
import { accountByEmail } from './accounts.ts'
import { beginAttempt, succeed } from './attempts.ts'
import { addressHeader, authOf } from './auth.ts'
import { endSessions } from './signed-in.ts'

/** Where a visitor comes from and with what. */
export interface Visit {
  readonly address: string
  readonly agent: string
}

export type SignedIn =
  | { readonly ok: true; readonly viewer: Viewer; readonly cookies: readonly string[] }
  | { readonly ok: false; readonly because: string; readonly wait: boolean }

const wrong = 'The e-mail address or the password is not right.'

export const visitHeaders = (visit: Visit) =>
  new Headers({ 'user-agent': visit.agent, [addressHeader]: visit.address })

/** Signs in by password. The answer is the same for an unknown address, a wrong password and a person who has left. */
export async function signIn(
  house: House,
  who: { email: string; password: string },
  visit: Visit,
): Promise<SignedIn> {
  const email = who.email.trim().toLowerCase()
  const begun = await beginAttempt(house, { kind: 'sign-in', email, address: visit.address })
  if (!begun.ok) return { ok: false, because: begun.because, wait: true }
  const cookies = await passwordCookies(house, { email, password: who.password }, visit)
  if (!cookies) return { ok: false, because: wrong, wait: false }
  const entered = await enter(house, email, 'signed in')
  if (!entered) return { ok: false, because: wrong, wait: false }
  await succeed(house, begun.attempt!)
  return { ok: true, viewer: entered, cookies }
}

async function passwordCookies(house: House, body: { email: string; password: string }, visit: Visit) {
  try {
    const { headers } = await authOf(house).api.signInEmail({
      body,
      headers: visitHeaders(visit),
      returnHeaders: true,
    })
    return headers.getSetCookie()
  } catch (error) {
    if (isAPIError(error) && error.statusCode < 500) return undefined
    throw error
  }
}

/** The person behind an account whose session has just begun, or nobody when they have left. */
export async function enter(house: House, email: string, deed: string): Promise<Viewer | undefined> {
  const account = await accountByEmail(house, email)
  if (!account) return undefined
  try {
    const viewer = await viewerOf(house, account.trust, account.person)
    await audit(viewer, { deed, subject: 'organisation.person', id: account.person })
    return viewer
  } catch (error) {
    if (!(error instanceof NotHere)) throw error
    await endSessions(house, account.id)
    return undefined
  }
}
