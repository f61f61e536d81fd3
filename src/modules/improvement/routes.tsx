import { Hono } from 'hono'
import type { House } from '../../platform/house.ts'
import type { Env } from '../../platform/http/env.ts'
import { stopDigest } from './commands/digest.ts'
import { stopLettersPage } from './pages/stop-letters-page.tsx'
import { actionsByToken } from './queries/action-feed.ts'
import { evaluationRoutes } from './routes/evaluation-routes.tsx'
import { planRoutes } from './routes/plan-routes.tsx'

export { evaluationDocx, evaluationPaper } from './documents/evaluation-paper.ts'
export { planDocx, planPaper } from './documents/plan-paper.ts'
export { strategyDocx, strategyReport } from './documents/strategy-report.ts'
export { threadPaper } from './documents/thread-paper.ts'

/** Plans, self-evaluations, my actions and the thread: mount behind `signedIn`. */
export const routes = (_house: House): Hono<Env> =>
  new Hono<Env>().route('/', planRoutes()).route('/', evaluationRoutes())

/** What a calendar program fetches and what stops a letter: no session, only the secret in the address. Mount before `signedIn`. */
export const publicRoutes = (house: House): Hono<Env> =>
  new Hono<Env>()
    .get('/my-actions/:file{.+\\.ics}', async (c) => {
      const text = await actionsByToken(house, c.req.param('file').replace(/\.ics$/, ''))
      c.header('Content-Type', 'text/calendar; charset=utf-8')
      c.header('Cache-Control', 'private, max-age=900')
      return c.body(text)
    })
    .get('/my-actions/letters/:sealed{[\\w-]{20,400}}', (c) =>
      c.html(stopLettersPage(house, c.req.param('sealed'))),
    )
    .post('/my-actions/letters/:sealed{[\\w-]{20,400}}', async (c) => {
      await stopDigest(house, c.req.param('sealed'))
      return c.html(stopLettersPage(house, c.req.param('sealed'), true))
    })
