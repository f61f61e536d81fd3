import { Hono } from 'hono'
import type { Env } from '../../../../platform/http/env.ts'
import { fileAsked, sendTable, settingAsked } from '../send.ts'
import { FunnelPageView } from './page.tsx'
import { funnelPage } from './query.ts'
import { funnelTable } from './table.ts'

export const funnelRoutes = (): Hono<Env> =>
  new Hono<Env>().get('/trust/funnel', async (c) => {
    const viewer = c.get('viewer')
    const { measure, phase, spread } = c.req.query()
    const { year, ...setting } = settingAsked(c)
    const asked = c.req.query('year') === 'all' ? 'all' : year
    const page = await funnelPage(viewer, {
      ...setting,
      ...(asked ? { year: asked } : {}),
      ...(measure ? { measure } : {}),
      ...(phase ? { phase } : {}),
      ...(spread ? { spread } : {}),
    })
    const as = fileAsked(c)
    return as && page.found
      ? sendTable(c, funnelTable(page), as)
      : c.html(<FunnelPageView page={page} viewer={viewer} />)
  })
