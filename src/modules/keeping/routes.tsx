import { Hono } from 'hono'
import type { House } from '../../platform/house.ts'
import type { Env } from '../../platform/http/env.ts'
import { erasureRoutes } from './erasure/routes.tsx'
import { joinRoutes } from './joining/routes.tsx'
import { retentionRoutes } from './retention/routes.tsx'

/** What is kept of pupils, and how it is let go: mount behind `signedIn`. */
export const routes = (_house: House): Hono<Env> =>
  new Hono<Env>().route('/', erasureRoutes()).route('/', joinRoutes()).route('/', retentionRoutes())
