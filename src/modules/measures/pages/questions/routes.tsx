import { Hono } from 'hono'
import { Refusal } from '../../../../kernel/refusal.ts'
import type { Env } from '../../../../platform/http/env.ts'
import { sentIn } from '../../../../platform/http/form.ts'
import { answerDoubt } from '../../commands/answer-doubt.ts'
import { settingAsked } from '../send.ts'
import { QuestionsPageView } from './page.tsx'
import { questionsPage } from './query.ts'

export const questionRoutes = (): Hono<Env> =>
  new Hono<Env>()
    .get('/trust/questions', async (c) => {
      const viewer = c.get('viewer')
      return c.html(<QuestionsPageView page={await questionsPage(viewer, settingAsked(c))} viewer={viewer} />)
    })
    .post('/trust/questions', async (c) => {
      const viewer = c.get('viewer')
      const { drop = '', key = '', kind = '', reason = '' } = await sentIn(c)
      try {
        await answerDoubt(viewer, { drop, key, kind, reason })
        return c.redirect(`/trust/questions?drop=${encodeURIComponent(drop)}`, 303)
      } catch (error) {
        if (!(error instanceof Refusal)) throw error
        const problems = [{ field: kind === '' ? 'kind' : 'reason', text: error.message }]
        const page = await questionsPage(viewer, { drop })
        return c.html(
          <QuestionsPageView
            page={page}
            viewer={viewer}
            asked={{ key, values: { kind, reason }, problems }}
          />,
          422,
        )
      }
    })
