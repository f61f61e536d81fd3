import { type Context, Hono } from 'hono'
import type { Env } from '../../../../platform/http/env.ts'
import { fileAsked, sendPicture, sendTable, settingAsked } from '../send.ts'
import { trustTable } from '../taken-away.ts'
import { TrustPageView } from './page.tsx'
import { trustPicture } from './picture.ts'
import { trustPage } from './query.ts'
import { TrustTableView } from './table-page.tsx'

const pageOf = (c: Context<Env>) => trustPage(c.get('viewer'), settingAsked(c))

export const trustRoutes = (): Hono<Env> =>
  new Hono<Env>()
    .get('/trust', async (c) => c.html(<TrustPageView page={await pageOf(c)} viewer={c.get('viewer')} />))
    .get('/trust/table', async (c) => {
      const page = await pageOf(c)
      const as = fileAsked(c)
      return as
        ? sendTable(c, trustTable(page), as)
        : c.html(<TrustTableView page={page} viewer={c.get('viewer')} />)
    })
    .get('/trust/chart.png', async (c) => sendPicture(c, trustPicture(await pageOf(c), c.req.query('phase'))))
