import { type Context, Hono } from 'hono'
import { Refusal } from '../../../kernel/refusal.ts'
import type { House } from '../../../platform/house.ts'
import type { Env } from '../../../platform/http/env.ts'
import { sentIn } from '../../../platform/http/form.ts'
import { addressOf } from '../../../platform/http/rate.ts'
import type { Problem } from '../../../ui/index.ts'
import { trustOf } from '../../organisation/index.ts'
import { ownRoles } from '../queries/person.ts'
import {
  changePassword,
  hasPassword,
  openSessions,
  revokeOtherSessions,
  revokeSession,
} from '../sign-in/sessions.ts'
import { AccountPage } from './account-page.tsx'

const told: Record<string, string> = {
  ended: 'That session has ended.',
  others: 'You are signed out everywhere else.',
  password: 'Your password is changed, and you are signed out everywhere else.',
}

/** A viewer's own sessions, roles and password. */
export function accountRoutes(house: House): Hono<Env> {
  const routes = new Hono<Env>()
  const page = async (c: Context<Env>, problems: readonly Problem[] = []) => {
    const viewer = c.get('viewer')
    return (
      <AccountPage
        viewer={viewer}
        trust={(await trustOf(viewer)).name}
        roles={await ownRoles(viewer)}
        sessions={await openSessions(viewer, c)}
        password={await hasPassword(viewer)}
        problems={problems}
        done={told[c.req.query('done') ?? '']}
      />
    )
  }

  routes.get('/account', async (c) => c.html(await page(c)))

  routes.post('/account/sessions/end-others', async (c) => {
    await revokeOtherSessions(c.get('viewer'), c)
    return c.redirect('/account?done=others', 303)
  })
  routes.post('/account/sessions/:id/end', async (c) => {
    await revokeSession(c.get('viewer'), c.req.param('id'))
    return c.redirect('/account?done=ended', 303)
  })

  routes.post('/account/password', async (c) => {
    const { present = '', next = '' } = await sentIn(c)
    if (!present)
      return c.html(await page(c, [{ text: 'Enter your present password.', field: 'present' }]), 422)
    try {
      const address = addressOf(c, house.config.behindProxy)
      const cookies = await changePassword(c.get('viewer'), c, { present, next, address })
      for (const cookie of cookies) c.header('set-cookie', cookie, { append: true })
      return c.redirect('/account?done=password', 303)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      const field = /present/.test(error.message) ? 'present' : 'next'
      return c.html(await page(c, [{ text: error.message, field }]), 422)
    }
  })
  return routes
}
