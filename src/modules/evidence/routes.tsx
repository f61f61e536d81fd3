import { Hono } from 'hono'
import type { House } from '../../platform/house.ts'
import type { Env } from '../../platform/http/env.ts'
import { correctionRoutes } from './corrections/routes.tsx'
import { moveRoutes } from './moves/routes.tsx'
import { apiRoutes } from './receiving/api.ts'
import { calendarRoutes, feedRoutes } from './routes/calendar-routes.tsx'
import { dropRoutes } from './routes/drop-routes.tsx'
import { fileRoutes } from './routes/file-routes.tsx'
import { importRoutes } from './routes/import-routes.tsx'
import { keyRoutes } from './routes/key-routes.tsx'
import { schoolRoutes } from './routes/school-routes.tsx'
import { workRoutes } from './routes/work-routes.tsx'

/** So long a sender waits for the answer itself, in milliseconds; then for the page of its progress. */
const usualPatience = 1_500

/** Pages for people who have signed in. */
export const routes = (house: House, patience = usualPatience): Hono<Env> =>
  new Hono<Env>()
    .route('/', dropRoutes())
    .route('/', correctionRoutes(house))
    .route('/', moveRoutes())
    .route('/', schoolRoutes(house, patience))
    .route('/', importRoutes(house, patience))
    .route('/', workRoutes())
    .route('/', keyRoutes(house))
    .route('/', fileRoutes(house, patience))
    .route('/', calendarRoutes())

/** What is reached without a session: mount before `signedIn`. */
export const publicRoutes = (house: House): Hono<Env> =>
  new Hono<Env>().route('/', feedRoutes(house)).route('/api/v1', apiRoutes(house))
