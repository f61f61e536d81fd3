import type { Context, MiddlewareHandler } from 'hono'
import { NotHere } from '../../../kernel/refusal.ts'
import type { House } from '../../../platform/house.ts'
import type { Env } from '../../../platform/http/env.ts'
import { viewerOf } from '../queries/viewer-of.ts'
import { authOf } from './auth.ts'

/** The session that a request brings, if it holds; a session that is used is kept alive. */
export async function sessionOf(house: House, c: Context) {
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
    // Someone whose roles have all ended may still see why they see nothing, and sign out.
    const nothingToSee = c.get('viewer').grants.length === 0 && !/^\/(account|people\/roles)/.test(c.req.path)
    return nothingToSee ? c.redirect('/account', 303) : await next()
  }

const signInAddress = (c: Context): string => {
  const { pathname, search } = new URL(c.req.url)
  const back = c.req.method === 'GET' && pathname !== '/' ? pathname + search : ''
  return back ? `/sign-in?to=${encodeURIComponent(back)}` : '/sign-in'
}

/** Ends every session of one account. */
export const endSessions = async (house: House, account: string): Promise<void> =>
  (await authOf(house).$context).internalAdapter.deleteUserSessions(account)
