import { type Context, Hono } from 'hono'
import { Refusal } from '../../../kernel/refusal.ts'
import type { House } from '../../../platform/house.ts'
import type { Env } from '../../../platform/http/env.ts'
import { sentIn } from '../../../platform/http/form.ts'
import { SecondPage } from '../pages/second-page.tsx'
import { accountById } from './accounts.ts'
import { arrive, visitOf } from './arrive.ts'
import { openSession } from './open-session.ts'
import { accountByPasskey, optionsToSignIn } from './passkeys.ts'
import { finishSecondStep, secondStepsOf } from './second-step.ts'
import { beginStep, stepOf, takeStep } from './step.ts'

type Sorry = (c: Context, because: string, to?: string) => Promise<Response>

const tooLate = 'That took more than ten minutes, or was begun in another browser. Begin again.'

/** The second step of a sign-in, and signing in by a passkey alone, which is both steps at once. */
export function secondRoutes(house: House, sorry: Sorry): Hono<Env> {
  const routes = new Hono<Env>()

  routes.get('/sign-in/second', async (c) => {
    const half = await stepOf(house, c, 'second')
    if (!half) return c.redirect('/sign-in', 303)
    return c.html(<SecondPage has={await secondStepsOf(house, half.account)} to={half.to} />)
  })

  routes.post('/sign-in/second', async (c) => {
    const half = await stepOf(house, c, 'second')
    if (!half) return sorry(c, tooLate)
    const { code = '' } = await sentIn(c)
    const answer = await finishSecondStep(house, half, code, visitOf(house, c))
    if (answer.ok) {
      await takeStep(house, c, 'second')
      return arrive(house, c, answer.cookies, answer.recovery ? '/account/ways?done=recovered' : half.to)
    }
    return c.html(
      <SecondPage has={await secondStepsOf(house, half.account)} to={half.to} because={answer.because} />,
      answer.wait ? 429 : 422,
    )
  })

  routes.post('/sign-in/passkey/options', async (c) => {
    const half = await stepOf(house, c, 'second')
    const options = await optionsToSignIn(house, half?.account)
    await beginStep(house, c, 'passkey', { challenge: options.challenge, account: half?.account })
    return c.json(options)
  })

  routes.post('/sign-in/passkey', async (c) => {
    const { answer, to } = await sentIn(c)
    const asked = await takeStep(house, c, 'passkey')
    const half = await stepOf(house, c, 'second')
    try {
      if (!asked && answer) throw new Refusal(tooLate)
      const account = await accountById(
        house,
        await accountByPasskey(house, asked ?? { challenge: '' }, answer),
      )
      const entered =
        account && (await openSession(house, account, { way: 'passkey', steps: 'two' }, visitOf(house, c)))
      if (!entered) throw new Refusal('You can’t sign in any more.')
      await takeStep(house, c, 'second')
      return await arrive(house, c, entered.cookies, half?.to ?? to)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      if (half)
        return c.html(
          <SecondPage has={await secondStepsOf(house, half.account)} to={half.to} because={error.message} />,
          422,
        )
      return sorry(c, error.message, to)
    }
  })

  return routes
}
