import type { Hono } from 'hono'
import { handleGlassLetters, handleInvitations, signedIn } from '../modules/access/index.ts'
import { routes as accessRoutes, signInRoutes } from '../modules/access/routes.tsx'
import { handleDeliveries, handleFileWork, handleLetters, handleSendings } from '../modules/evidence/index.ts'
import {
  publicRoutes as evidencePublicRoutes,
  routes as evidenceRoutes,
} from '../modules/evidence/routes.tsx'
import { handleDigests, workOf } from '../modules/improvement/index.ts'
import {
  publicRoutes as improvementPublicRoutes,
  routes as improvementRoutes,
} from '../modules/improvement/routes.tsx'
import { routes as keepingRoutes } from '../modules/keeping/routes.tsx'
import { handleScans } from '../modules/measures/index.ts'
import { homeFor, routes as measureRoutes } from '../modules/measures/routes.tsx'
import { routes as purposeRoutes } from '../modules/purpose/routes.tsx'
import type { House } from '../platform/house.ts'
import { openAssets } from '../platform/http/assets.ts'
import type { Env } from '../platform/http/env.ts'
import type { RenderError } from '../platform/http/errors.ts'
import { openWeb } from '../platform/http/web.ts'
import { clientFolder, Page } from '../ui/index.ts'
import { administrationRoutes } from './administration/page.tsx'
import { guideRoutes } from './guide.tsx'
import { warmSoon } from './keep-warm.ts'
import { membershipRoutes } from './moves/routes.tsx'
import { protectionRoutes } from './protection/routes.tsx'

const renderError: RenderError = (problem, c) =>
  String(
    <Page title={problem.title} viewer={c.get('viewer')} purpose={problem.sentence}>
      {problem.reference && (
        <p>
          Reference: <b>{problem.reference}</b>
        </p>
      )}
      <p>
        <a href="/">Go to the start</a>
      </p>
    </Page>,
  )

/** All of Throughline over one house: what anybody may reach first, then what needs signing in. */
export async function createApp(house: House): Promise<Hono<Env>> {
  await handleLetters(house)
  await handleFileWork(house, () => warmSoon(house))
  await handleDeliveries(house, () => warmSoon(house))
  await handleSendings(house, () => warmSoon(house))
  await handleGlassLetters(house)
  await handleInvitations(house)
  await handleDigests(house)
  await handleScans(house)
  const web = openWeb(house, { renderError, assets: openAssets(clientFolder()) })
  web.route('/', signInRoutes(house))
  web.route('/', evidencePublicRoutes(house))
  web.route('/', improvementPublicRoutes(house))
  web.use(signedIn(house))
  web.get('/', async (c) => c.redirect(await homeFor(c.get('viewer')), 303))
  web.post('/drops/*', async (c, next) => {
    await next()
    if (c.res.status === 303 && /\/(lock|corrections)$/.test(c.req.path)) warmSoon(house)
  })
  for (const path of ['/pupils/:id/erase', '/pupils/:id/join', '/keeping/*'])
    web.post(path, async (c, next) => {
      await next()
      if (c.res.status === 303) warmSoon(house)
    })
  web.route('/', accessRoutes(house))
  web.route('/', evidenceRoutes(house))
  web.route('/', measureRoutes(house, workOf))
  web.route('/', purposeRoutes(house))
  web.route('/', improvementRoutes(house))
  web.route('/', keepingRoutes(house))
  web.route('/', administrationRoutes())
  web.route('/', guideRoutes())
  web.route('/', protectionRoutes())
  web.route('/', membershipRoutes())
  return web
}
