import { Hono } from 'hono'
import type { Env } from '../../../platform/http/env.ts'
import { numberIn, tried } from '../../purpose/index.ts'
import { makeActionOf, makeObjectiveOf } from '../commands/take-up.ts'
import { actionOfPage, objectiveOfPage } from '../pages/take-up-page.tsx'
import { actionIn, objectiveIn } from './sent-parts.ts'

/** From a finding, a figure or a judgement to an objective or an action. */
export const takeUpRoutes = (): Hono<Env> =>
  new Hono<Env>()
    .get('/improvement/objectives/new', async (c) =>
      c.html(await objectiveOfPage(c.get('viewer'), c.req.query('from') ?? '')),
    )
    .post('/improvement/objectives/new', (c) =>
      tried(
        c,
        async (sent) => {
          const { measure = '', school = null, year = 'all', group = 'all', target = '' } = sent
          const id = await makeObjectiveOf(c.get('viewer'), sent.from ?? '', {
            ...objectiveIn(sent),
            aimed: { measure, school, year, group, target },
          })
          return `/improvement/objectives/${id}?done=kept`
        },
        (typed, sent) => objectiveOfPage(c.get('viewer'), sent.from ?? '', typed),
      ),
    )
    .get('/improvement/actions/new', async (c) =>
      c.html(await actionOfPage(c.get('viewer'), c.req.query('from') ?? '')),
    )
    .post('/improvement/actions/new', (c) =>
      tried(
        c,
        async (sent) => {
          const objective = numberIn(sent.objective)
          const id = await makeActionOf(c.get('viewer'), sent.from ?? '', objective, actionIn(sent))
          return `/improvement/objectives/${objective}?done=kept#action-${id}`
        },
        (typed, sent) => actionOfPage(c.get('viewer'), sent.from ?? '', typed),
      ),
    )
