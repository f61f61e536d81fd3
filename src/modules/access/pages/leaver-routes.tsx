import { type Context, Hono } from 'hono'
import { NotHere, Refusal } from '../../../kernel/refusal.ts'
import type { Env } from '../../../platform/http/env.ts'
import { boxesIn, type DayBoxes, dayIn, sentIn } from '../../../platform/http/form.ts'
import { recordLeaver, takeLeavingBack } from '../commands/record-leaver.ts'
import { personPage } from '../queries/person.ts'
import { idOf, trustName } from './asked-role.ts'
import { LeaverPage } from './leaver-page.tsx'

/** Recording that someone has left, and taking it back. */
export function leaverRoutes(): Hono<Env> {
  const routes = new Hono<Env>()

  const leaver = async (c: Context<Env>) => {
    const found = await personPage(c.get('viewer'), idOf(c))
    if (!found.leaving.ok && c.req.method === 'GET') throw new NotHere()
    return found
  }
  const page = async (c: Context<Env>, rest: { typed?: DayBoxes; because?: string } = {}) => {
    const viewer = c.get('viewer')
    return <LeaverPage viewer={viewer} trust={await trustName(viewer)} person={await leaver(c)} {...rest} />
  }

  routes.get('/people/:id/leaving', async (c) => c.html(await page(c)))

  routes.post('/people/:id/leaving', async (c) => {
    const { id } = await leaver(c)
    const form = await sentIn(c)
    try {
      await recordLeaver(c.get('viewer'), id, dayIn(form, 'last'))
      return c.redirect(`/people/${id}?done=left`, 303)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      return c.html(await page(c, { typed: boxesIn(form, 'last'), because: error.message }), 422)
    }
  })

  routes.post('/people/:id/leaving/undo', async (c) => {
    const { id } = await leaver(c)
    await takeLeavingBack(c.get('viewer'), id)
    return c.redirect(`/people/${id}?done=back`, 303)
  })

  return routes
}
