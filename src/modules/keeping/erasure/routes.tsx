import { type Context, Hono } from 'hono'
import { NotHere, Refusal } from '../../../kernel/refusal.ts'
import type { Env } from '../../../platform/http/env.ts'
import { type Sent, sentIn } from '../../../platform/http/form.ts'
import { audit } from '../../access/index.ts'
import { ErasePage, ErasuresPage } from './erase-page.tsx'
import { erasePupil } from './erase-pupil.ts'
import { previewErasure } from './preview.ts'
import { erasures } from './queries.ts'

const idOf = (c: Context): number => {
  const id = Number(c.req.param('id'))
  if (!Number.isSafeInteger(id) || id < 1 || id > 2 ** 31 - 1) throw new NotHere()
  return id
}

/** Erasing one pupil’s record, and what was erased. */
export function erasureRoutes(): Hono<Env> {
  const page = async (c: Context<Env>, rest: { typed?: Sent; because?: string } = {}) => {
    const viewer = c.get('viewer')
    const preview = await previewErasure(viewer, idOf(c))
    await audit(viewer, {
      deed: 'saw pupil',
      subject: 'organisation.pupil',
      id: preview.pupil.pupil,
      school: preview.pupil.schools[0] ?? null,
    })
    c.header('Cache-Control', 'no-store')
    return (
      <ErasePage
        viewer={viewer}
        preview={preview}
        typed={rest.typed}
        problems={rest.because ? [{ text: rest.because }] : []}
      />
    )
  }
  return new Hono<Env>()
    .get('/pupils/:id/erase', async (c) => c.html(await page(c)))
    .post('/pupils/:id/erase', async (c) => {
      const typed = await sentIn(c)
      try {
        await erasePupil(c.get('viewer'), {
          pupil: idOf(c),
          reason: typed.reason ?? '',
          figures: typed.figures === 'nameless row' ? 'nameless row' : 'without them',
          typed: typed.typed ?? '',
        })
      } catch (error) {
        if (!(error instanceof Refusal)) throw error
        return c.html(await page(c, { typed, because: error.message }), 422)
      }
      return c.redirect('/keeping/erased?done=erased', 303)
    })
    .get('/keeping/erased', async (c) => {
      const viewer = c.get('viewer')
      const done =
        c.req.query('done') === 'erased' ? 'The record is erased. This line is what stays.' : undefined
      return c.html(<ErasuresPage viewer={viewer} made={await erasures(viewer)} done={done} />)
    })
}
