import { NotHere } from '../../../kernel/refusal.ts'
import type { House } from '../../../platform/house.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { audit } from '../commands/audit.ts'
import { viewerOf } from '../queries/viewer-of.ts'
import type { Account } from './accounts.ts'
import { addressHeader, authOf } from './auth.ts'
import { endSessions } from './signed-in.ts'

/** Where a visitor comes from and with what. */
export interface Visit {
  readonly address: string
  readonly agent: string
}

/** How somebody showed who they are. */
export interface Shown {
  readonly way: 'password' | 'microsoft' | 'google' | 'passkey' | 'demo'
  readonly steps: 'one' | 'two'
}

export interface Entered {
  readonly viewer: Viewer
  readonly cookies: readonly string[]
}

const visitHeaders = (visit: Visit) =>
  new Headers({ 'user-agent': visit.agent, [addressHeader]: visit.address })

/**
 * Opens a new session for an account, for whoever has shown that it is theirs; nobody when they have left, whose sessions then end.
 * The session is always a new one: a cookie that somebody else put into the browser is worth nothing.
 */
export async function openSession(
  house: House,
  account: Account,
  shown: Shown,
  visit: Visit,
): Promise<Entered | undefined> {
  try {
    const viewer = await viewerOf(house, account.trust, account.person)
    const { headers } = await authOf(house).api.signInKnown({
      body: { account: account.id, ...shown },
      headers: visitHeaders(visit),
      returnHeaders: true,
    })
    await audit(viewer, {
      deed: 'signed in',
      subject: 'organisation.person',
      id: account.person,
      detail: { ...shown },
    })
    return { viewer, cookies: headers.getSetCookie() }
  } catch (error) {
    if (!(error instanceof NotHere)) throw error
    await endSessions(house, account.id)
    return undefined
  }
}
