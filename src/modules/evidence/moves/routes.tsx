import { Hono } from 'hono'
import { isDay } from '../../../kernel/days.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import type { Env } from '../../../platform/http/env.ts'
import { dayIn, first, problemsOf, type Typed, typedIn } from '../../../platform/http/form.ts'
import { pupilById, rollQuestion, type TwoRollsAnswer } from '../../organisation/index.ts'
import { doneIn, numberOf, refused, toDone, viewerIn } from '../routes/answering.ts'
import { answerBothRolls, answerLeft } from './answer-roll.ts'
import { moveSchool, renameAndRestate, splitAndRestate } from './move-and-split.ts'
import { movePage, placeOf } from './move-page.tsx'
import { rollQuestionsPage } from './questions-page.tsx'
import { mostParts, splitPage } from './split-page.tsx'

function twoRollsIn(typed: Typed): TwoRollsAnswer {
  const [says, school] = first(typed, 'says').split(':')
  if (says === 'moved') return { says, main: numberOf(school), day: dayIn(typed, 'day') }
  if (says === 'dual') return { says, main: numberOf(school) }
  if (says === 'not the same') return { says }
  throw new Refusal('Choose what is so.')
}

/** The new classes of a split, with the pupils who go into each. */
const partsIn = (typed: Typed) =>
  Array.from({ length: mostParts }, (_, at) => ({
    name: first(typed, `name-${at}`),
    pupils: Object.keys(typed)
      .filter((name) => name.startsWith('pupil-') && first(typed, name) === String(at))
      .map((name) => numberOf(name.slice('pupil-'.length))),
  }))

/** Pupils who change school or class, and questions that rolls leave open. */
export const moveRoutes = (): Hono<Env> =>
  new Hono<Env>()
    .get('/pupils/:id/move', async (c) => {
      const [viewer, id] = [viewerIn(c), numberOf(c.req.param('id'))]
      const typed = c.req.query()
      const day = dayIn(typed, 'day')
      const wrong = day && !isDay(day) ? [{ text: `${day} is not a day on the calendar.`, field: 'day' }] : []
      const none = !day && typed.to ? [{ text: 'Say their first day there.', field: 'day' }] : []
      const problems = [...wrong, ...none]
      return c.html(await movePage(viewer, id, { typed, problems }), problems.length ? 422 : 200)
    })
    .post('/pupils/:id/move', async (c) => {
      const [viewer, id] = [viewerIn(c), numberOf(c.req.param('id'))]
      const typed = await typedIn(c)
      const from = placeOf(viewer, await pupilById(viewer, id))
      try {
        await moveSchool(viewer, {
          pupil: id,
          from,
          to: numberOf(first(typed, 'to')),
          day: dayIn(typed, 'day'),
        })
        return c.redirect(`/pupils/${id}`, 303)
      } catch (error) {
        return refused(c, movePage(viewer, id, { problems: problemsOf(error), typed }))
      }
    })
    .get('/classes/:id/split', async (c) =>
      c.html(await splitPage(viewerIn(c), numberOf(c.req.param('id')), { done: doneIn(c) })),
    )
    .post('/classes/:id/split', async (c) => {
      const [viewer, id] = [viewerIn(c), numberOf(c.req.param('id'))]
      const typed = await typedIn(c)
      try {
        await splitAndRestate(viewer, { class: id, day: dayIn(typed, 'day'), parts: partsIn(typed) })
        return toDone(c, `/classes/${id}/split`, 'class-split')
      } catch (error) {
        return refused(c, splitPage(viewer, id, { problems: problemsOf(error), typed }))
      }
    })
    .post('/classes/:id/name', async (c) => {
      const [viewer, id] = [viewerIn(c), numberOf(c.req.param('id'))]
      const typed = await typedIn(c)
      try {
        await renameAndRestate(viewer, id, first(typed, 'name'))
        return toDone(c, `/classes/${id}/split`, 'class-named')
      } catch (error) {
        return refused(c, splitPage(viewer, id, { problems: problemsOf(error), typed }))
      }
    })
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
