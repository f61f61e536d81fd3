import { Hono } from 'hono'
import type { Env } from '../../../platform/http/env.ts'
import { first, problemsOf, typedIn } from '../../../platform/http/form.ts'
import { answerQuestion } from '../checks/answer-question.ts'
import { chase } from '../drops/commands/chase.ts'
import { lockDrop } from '../drops/commands/lock-drop.ts'
import { openDrop } from '../drops/commands/open-drop.ts'
import { boardPage } from '../pages/board-page.tsx'
import { checksPage } from '../pages/checks-page.tsx'
import { dropsPage } from '../pages/drops-page.tsx'
import { newDropFrom } from '../pages/new-drop-form.ts'
import { newDropPage } from '../pages/new-drop-page.tsx'
import { remindersPage } from '../pages/reminders-page.tsx'
import { doneIn, numberOf, refused, toDone, viewerIn } from './answering.ts'

/** Drops as a whole: the list, opening one, the readiness board, reminders, the checks’ questions, the lock. */
export const dropRoutes = (): Hono<Env> =>
  new Hono<Env>()
    .get('/drops', async (c) => c.html(await dropsPage(viewerIn(c))))
    .get('/drops/new', async (c) => c.html(await newDropPage(viewerIn(c))))
    .post('/drops/new', async (c) => {
      const viewer = viewerIn(c)
      const typed = await typedIn(c)
      try {
        const { drop, nobody } = await openDrop(viewer, newDropFrom(typed))
        return toDone(c, `/drops/${drop.code}`, nobody.length ? 'opened-some' : 'opened')
      } catch (error) {
        return refused(c, newDropPage(viewer, { typed, problems: problemsOf(error) }))
      }
    })
    .get('/drops/:code', async (c) =>
      c.html(await boardPage(viewerIn(c), c.req.param('code'), { done: doneIn(c) })),
    )
    .get('/drops/:code/checks', async (c) => c.html(await checksPage(viewerIn(c), c.req.param('code'))))
    .get('/drops/:code/reminders', async (c) => c.html(await remindersPage(viewerIn(c), c.req.param('code'))))
    .post('/drops/:code/reminders', async (c) => {
      const [viewer, code] = [viewerIn(c), c.req.param('code')]
      try {
        await chase(viewer, code, ((await typedIn(c)).school ?? []).map(numberOf))
        return toDone(c, `/drops/${code}`, 'reminded')
      } catch (error) {
        return refused(c, remindersPage(viewer, code, problemsOf(error)))
      }
    })
    .post('/drops/:code/lock', async (c) => {
      const [viewer, code] = [viewerIn(c), c.req.param('code')]
      const without = first(await typedIn(c), 'without')
      try {
        await lockDrop(viewer, code, without ? { without } : {})
        return toDone(c, `/drops/${code}`, 'locked')
      } catch (error) {
        return refused(c, boardPage(viewer, code, { problems: problemsOf(error), without }))
      }
    })
    .post('/drops/:code/answers', async (c) => {
      const [viewer, code] = [viewerIn(c), c.req.param('code')]
      const typed = await typedIn(c)
      const back = first(typed, 'back')
      const here = back.startsWith(`/drops/${code}`) ? back : `/drops/${code}/checks`
      try {
        await answerQuestion(viewer, {
          drop: code,
          finding: first(typed, 'finding'),
          answer: first(typed, 'answer'),
        })
        return toDone(c, here, 'answered')
      } catch (error) {
        return refused(c, checksPage(viewer, code, problemsOf(error)))
      }
    })
