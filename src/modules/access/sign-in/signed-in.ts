import type { Context, MiddlewareHandler } from 'hono'
import { NotHere } from '../../../kernel/refusal.ts'
import { signInMark } from '../../../platform/database/kept.ts'
import type { Database } from '../../../platform/database/open.ts'
import type { House } from '../../../platform/house.ts'
import type { Env } from '../../../platform/http/env.ts'
import { viewerOf } from '../queries/viewer-of.ts'
import { authOf } from './auth.ts'
import { mustTakeTwo } from './rules.ts'

const minute = 60_000
const most = 2000

type Session = Awaited<ReturnType<typeof askedFor>>

interface Kept {
  mark: number
  readonly byCookie: Map<string, { readonly session: Session; readonly until: number }>
}

const kept = new WeakMap<Database, Kept>()

/**
 * The session that a request brings, if it holds; a session that is used is kept alive. What was found is good for a minute
 * while no account and no session changes: a sign-out or a leaver's end counts from the next request on.
 */
export async function sessionOf(house: House, c: Context): Promise<Session> {
  const cookie = c.req.header('cookie')
  const mark = signInMark(house.database)
  if (mark === undefined || !cookie) return await askedFor(house, c)
  const known = kept.get(house.database) ?? { mark, byCookie: new Map() }
  kept.set(house.database, known)
  if (known.mark !== mark || known.byCookie.size > most) {
    known.mark = mark
    known.byCookie.clear()
  }
  const before = known.byCookie.get(cookie)
  if (before && Date.now() < before.until) return before.session
  const session = await askedFor(house, c)
  if (session && known.mark === mark)
    known.byCookie.set(cookie, {
      session,
      until: Math.min(Date.now() + minute, new Date(session.session.expiresAt).getTime()),
    })
  return session
}

async function askedFor(house: House, c: Context) {
  const { headers, response } = await authOf(house).api.getSession({
    headers: c.req.raw.headers,
    returnHeaders: true,
  })
  for (const cookie of headers.getSetCookie()) c.header('set-cookie', cookie, { append: true })
  return response
}

/** Puts the viewer into the context, or sends the visitor to sign in and then back here. */
export const signedIn =
  (house: House): MiddlewareHandler<Env> =>
  async (c, next) => {
    if (c.get('viewer')) return await next()
    const found = await sessionOf(house, c)
    if (!found) return c.redirect(signInAddress(c), 303)
    try {
      c.set('viewer', await viewerOf(house, found.user.trust, found.user.person))
    } catch (error) {
      if (!(error instanceof NotHere)) throw error
      await endSessions(house, found.user.id)
      return c.redirect('/sign-in', 303)
    }
    if (found.session.steps !== 'two' && !mayGoOn.test(c.req.path) && (await mustTakeTwo(c.get('viewer'))))
      return c.redirect('/account/ways?needed=yes', 303)
    // Someone whose roles have all ended may still see why they see nothing, and sign out.
    const nothingToSee = c.get('viewer').grants.length === 0 && !/^\/(account|people\/roles)/.test(c.req.path)
    return nothingToSee ? c.redirect('/account', 303) : await next()
  }

/** Where somebody goes whose role asks for two steps and who has shown one: to set up the other. */
const mayGoOn = /^\/account\/(ways|authenticator|recovery-codes|passkeys)(\/|$)/

const signInAddress = (c: Context): string => {
  const { pathname, search } = new URL(c.req.url)
  const back = c.req.method === 'GET' && pathname !== '/' ? pathname + search : ''
  return back ? `/sign-in?to=${encodeURIComponent(back)}` : '/sign-in'
}

/** Ends every session of one account. */
export const endSessions = async (house: House, account: string): Promise<void> =>
  (await authOf(house).$context).internalAdapter.deleteUserSessions(account)
