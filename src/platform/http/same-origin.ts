import type { MiddlewareHandler } from 'hono'
import { Forbidden } from './problem.ts'

const safe = ['GET', 'HEAD', 'OPTIONS']

/**
 * A change must be asked for by one of our own pages: the browser says from where (`Sec-Fetch-Site`, or `Origin`, which
 * every browser sends with a form), and no page can forge that. A program that shows a key of its own (`Authorization: Bearer`)
 * is no browser led astray: a page elsewhere can’t make a browser send that header here. @throws Forbidden
 */
export function sameOrigin({ origin }: { origin: string }): MiddlewareHandler {
  return async (c, next) => {
    const bears = /^Bearer \S/.test(c.req.header('authorization') ?? '') && !c.req.header('cookie')
    if (!safe.includes(c.req.method) && !(bears && /^\/(api|scim)\//.test(c.req.path))) {
      const site = c.req.header('sec-fetch-site')
      const from = c.req.header('origin')
      const host = c.req.header('host') ?? new URL(c.req.url).host
      const ours =
        from !== undefined && (from === origin || (URL.canParse(from) && new URL(from).host === host))
      if (site !== undefined ? site !== 'same-origin' : !ours)
        throw new Forbidden(
          'This form was not sent from a page of Throughline, so nothing was changed. Open the page again and send it from there.',
        )
    }
    await next()
  }
}
