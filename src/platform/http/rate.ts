import { createHash } from 'node:crypto'
import { getConnInfo } from '@hono/node-server/conninfo'
import type { Context, MiddlewareHandler } from 'hono'
import { getCookie } from 'hono/cookie'
import { type BucketSize, Buckets } from './buckets.ts'
import { TooMany } from './problem.ts'

/** The address that asks; behind a proxy, the one that the proxy saw. Empty in tests without a socket. */
export function addressOf(c: Context, behindProxy: boolean): string {
  if (behindProxy) {
    const seen = c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim()
    if (seen) return seen
  }
  try {
    return getConnInfo(c).remote.address ?? ''
  } catch {
    return ''
  }
}

/** A session by its cookies, hashed so that none is kept in memory; a new cookie each time falls back on the address's own limit. */
function sessionOf(c: Context): string | undefined {
  const cookies = Object.entries(getCookie(c)).filter(([name]) => name.includes('session'))
  if (cookies.length === 0) return undefined
  return createHash('sha256').update(JSON.stringify(cookies)).digest('base64url')
}

/** A whole school may stand behind one address; one person's browser asks far less. */
const sizes: Record<'address' | 'session' | 'changes', BucketSize> = {
  address: { burst: 4000, perSecond: 400 },
  session: { burst: 1000, perSecond: 60 },
  changes: { burst: 120, perSecond: 4 },
}

export interface RateOptions {
  readonly behindProxy: boolean
  readonly limits?: Partial<typeof sizes>
  readonly now?: () => number
}

/** @throws TooMany, with the seconds to wait. */
export function rateLimits({ behindProxy, limits, now }: RateOptions): MiddlewareHandler {
  const size = { ...sizes, ...limits }
  const byAddress = new Buckets(size.address, now)
  const bySession = new Buckets(size.session, now)
  const changes = new Buckets(size.changes, now)
  return async (c, next) => {
    const address = addressOf(c, behindProxy)
    const session = sessionOf(c)
    const waits = [byAddress.take(address)]
    if (session) waits.push(bySession.take(session))
    if (!['GET', 'HEAD', 'OPTIONS'].includes(c.req.method)) waits.push(changes.take(session ?? address))
    const seconds = Math.max(...waits)
    if (seconds > 0) throw new TooMany(seconds)
    await next()
  }
}
