import { Hono } from 'hono'
import type { House } from '../../platform/house.ts'
import type { Env } from '../../platform/http/env.ts'
import { actionsByToken } from './queries/action-feed.ts'
import { planRoutes } from './routes/plan-routes.tsx'

export { planPaper } from './documents/plan-paper.ts'

/** Plans, my actions and the thread: mount behind `signedIn`. */
export const routes = (_house: House): Hono<Env> => new Hono<Env>().route('/', planRoutes())

/** What a calendar program fetches: no session, only the secret in the address. Mount before `signedIn`. */
export const publicRoutes = (house: House): Hono<Env> =>
  new Hono<Env>().get('/my-actions/:file{.+\\.ics}', async (c) => {
    const text = await actionsByToken(house, c.req.param('file').replace(/\.ics$/, ''))
    c.header('Content-Type', 'text/calendar; charset=utf-8')
    c.header('Cache-Control', 'private, max-age=900')
    return c.body(text)
  })
