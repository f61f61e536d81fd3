import { Hono } from 'hono'
import { Refusal } from '../../../kernel/refusal.ts'
import type { Env } from '../../../platform/http/env.ts'
import { dayIn, first, problemsOf, type Typed, typedIn } from '../../../platform/http/form.ts'
import { rollQuestion, type TwoRollsAnswer } from '../../organisation/index.ts'
import { doneIn, numberOf, refused, toDone, viewerIn } from '../routes/answering.ts'
import { answerBothRolls, answerLeft } from './answer-roll.ts'
import { rollQuestionsPage } from './questions-page.tsx'

function twoRollsIn(typed: Typed): TwoRollsAnswer {
  const [says, school] = first(typed, 'says').split(':')
  if (says === 'moved') return { says, main: numberOf(school), day: dayIn(typed, 'day') }
  if (says === 'dual') return { says, main: numberOf(school) }
  if (says === 'not the same') return { says }
  throw new Refusal('Choose what is so.')
}

/** Questions that rolls leave open: a pupil on two of them, and who is missing from a roster. */
export const moveRoutes = (): Hono<Env> =>
  new Hono<Env>()
    .get('/questions', async (c) => c.html(await rollQuestionsPage(viewerIn(c), { done: doneIn(c) })))
    .post('/questions/:id', async (c) => {
      const [viewer, id] = [viewerIn(c), numberOf(c.req.param('id'))]
      const typed = await typedIn(c)
      try {
        const { kind } = await rollQuestion(viewer, id)
        if (kind === 'two rolls')
          return toDone(
            c,
            '/questions',
            (await answerBothRolls(viewer, id, twoRollsIn(typed))) ? 'roll-answered' : 'roll-said',
          )
        await answerLeft(viewer, id, {
          who: (typed.who ?? []).map(numberOf),
          last: dayIn(typed, 'last'),
          whole: first(typed, 'whole') === 'yes',
        })
        return toDone(c, '/questions', 'roll-answered')
      } catch (error) {
        return refused(c, rollQuestionsPage(viewer, { problems: problemsOf(error), about: id, typed }))
      }
    })
