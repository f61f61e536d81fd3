import { type Context, Hono } from 'hono'
import { Refusal } from '../../../kernel/refusal.ts'
import { includesSchool, mayAnywhere, schoolsWhere } from '../../../kernel/viewer.ts'
import type { Env } from '../../../platform/http/env.ts'
import { sentIn } from '../../../platform/http/form.ts'
import { schoolBySlug, schools, trustOf } from '../../organisation/index.ts'
import { breakGlass, endGlass } from '../commands/break-glass.ts'
import { brokenGlasses } from '../queries/break-glass.ts'
import { idOf } from './asked-role.ts'
import { BreakGlassPage, type TypedGlass } from './break-glass-page.tsx'

/** Breaking the glass, ending it, and each time that it was done. */
export function breakGlassRoutes(): Hono<Env> {
  const routes = new Hono<Env>()

  const page = async (
    c: Context<Env>,
    rest: { typed?: TypedGlass; because?: string; done?: string } = {},
  ) => {
    const viewer = c.get('viewer')
    const byRole = schoolsWhere(
      { ...viewer, grants: viewer.grants.filter(({ opened, node }) => !opened && node !== 'class') },
      'see pupils',
    )
    return (
      <BreakGlassPage
        viewer={viewer}
        trust={(await trustOf(viewer)).name}
        glasses={await brokenGlasses(viewer)}
        schools={(await schools(viewer)).filter((one) => !includesSchool(byRole, one.id))}
        mayBreak={mayAnywhere(viewer, 'break glass')}
        {...rest}
      />
    )
  }

  routes.get('/break-glass', async (c) => {
    const { school, done } = c.req.query()
    const words = done === 'ended' ? 'It has ended. Nothing more can be seen through it.' : undefined
    return c.html(await page(c, { typed: { school }, done: words }))
  })

  routes.post('/break-glass', async (c) => {
    const viewer = c.get('viewer')
    const typed: TypedGlass = await sentIn(c)
    try {
      if (!typed.school) throw new Refusal('Choose the school.')
      const school = await schoolBySlug(viewer, typed.school)
      const { pupil } = await breakGlass(viewer, {
        school: school.id,
        upn: typed.upn,
        reason: typed.reason ?? '',
        hours: Number(typed.hours),
      })
      return c.redirect(pupil === null ? `/schools/${school.slug}` : `/pupils/${pupil}`, 303)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      return c.html(await page(c, { typed, because: error.message }), 422)
    }
  })

  routes.post('/break-glass/:id/end', async (c) => {
    await endGlass(c.get('viewer'), idOf(c))
    return c.redirect('/break-glass?done=ended', 303)
  })

  return routes
}
