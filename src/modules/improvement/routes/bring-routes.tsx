import { type Context, Hono } from 'hono'
import type { Env } from '../../../platform/http/env.ts'
import { problemsOf } from '../../../platform/http/form.ts'
import { numberIn, tried } from '../../purpose/index.ts'
import { bringDocument, leaveOut, type Place, putIn } from '../commands/bring.ts'
import type { FieldName } from '../domain/proposed.ts'
import { bringPage, broughtPage } from '../pages/bring-page.tsx'
import { broughtById } from '../queries/brought.ts'
import { broughtIn } from './brought-in.ts'

const base = '/improvement/evaluations/:id{[0-9]+}/bring'
const idsIn = (c: Context<Env>) => [numberIn(c.req.param('id')), numberIn(c.req.param('brought'))] as const

/** A document from before into the areas of a self-evaluation. */
export const bringRoutes = (): Hono<Env> =>
  new Hono<Env>()
    .get(base, async (c) => c.html(await bringPage(c.get('viewer'), idsIn(c)[0])))
    .post(base, async (c) => {
      const [id] = idsIn(c)
      try {
        const brought = await bringDocument(c.get('viewer'), id, await broughtIn(c))
        return c.redirect(`/improvement/evaluations/${id}/bring/${brought}`, 303)
      } catch (error) {
        return c.html(await bringPage(c.get('viewer'), id, problemsOf(error)), 422)
      }
    })
    .get(`${base}/:brought{[0-9]+}`, async (c) => c.html(await broughtPage(c.get('viewer'), ...idsIn(c))))
    .post(`${base}/:brought{[0-9]+}`, (c) =>
      tried(
        c,
        async (sent) => {
          const [id, brought] = idsIn(c)
          const { parts } = await broughtById(c.get('viewer'), id, brought)
          const places = parts.map((_, at): Place => {
            const area = sent[`area-${at}`]
            return area ? { area, field: (sent[`field-${at}`] ?? 'words') as FieldName } : null
          })
          await putIn(c.get('viewer'), id, brought, places)
          return `/improvement/evaluations/${id}?done=brought`
        },
        (typed) => broughtPage(c.get('viewer'), ...idsIn(c), typed),
      ),
    )
    .post(`${base}/:brought{[0-9]+}/leave`, async (c) => {
      const [id, brought] = idsIn(c)
      await leaveOut(c.get('viewer'), id, brought)
      return c.redirect(`/improvement/evaluations/${id}?done=left-out`, 303)
    })
