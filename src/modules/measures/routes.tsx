import { type Context, Hono } from 'hono'
import type { House } from '../../platform/house.ts'
import type { Env } from '../../platform/http/env.ts'
import { measureRoutes } from './pages/catalogue/routes.tsx'
import { figureRoutes } from './pages/figure/routes.tsx'
import { funnelRoutes } from './pages/funnel/routes.tsx'
import { gapsRoutes } from './pages/gaps/routes.tsx'
import { MethodPageView, methodOf } from './pages/method-page.tsx'
import { PupilPageView } from './pages/pupil/page.tsx'
import { pupilPage } from './pages/pupil/query.ts'
import { questionRoutes } from './pages/questions/routes.tsx'
import { schoolRoutes } from './pages/school/routes.tsx'
import { SearchPageView } from './pages/search/page.tsx'
import { searchPage } from './pages/search/query.ts'
import { trustRoutes } from './pages/trust/routes.tsx'
import { valueAddedRoutes } from './pages/value-added/routes.tsx'
import { lookRoutes } from './pages/where-to-look/routes.tsx'
import type { WorkOf } from './pages/work.tsx'
import { recordRoutes } from './subject-access/routes.tsx'

export { schoolOnAPage } from './documents/school-on-a-page.ts'
export { type BriefingFor, trustBriefing } from './documents/trust-briefing.ts'
export { homeFor } from './pages/home.ts'

/** Pages of figures: mount behind `signedIn`. What was made of them is for a later module to say. */
export const routes = (_house: House, workOf: WorkOf): Hono<Env> =>
  new Hono<Env>()
    .route('/', trustRoutes())
    .route('/', lookRoutes(workOf))
    .route('/', valueAddedRoutes())
    .route('/', funnelRoutes())
    .route('/', gapsRoutes())
    .route('/', questionRoutes())
    .route('/', schoolRoutes())
    .route('/', figureRoutes(workOf))
    .route('/', recordRoutes())
    .route('/', measureRoutes())
    .get('/methods/:name', (c) =>
      c.html(<MethodPageView method={methodOf(c.req.param('name'))} viewer={c.get('viewer')} />),
    )
    .get('/pupils/:id', async (c) => {
      const viewer = c.get('viewer')
      c.header('Cache-Control', 'no-store')
      return c.html(
        <PupilPageView page={await pupilPage(viewer, Number(c.req.param('id')))} viewer={viewer} />,
      )
    })
    .get('/search', async (c: Context<Env>) => {
      const viewer = c.get('viewer')
      return c.html(
        <SearchPageView
          page={await searchPage(viewer, (c.req.query('q') ?? '').trim().slice(0, 200))}
          viewer={viewer}
        />,
      )
    })
