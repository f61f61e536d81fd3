import { type Context, Hono } from 'hono'
import { isDay } from '../../kernel/days.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { leaveTrust, mergeSchools } from '../../modules/evidence/index.ts'
import { addSchool, type Phase, schoolBySlug } from '../../modules/organisation/index.ts'
import type { Env } from '../../platform/http/env.ts'
import { dayIn, first, problemsOf, type Sent, sentIn } from '../../platform/http/form.ts'
import { leavePage } from './leave-page.tsx'
import { membershipPage } from './membership-page.tsx'
import { mergePage } from './merge-page.tsx'
import { ownData } from './own-data.ts'

const phases: readonly string[] = ['primary', 'secondary', 'special', 'all-through']

/** Schools that join the trust, leave it and merge. */
export function membershipRoutes(): Hono<Env> {
  const routes = new Hono<Env>()
  const done: Readonly<Record<string, string>> = {
    joined: 'The school is in the trust. Bring in its pupils and its history next.',
    left: 'It is recorded that the school leaves.',
    merged: 'The schools are merged.',
  }
  const told = (c: Context<Env>) => done[c.req.query('done') ?? '']

  routes.get('/membership', async (c) => c.html(await membershipPage(c.get('viewer'), { done: told(c) })))
  routes.post('/membership', async (c) => {
    const viewer = c.get('viewer')
    const typed = await sentIn(c)
    try {
      await joins(viewer, typed)
      return c.redirect('/membership?done=joined', 303)
    } catch (error) {
      return c.html(await membershipPage(viewer, { problems: problemsOf(error), typed }), 422)
    }
  })

  routes.get('/membership/:slug/leave', async (c) => {
    const viewer = c.get('viewer')
    const typed: Sent = c.req.query()
    try {
      return c.html(await leavePage(viewer, c.req.param('slug'), { typed, done: told(c) }))
    } catch (error) {
      return c.html(await leavePage(viewer, c.req.param('slug'), { typed, problems: problemsOf(error) }), 422)
    }
  })
  routes.post('/membership/:slug/leave', async (c) => {
    const [viewer, slug] = [c.get('viewer'), c.req.param('slug')]
    const typed = await sentIn(c)
    const school = await schoolBySlug(viewer, slug)
    try {
      await leaveTrust(viewer, {
        school: school.id,
        last: dayIn(typed, 'last'),
        why: first(typed, 'why'),
      })
      return c.redirect(`/membership/${slug}/leave?done=left`, 303)
    } catch (error) {
      return c.html(await leavePage(viewer, slug, { typed, problems: problemsOf(error) }), 422)
    }
  })
  routes.get('/membership/:slug/merge', async (c) => {
    const [viewer, typed] = [c.get('viewer'), c.req.query()]
    try {
      return c.html(await mergePage(viewer, c.req.param('slug'), { typed }))
    } catch (error) {
      return c.html(await mergePage(viewer, c.req.param('slug'), { typed, problems: problemsOf(error) }), 422)
    }
  })
  routes.post('/membership/:slug/merge', async (c) => {
    const [viewer, slug] = [c.get('viewer'), c.req.param('slug')]
    const typed = await sentIn(c)
    const from = (await schoolBySlug(viewer, slug)).id
    try {
      await mergeSchools(viewer, { from, into: Number(first(typed, 'into')), day: dayIn(typed, 'day') })
      return c.redirect('/membership?done=merged', 303)
    } catch (error) {
      return c.html(await mergePage(viewer, slug, { typed, problems: problemsOf(error) }), 422)
    }
  })
  routes.post('/membership/:slug/own-data', async (c) => {
    const viewer = c.get('viewer')
    const { name, zip } = await ownData(viewer, (await schoolBySlug(viewer, c.req.param('slug'))).id)
    c.header('Content-Type', 'application/zip')
    c.header('Cache-Control', 'no-store')
    c.header('Content-Disposition', `attachment; filename="${name}"`)
    return c.body(zip as Uint8Array<ArrayBuffer>)
  })
  return routes
}

async function joins(viewer: Parameters<typeof addSchool>[0], typed: Sent): Promise<void> {
  const from = dayIn(typed, 'joined')
  const [name, phase, laestab, shortName] = ['name', 'phase', 'laestab', 'short'].map((field) =>
    first(typed, field),
  ) as [string, string, string, string]
  if (!name) throw new Refusal('Enter the school’s name.')
  if (!phases.includes(phase)) throw new Refusal('Choose its phase.')
  if (!isDay(from))
    throw new Refusal(from ? `${from} is not a day on the calendar.` : 'Say on which day it joined.')
  const digits = laestab.replace(/\D/g, '')
  if (laestab && digits.length !== 7)
    throw new Refusal('A LAESTAB has three digits and four, such as 999/2001.')
  await addSchool(viewer, {
    urn: first(typed, 'urn'),
    name,
    phase: phase as Phase,
    from,
    ...(shortName ? { shortName } : {}),
    ...(digits ? { laestab: digits } : {}),
  })
}
