import { Hono } from 'hono'
import type { Env } from '../../../platform/http/env.ts'
import { first, problemsOf, typedIn } from '../../../platform/http/form.ts'
import { refused, viewerIn } from '../routes/answering.ts'
import { correctResult } from './correct-result.ts'
import { correctionsPage } from './page.tsx'

/** A re-marked result after the lock. */
export const correctionRoutes = (): Hono<Env> =>
  new Hono<Env>()
    .get('/drops/:code/corrections', async (c) => {
      const snapshot = Number(c.req.query('snapshot'))
      const done =
        Number.isSafeInteger(snapshot) && snapshot > 0
          ? `Snapshot ${snapshot} holds the corrected result. Earlier snapshots say what they said.`
          : undefined
      return c.html(await correctionsPage(viewerIn(c), c.req.param('code'), { done }))
    })
    .post('/drops/:code/corrections', async (c) => {
      const [viewer, code] = [viewerIn(c), c.req.param('code')]
      const typed = await typedIn(c)
      const [upn, assessment, result, why] = ['upn', 'assessment', 'result', 'why'].map((name) =>
        first(typed, name),
      )
      try {
        const made = await correctResult(viewer, {
          drop: code,
          upn: upn!,
          assessment: assessment!,
          result: result!,
          why: why!,
        })
        return c.redirect(`/drops/${code}/corrections?snapshot=${made.snapshot}`, 303)
      } catch (error) {
        return refused(c, correctionsPage(viewer, code, { typed, problems: problemsOf(error) }))
      }
    })
