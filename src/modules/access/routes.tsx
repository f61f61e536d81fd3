import { Hono } from 'hono'
import type { House } from '../../platform/house.ts'
import type { Env } from '../../platform/http/env.ts'
import { accountRoutes } from './pages/account-routes.tsx'
import { auditRoutes } from './pages/audit-routes.tsx'
import { breakGlassRoutes } from './pages/break-glass-routes.tsx'
import { directoryRoutes } from './pages/directory-routes.tsx'
import { leaverRoutes } from './pages/leaver-routes.tsx'
import { peopleRoutes } from './pages/people-routes.tsx'
import { personRoutes } from './pages/person-routes.tsx'
import { resetRoutes } from './pages/reset-routes.tsx'
import { signInSettingsRoutes } from './pages/sign-in-settings-routes.tsx'
import { staffFileRoutes } from './pages/staff-file-routes.tsx'
import { waysRoutes } from './pages/ways-routes.tsx'

export { signInRoutes } from './sign-in/routes.tsx'

/** Pages for people who have signed in: mount behind `signedIn`. */
export const routes = (house: House): Hono<Env> =>
  new Hono<Env>()
    .route('/', accountRoutes(house))
    .route('/', waysRoutes(house))
    .route('/', signInSettingsRoutes(house))
    .route('/', directoryRoutes(house))
    .route('/', staffFileRoutes())
    .route('/', resetRoutes())
    .route('/', peopleRoutes())
    .route('/', personRoutes())
    .route('/', leaverRoutes())
    .route('/', auditRoutes())
    .route('/', breakGlassRoutes())
