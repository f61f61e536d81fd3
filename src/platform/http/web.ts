import { Hono } from 'hono'
import type { House } from '../house.ts'
import type { Assets } from './assets.ts'
import { limitBody } from './body.ts'
import type { Env } from './env.ts'
import { errorPages, type RenderError } from './errors.ts'
import { safeHeaders } from './headers.ts'
import { healthRoutes } from './health.ts'
import { Metrics } from './metrics.ts'
import { type RateOptions, rateLimits } from './rate.ts'
import { requests } from './requests.ts'
import { sameOrigin } from './same-origin.ts'
import { squeeze } from './squeeze.ts'

interface WebParts {
  readonly renderError: RenderError
  readonly assets?: Assets
  readonly limits?: RateOptions['limits']
}

/** An application with everything round its pages in place; modules add their routes to it. */
export function openWeb(house: House, { renderError, assets, limits }: WebParts): Hono<Env> {
  const { config, log } = house
  const metrics = new Metrics()
  const { onError, notFound } = errorPages({ render: renderError, log })
  const web = new Hono<Env>()
  web.use(requests({ log, metrics }), safeHeaders(config), squeeze)
  web.onError(onError)
  web.notFound(notFound)
  if (assets) web.route('/', assets.routes)
  web.route('/', healthRoutes(house, metrics))
  web.use(rateLimits({ behindProxy: config.behindProxy, limits }), sameOrigin(config), limitBody)
  return web
}
