import { Hono } from 'hono'
import type { House } from '../../../platform/house.ts'
import type { Env } from '../../../platform/http/env.ts'
import { first, problemsOf, typedIn } from '../../../platform/http/form.ts'
import { byKeyPage } from '../pages/by-key-page.tsx'
import { keysPage } from '../pages/keys-page.tsx'
import { makeKey, revokeKey } from '../receiving/keys.ts'
import { doneIn, numberOf, refused, toDone, viewerIn } from './answering.ts'

/** Keys by which a school’s own systems send files. */
export const keyRoutes = (house: House): Hono<Env> =>
  new Hono<Env>()
    .get('/files/keys', async (c) => c.html(await keysPage(viewerIn(c), { done: doneIn(c) })))
    .post('/files/keys', async (c) => {
      const viewer = viewerIn(c)
      const form = await typedIn(c)
      const typed = {
        name: first(form, 'name'),
        school: first(form, 'school'),
        publishes: first(form, 'publishes'),
      }
      try {
        const secret = await makeKey(viewer, {
          name: typed.name,
          school: typed.school === 'trust' ? null : numberOf(typed.school),
          publishes: typed.publishes === 'yes',
        })
        c.header('Cache-Control', 'no-store')
        return c.html(await keysPage(viewer, { secret, done: 'The key is made.' }))
      } catch (error) {
        const problems = problemsOf(error).map((one) => ({ field: 'name', ...one }))
        return refused(c, keysPage(viewer, { problems, typed }))
      }
    })
    .post('/files/keys/:id/revoke', async (c) => {
      await revokeKey(viewerIn(c), numberOf(c.req.param('id')))
      return toDone(c, '/files/keys', 'key-revoked')
    })
    .get('/files/by-key', async (c) => c.html(await byKeyPage(viewerIn(c), house)))
