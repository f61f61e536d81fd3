import { randomBytes } from 'node:crypto'
import type { Context, MiddlewareHandler } from 'hono'
import { routePath } from 'hono/route'
import type { Log } from '../log.ts'
import { parts, Timing, withTiming } from '../timing.ts'
import type { Metrics } from './metrics.ts'

const ids = new WeakMap<Context, string>()

/** Names this request in the log and on the page of a fault. */
export const requestId = (c: Context): string => {
  const id = ids.get(c) ?? randomBytes(6).toString('hex')
  ids.set(c, id)
  return id
}

const rounded = (milliseconds: number) => Math.round(milliseconds * 10) / 10

/**
 * Times and logs every request by its route, never by its address: that may hold a name someone searched for. Says where
 * the time went in `Server-Timing` and counts it for `/metrics`.
 */
export function requests({ log, metrics }: { log: Log; metrics: Metrics }): MiddlewareHandler {
  return async (c, next) => {
    const timing = new Timing()
    const begun = performance.now()
    const html = c.html.bind(c)
    c.html = ((...given: Parameters<typeof html>) => {
      timing.begin('render')
      const made = html(...given)
      if (made instanceof Promise) return made.finally(() => timing.end('render'))
      timing.end('render')
      return made
    }) as typeof c.html
    await withTiming(timing, next)
    const milliseconds = performance.now() - begun
    const matched = routePath(c, -1)
    const route = matched.endsWith('*') ? 'none' : matched
    const { method } = c.req
    const { status } = c.res
    const { spent } = timing
    metrics.count({ method, route, status, seconds: milliseconds / 1000, spent })
    const header = parts.map((part) => `${part};dur=${rounded(spent[part])}`)
    c.res.headers.set('Server-Timing', [...header, `total;dur=${rounded(milliseconds)}`].join(', '))
    c.res.headers.set('X-Request-Id', requestId(c))
    log.info('request', {
      request: requestId(c),
      method,
      route,
      status,
      milliseconds: rounded(milliseconds),
      ...Object.fromEntries(parts.map((part) => [part, rounded(spent[part])])),
    })
  }
}
