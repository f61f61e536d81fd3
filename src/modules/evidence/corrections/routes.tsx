import { Hono } from 'hono'
import { Refusal } from '../../../kernel/refusal.ts'
import type { House } from '../../../platform/house.ts'
import type { Env } from '../../../platform/http/env.ts'
import { first, problemsOf, typedIn } from '../../../platform/http/form.ts'
import { receiveUpload } from '../../../platform/http/upload.ts'
import { refused, viewerIn } from '../routes/answering.ts'
import { correctResult, mustCorrect } from './correct-result.ts'
import { correctResults, tryCorrections } from './correct-results.ts'
import { correctionsPage } from './page.tsx'
import { previewPage } from './preview-page.tsx'
import { resultsInFile } from './results-file.ts'

/** A re-marked result after the lock. */
export const correctionRoutes = (house: House): Hono<Env> =>
  new Hono<Env>()
    .post('/drops/:code/corrections/file', async (c) => {
      const [viewer, code] = [viewerIn(c), c.req.param('code')]
      mustCorrect(viewer)
      let typed = {}
      try {
        const { files, fields } = await receiveUpload(c, house.files)
        typed = { why: [fields.why ?? ''] }
        const file = files.find((one) => one.field === 'file')
        if (!file) throw new Refusal('Choose a file first.')
        const why = fields.why?.trim() ?? ''
        const results = await resultsInFile(house.files.path(file.sha256))
        const plan = await tryCorrections(viewer, { drop: code, results, why })
        return c.html(await previewPage(viewer, code, { plan, sha256: file.sha256, why }))
      } catch (error) {
        return refused(c, correctionsPage(viewer, code, { typed, problems: problemsOf(error) }))
      }
    })
    .post('/drops/:code/corrections/make', async (c) => {
      const [viewer, code] = [viewerIn(c), c.req.param('code')]
      mustCorrect(viewer)
      const typed = await typedIn(c)
      const sha256 = first(typed, 'sha256')
      try {
        if (!/^[0-9a-f]{64}$/.test(sha256) || !house.files.has(sha256))
          throw new Refusal('The file is no longer here. Send it again.')
        const results = await resultsInFile(house.files.path(sha256))
        const { snapshot } = await correctResults(viewer, { drop: code, results, why: first(typed, 'why') })
        return c.redirect(`/drops/${code}/corrections?snapshot=${snapshot}`, 303)
      } catch (error) {
        return refused(c, correctionsPage(viewer, code, { typed, problems: problemsOf(error) }))
      }
    })
    .get('/drops/:code/corrections', async (c) => {
      const snapshot = Number(c.req.query('snapshot'))
      const done =
        Number.isSafeInteger(snapshot) && snapshot > 0
          ? `Snapshot ${snapshot} holds what was corrected. Earlier snapshots say what they said.`
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
