import { type Context, Hono } from 'hono'
import { NotHere, Refusal } from '../../../kernel/refusal.ts'
import type { Env } from '../../../platform/http/env.ts'
import { recordLeaver, takeLeavingBack } from '../commands/record-leaver.ts'
import { personPage } from '../queries/person.ts'
import { idOf, trustName } from './asked-role.ts'
import { type DayTyped, dayOf, formOf } from './form.ts'
import { LeaverPage } from './leaver-page.tsx'

/** Recording that someone has left, and taking it back. */
export function leaverRoutes(): Hono<Env> {
  const routes = new Hono<Env>()

  const leaver = async (c: Context<Env>) => {
    const found = await personPage(c.get('viewer'), idOf(c))
    if (!found.leaving.ok && c.req.method === 'GET') throw new NotHere()
    return found
  }
  const page = async (c: Context<Env>, rest: { typed?: DayTyped; because?: string } = {}) => {
    const viewer = c.get('viewer')
    return <LeaverPage viewer={viewer} trust={await trustName(viewer)} person={await leaver(c)} {...rest} />
  }

  routes.get('/people/:id/leaving', async (c) => c.html(await page(c)))

  routes.post('/people/:id/leaving', async (c) => {
    const { id } = await leaver(c)
    const { day, typed } = dayOf(await formOf(c), 'last')
    try {
      await recordLeaver(c.get('viewer'), id, day)
      return c.redirect(`/people/${id}?done=left`, 303)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      return c.html(await page(c, { typed, because: error.message }), 422)
    }
  })

  routes.post('/people/:id/leaving/undo', async (c) => {
    const { id } = await leaver(c)
    await takeLeavingBack(c.get('viewer'), id)
    return c.redirect(`/people/${id}?done=back`, 303)
  })

  return routes
}
