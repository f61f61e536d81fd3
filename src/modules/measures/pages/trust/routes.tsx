import { type Context, Hono } from 'hono'
import type { Env } from '../../../../platform/http/env.ts'
import { fileAsked, sendPicture, sendTable, settingAsked } from '../send.ts'
import { trustTable } from '../taken-away.ts'
import { lookPage } from '../where-to-look/query.ts'
import { TrustPageView } from './page.tsx'
import { trustPicture } from './picture.ts'
import { trustPage } from './query.ts'
import { TrustTableView } from './table-page.tsx'

const pageOf = (c: Context<Env>) => trustPage(c.get('viewer'), settingAsked(c))

export const trustRoutes = (): Hono<Env> =>
  new Hono<Env>()
    .get('/trust', async (c) => {
      const viewer = c.get('viewer')
      const { year: _, ...setting } = settingAsked(c)
      const [page, look] = await Promise.all([pageOf(c), lookPage(viewer, setting)])
      return c.html(<TrustPageView page={page} look={look} viewer={viewer} />)
    })
    .get('/trust/table', async (c) => {
      const page = await pageOf(c)
      const as = fileAsked(c)
      return as
        ? sendTable(c, trustTable(page), as)
        : c.html(<TrustTableView page={page} viewer={c.get('viewer')} />)
    })
    .get('/trust/chart.png', async (c) => sendPicture(c, trustPicture(await pageOf(c), c.req.query('phase'))))
