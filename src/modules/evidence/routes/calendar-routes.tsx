import { Hono } from 'hono'
import type { House } from '../../../platform/house.ts'
import type { Env } from '../../../platform/http/env.ts'
import { calendarByToken, makeFeed, revokeFeed } from '../calendar/feeds.ts'
import { calendarPage } from '../pages/calendar-page.tsx'
import { doneIn, toDone, viewerIn } from './answering.ts'

/** The calendar of drops, and the private address by which a person’s own calendar reads it. */
export const calendarRoutes = (): Hono<Env> =>
  new Hono<Env>()
    .get('/calendar', async (c) => c.html(await calendarPage(viewerIn(c), { done: doneIn(c) })))
    .post('/calendar/address', async (c) => {
      const viewer = viewerIn(c)
      const token = await makeFeed(viewer)
      c.header('Cache-Control', 'no-store')
      return c.html(await calendarPage(viewer, { token, done: 'Your private address is made.' }))
    })
    .post('/calendar/address/end', async (c) => {
      await revokeFeed(viewerIn(c))
      return toDone(c, '/calendar', 'feed-ended')
    })

/** What a calendar program fetches: no session, only the secret in the address. */
export const feedRoutes = (house: House): Hono<Env> =>
  new Hono<Env>().get('/calendar/:file{.+\\.ics}', async (c) => {
    const text = await calendarByToken(house, c.req.param('file').replace(/\.ics$/, ''))
    c.header('Content-Type', 'text/calendar; charset=utf-8')
    c.header('Cache-Control', 'private, max-age=900')
    return c.body(text)
  })
