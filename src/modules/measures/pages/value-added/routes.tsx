import { Hono } from 'hono'
import type { Env } from '../../../../platform/http/env.ts'
import { fileAsked, sendTable, settingAsked } from '../send.ts'
import { ValueAddedPageView } from './page.tsx'
import { valueAddedPage } from './query.ts'
import { valueAddedTable } from './table.ts'

export const valueAddedRoutes = (): Hono<Env> =>
  new Hono<Env>().get('/trust/value-added', async (c) => {
    const viewer = c.get('viewer')
    const { measure, by, interval } = c.req.query()
    const page = await valueAddedPage(viewer, {
      ...settingAsked(c),
      ...(measure ? { measure } : {}),
      ...(by ? { by } : {}),
      ...(interval ? { interval } : {}),
    })
    const as = fileAsked(c)
    return as && page.measure
      ? sendTable(c, valueAddedTable(page), as)
      : c.html(<ValueAddedPageView page={page} viewer={viewer} />)
  })
