import { Hono } from 'hono'
import type { Env } from '../../../../platform/http/env.ts'
import { settingAsked } from '../send.ts'
import { GapsPageView } from './page.tsx'
import { gapsPage } from './query.ts'

export const gapsRoutes = (): Hono<Env> =>
  new Hono<Env>().get('/trust/gaps', async (c) => {
    const viewer = c.get('viewer')
    const measure = c.req.query('measure')
    const year = c.req.query('year') === 'all' ? { year: 'all' } : {}
    const page = await gapsPage(viewer, { ...settingAsked(c), ...year, ...(measure ? { measure } : {}) })
    return c.html(<GapsPageView page={page} viewer={viewer} />)
  })
