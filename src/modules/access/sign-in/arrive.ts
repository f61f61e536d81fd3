import type { Context } from 'hono'
import type { House } from '../../../platform/house.ts'
import { addressOf } from '../../../platform/http/rate.ts'
import { safeReturn } from '../domain/safe-return.ts'
import { authOf } from './auth.ts'
import type { Visit } from './open-session.ts'
import { sessionOf } from './signed-in.ts'

export const visitOf = (house: House, c: Context): Visit => ({
  address: addressOf(c, house.config.behindProxy),
  agent: c.req.header('user-agent') ?? '',
})

/** Into the house with a new session; the one that this browser had before ends, so that none is left behind on a shared computer. */
export async function arrive(
  house: House,
  c: Context,
  cookies: readonly string[],
  to: string | undefined,
): Promise<Response> {
  const before = await sessionOf(house, c)
  if (before) await (await authOf(house).$context).internalAdapter.deleteSession(before.session.token)
  for (const cookie of cookies) c.header('set-cookie', cookie, { append: true })
  return c.redirect(safeReturn(to), 303)
}
