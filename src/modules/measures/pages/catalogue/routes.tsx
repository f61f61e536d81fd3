import { Hono } from 'hono'
import type { Env } from '../../../../platform/http/env.ts'
import { measureById, measuresOf } from '../../queries/measures.ts'
import { fileAsked, sendTable } from '../send.ts'
import { settingOf } from '../setting.ts'
import { catalogueTable } from '../taken-away.ts'
import { CataloguePageView, MeasurePageView } from './page.tsx'

export const measureRoutes = (): Hono<Env> =>
  new Hono<Env>()
    .get('/measures', async (c) => {
      const viewer = c.get('viewer')
      const [setting, measures] = await Promise.all([settingOf(viewer), measuresOf(viewer)])
      const as = fileAsked(c)
      return as
        ? sendTable(c, catalogueTable(setting, measures), as)
        : c.html(<CataloguePageView measures={measures} setting={setting} viewer={viewer} />)
    })
    .get('/measures/:id', async (c) => {
      const viewer = c.get('viewer')
      const [setting, measure] = await Promise.all([
        settingOf(viewer),
        measureById(viewer, c.req.param('id')),
      ])
      return c.html(<MeasurePageView measure={measure} setting={setting} viewer={viewer} />)
    })
