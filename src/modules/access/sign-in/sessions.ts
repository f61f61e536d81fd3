import { isAPIError } from 'better-auth/api'
import type { Context } from 'hono'
import { enforce, NotHere, Refusal } from '../../../kernel/refusal.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { audit } from '../commands/audit.ts'
import { browserName } from '../domain/browser-name.ts'
import { canBePassword } from '../domain/password.ts'
import { type Account, accountOf } from './accounts.ts'
import { beginAttempt, succeed } from './attempts.ts'
import { authOf } from './auth.ts'
import { sessionOf } from './signed-in.ts'

export interface OpenSession {
  readonly id: string
  readonly browser: string
  readonly address: string
  /** By the clock of the house. */
  readonly since: Date
  readonly lastUsed: Date
  /** The one that asks. */
  readonly here: boolean
}

const ownAccount = async (viewer: Viewer): Promise<Account> => {
  const account = await accountOf(viewer.house, viewer.trust, viewer.person)
  if (!account) throw new NotHere()
  return account
}

const sessionsOf = async (viewer: Viewer, account: Account) =>
  (await authOf(viewer.house).$context).internalAdapter.listSessions(account.id, { onlyActiveSessions: true })

/** Where the viewer is signed in, last used first. */
export async function openSessions(viewer: Viewer, c: Context): Promise<OpenSession[]> {
  const here = await sessionOf(viewer.house, c)
  const found = await sessionsOf(viewer, await ownAccount(viewer))
  // Sessions run on the machine's own time; the demo's clock stands on another day.
  const apart = viewer.house.clock.now().getTime() - Date.now()
  const shown = (at: Date) => new Date(new Date(at).getTime() + apart)
  return found
    .map((session) => ({
      id: session.id,
      browser: browserName(session.userAgent),
      address: session.ipAddress ?? '',
      since: shown(session.createdAt),
      lastUsed: shown(session.updatedAt),
      here: session.id === here?.session.id,
    }))
    .sort((a, b) => b.lastUsed.getTime() - a.lastUsed.getTime())
}

/** Ends one of the viewer's own sessions. @throws NotHere when it is not theirs. */
export async function revokeSession(viewer: Viewer, id: string): Promise<void> {
  const found = (await sessionsOf(viewer, await ownAccount(viewer))).find((session) => session.id === id)
  if (!found) throw new NotHere()
  await (await authOf(viewer.house).$context).internalAdapter.deleteSession(found.token)
  await audit(viewer, { deed: 'ended a session', subject: 'organisation.person', id: viewer.person })
}

/** Ends every session of the viewer but the one that asks; the answer is how many. */
export async function revokeOtherSessions(viewer: Viewer, c: Context): Promise<number> {
  const here = await sessionOf(viewer.house, c)
  const others = (await sessionsOf(viewer, await ownAccount(viewer))).filter(
    (session) => session.id !== here?.session.id,
  )
  const { internalAdapter } = await authOf(viewer.house).$context
  await internalAdapter.deleteSessions(others.map((session) => session.token))
  await audit(viewer, { deed: 'ended other sessions', subject: 'organisation.person', id: viewer.person })
  return others.length
}

/** A demo person has no password to change. */
export async function hasPassword(viewer: Viewer): Promise<boolean> {
  const account = await ownAccount(viewer)
  return !!(await (await authOf(viewer.house).$context).internalAdapter.findCredentialAccount(account.id))
}

/**
 * Changes the viewer's password and ends every other session; the answer is the cookies of the one that goes on.
 * @throws Refusal when the present password is wrong or the new one too weak.
 */
export async function changePassword(
  viewer: Viewer,
  c: Context,
  words: { present: string; next: string; address: string },
): Promise<readonly string[]> {
  const { house } = viewer
  const account = await ownAccount(viewer)
  enforce(canBePassword(words.next, account))
  const begun = await beginAttempt(house, { kind: 'sign-in', email: account.email, address: words.address })
  if (!begun.ok) throw new Refusal(begun.because)
  try {
    const { headers } = await authOf(house).api.changePassword({
      body: { currentPassword: words.present, newPassword: words.next, revokeOtherSessions: true },
      headers: c.req.raw.headers,
      returnHeaders: true,
    })
    await succeed(house, begun.attempt!)
    await audit(viewer, { deed: 'changed password', subject: 'organisation.person', id: viewer.person })
    return headers.getSetCookie()
  } catch (error) {
    if (isAPIError(error) && error.statusCode < 500) throw new Refusal('The present password is not right.')
    throw error
  }
}
