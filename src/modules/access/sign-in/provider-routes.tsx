import { type Context, Hono } from 'hono'
import { NotHere, Refusal } from '../../../kernel/refusal.ts'
import type { House } from '../../../platform/house.ts'
import type { Env } from '../../../platform/http/env.ts'
import { Forbidden } from '../../../platform/http/problem.ts'
import type { Claims } from '../domain/provider-claims.ts'
import { safeReturn } from '../domain/safe-return.ts'
import { accountById } from './accounts.ts'
import { arrive, visitOf } from './arrive.ts'
import { claimsFrom, signOutThere, wayToProvider } from './at-provider.ts'
import { accountFor, joinTo } from './join.ts'
import { openSession } from './open-session.ts'
import { type Provider, providerToAsk } from './providers.ts'
import { secondStepsOf } from './second-step.ts'
import { sessionOf } from './signed-in.ts'
import { beginStep, type Steps, takeStep } from './step.ts'

type Sorry = (c: Context, because: string, to?: string) => Promise<Response>

const whole = (text: string | undefined): number => {
  const number = Number(text)
  if (!Number.isSafeInteger(number) || number < 1 || number > 2_147_483_647) throw new NotHere()
  return number
}

/**
 * Signing in at Microsoft or Google. Links, not forms: a page's `form-action 'self'` also forbids a form that is sent on elsewhere.
 * `sorry` is the sign-in page with a sentence.
 */
export function providerRoutes(house: House, sorry: Sorry): Hono<Env> {
  const routes = new Hono<Env>()

  const asked = (c: Context) =>
    providerToAsk(house, whole(c.req.param('trust')), whole(c.req.param('provider')))

  async function leave(c: Context, rest: Pick<Steps['provider'], 'to' | 'link'>): Promise<Response> {
    const provider = await asked(c)
    const { url, kept } = await wayToProvider(house, provider)
    await beginStep(house, c, 'provider', {
      trust: provider.trust,
      provider: provider.id,
      ...kept,
      ...rest,
    })
    return c.redirect(url, 303)
  }

  async function sayUnderWays(c: Context, sentence: string): Promise<Response> {
    await beginStep(house, c, 'notice', { sentence })
    return c.redirect('/account/ways', 303)
  }

  routes.get('/sign-in/with/:trust/:provider', async (c) => {
    const to = c.req.query('to')
    try {
      return await leave(c, { to: to && safeReturn(to) })
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      return await sorry(c, error.message, to)
    }
  })

  routes.get('/sign-in/join/:trust/:provider', async (c) => {
    const site = c.req.header('sec-fetch-site')
    if (site !== undefined && site !== 'same-origin')
      throw new Forbidden('Open “Your account” and join the two from there.')
    const session = await sessionOf(house, c)
    if (!session) return c.redirect('/sign-in?to=/account/ways', 303)
    try {
      return await leave(c, { link: session.user.id })
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      return await sayUnderWays(c, error.message)
    }
  })

  routes.get('/sign-in/back', async (c) => {
    const begun = await takeStep(house, c, 'provider')
    if (!begun)
      return await sorry(c, 'That sign-in was not begun in this browser, or too long ago. Begin again.')
    try {
      const provider = await providerToAsk(house, begun.trust, begun.provider)
      const claims = await claimsFrom(house, provider, new URL(c.req.url).search, begun)
      if (begun.link) return await joined(c, begun.link, provider, claims)
      const account = await accountFor(house, provider, claims)
      if (!provider.twoSteps && (await secondStepsOf(house, account.id)).any) {
        await beginStep(house, c, 'second', { account: account.id, way: provider.kind, to: begun.to })
        return c.redirect('/sign-in/second', 303)
      }
      const steps = provider.twoSteps ? 'two' : 'one'
      const entered = await openSession(house, account, { way: provider.kind, steps }, visitOf(house, c))
      if (!entered) return await sorry(c, 'You can’t sign in any more: it is recorded that you have left.')
      return await arrive(house, c, entered.cookies, begun.to)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      if (error.cause) house.log.error('sign-in at a provider failed', error.cause)
      return begun.link ? await sayUnderWays(c, error.message) : await sorry(c, error.message, begun.to)
    }
  })

  /** Only for the account that asked, and only while it is the one signed in here. */
  async function joined(c: Context, link: string, provider: Provider, claims: Claims): Promise<Response> {
    const session = await sessionOf(house, c)
    const account = await accountById(house, link)
    if (!account || session?.user.id !== link)
      return await sorry(c, 'Somebody else is signed in here now, so nothing was joined.')
    await joinTo(house, provider, claims, account)
    return c.redirect('/account/ways?done=joined', 303)
  }

  routes.get('/sign-in/out/:trust/:provider', async (c) =>
    c.redirect((await signOutThere(house, await asked(c))) ?? '/sign-in', 303),
  )

  return routes
}
