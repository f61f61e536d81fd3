import { Hono } from 'hono'
import type { Env } from '../../../platform/http/env.ts'
import { dayIn, sentIn } from '../../../platform/http/form.ts'
import { numberIn, tried } from '../../purpose/index.ts'
import { endTemplate, keepAsTemplate, startFromTemplate } from '../commands/templates.ts'
import { objectivePage } from '../pages/objective-page.tsx'
import { fromTemplatePage, templatesPage } from '../pages/template-pages.tsx'
import { objectiveIn } from './sent-parts.ts'

const base = '/improvement/plans/:id{[0-9]+}/templates'

/** Objectives from templates, and objectives as templates. */
export const templateRoutes = (): Hono<Env> =>
  new Hono<Env>()
    .get(base, async (c) =>
      c.html(
        await templatesPage(c.get('viewer'), numberIn(c.req.param('id')), {
          done: c.req.query('done') === 'ended' ? 'It is no longer offered.' : undefined,
        }),
      ),
    )
    .get(`${base}/:code{[a-z0-9-]+}`, async (c) =>
      c.html(await fromTemplatePage(c.get('viewer'), numberIn(c.req.param('id')), c.req.param('code'))),
    )
    .post(`${base}/:code{[a-z0-9-]+}`, (c) => {
      const [plan, code] = [numberIn(c.req.param('id')), c.req.param('code')]
      return tried(
        c,
        async (sent) => {
          const id = await startFromTemplate(c.get('viewer'), plan, code, {
            ...objectiveIn(sent),
            begins: dayIn(sent, 'begins'),
            targets: Array.from({ length: 10 }, (_, at) => sent[`target-${at}`] ?? ''),
          })
          return `/improvement/objectives/${id}?done=kept`
        },
        (typed) => fromTemplatePage(c.get('viewer'), plan, code, typed),
      )
    })
    .post('/improvement/objectives/:id{[0-9]+}/template', (c) => {
      const id = numberIn(c.req.param('id'))
      return tried(
        c,
        async () => {
          await keepAsTemplate(c.get('viewer'), id)
          return `/improvement/objectives/${id}?done=template`
        },
        ({ problems }) => objectivePage(c.get('viewer'), id, { problems }),
      )
    })
    .post('/improvement/templates/:id{[0-9]+}/end', async (c) => {
      const plan = numberIn((await sentIn(c)).plan)
      await endTemplate(c.get('viewer'), numberIn(c.req.param('id')))
      return c.redirect(`/improvement/plans/${plan}/templates?done=ended`, 303)
    })
