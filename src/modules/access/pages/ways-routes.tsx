import { type Context, Hono } from 'hono'
import { Refusal } from '../../../kernel/refusal.ts'
import type { House } from '../../../platform/house.ts'
import type { Env } from '../../../platform/http/env.ts'
import { sentIn } from '../../../platform/http/form.ts'
import { addressOf } from '../../../platform/http/rate.ts'
import type { Problem } from '../../../ui/index.ts'
import { appAddress, newSecret } from '../sign-in/authenticator.ts'
import {
  addPasskey,
  endApp,
  endJoin,
  endPasskey,
  keepApp,
  ownAccount,
  ownWays,
  renewCodes,
} from '../sign-in/own-ways.ts'
import { optionsToMake } from '../sign-in/passkeys.ts'
import { beginStep, stepOf, takeStep } from '../sign-in/step.ts'
import { idOf, trustName } from './asked-role.ts'
import { AuthenticatorPage, CodesPage, WaysPage } from './ways-page.tsx'

const told: Record<string, string> = {
  app: 'The app is set up.',
  'app-ended': 'The app is removed.',
  passkey: 'The passkey is kept.',
  'passkey-ended': 'The passkey is removed: it opens nothing any more.',
  joined: 'The two accounts are joined.',
  parted: 'The two accounts are parted.',
  recovered:
    'You are in, with a recovery code that is now used up. If your phone is lost, set up another app or a passkey here.',
}

/** A viewer's own second steps, passkeys and joined accounts. */
export function waysRoutes(house: House): Hono<Env> {
  const routes = new Hono<Env>()

  const page = async (c: Context<Env>, problems: readonly Problem[] = []) => {
    const viewer = c.get('viewer')
    const ways = await ownWays(viewer)
    const notice = await takeStep(house, c, 'notice')
    return (
      <WaysPage
        viewer={viewer}
        trust={await trustName(viewer)}
        ways={ways}
        needed={ways.needsTwo}
        problems={notice ? [{ text: notice.sentence }, ...problems] : problems}
        done={told[c.req.query('done') ?? '']}
      />
    )
  }
  /** Does it and goes on to a page, or says why not. */
  const attempt = async (c: Context<Env>, doIt: () => Promise<Response>, field?: string) => {
    try {
      return await doIt()
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      return c.html(await page(c, [{ text: error.message, field }]), 422)
    }
  }
  const on = (c: Context, done: string) => c.redirect(`/account/ways?done=${done}`, 303)
  const here = (c: Context) => addressOf(c, house.config.behindProxy)
  const codesOr = async (c: Context<Env>, codes: string[] | undefined, done: string) =>
    codes
      ? c.html(<CodesPage viewer={c.get('viewer')} trust={await trustName(c.get('viewer'))} codes={codes} />)
      : on(c, done)

  routes.get('/account/ways', async (c) => c.html(await page(c)))

  routes.post('/account/authenticator', async (c) => {
    const account = await ownAccount(c.get('viewer'))
    await beginStep(house, c, 'authenticator', { account: account.id, secret: newSecret() })
    return c.redirect('/account/authenticator', 303)
  })
  const scanPage = async (c: Context<Env>, because?: string) => {
    const viewer = c.get('viewer')
    const step = await stepOf(house, c, 'authenticator')
    const account = await ownAccount(viewer)
    if (step?.account !== account.id) return undefined
    const trust = await trustName(viewer)
    return (
      <AuthenticatorPage
        viewer={viewer}
        trust={trust}
        address={appAddress(step.secret, account.email, trust)}
        secret={step.secret}
        {...(because ? { because } : {})}
      />
    )
  }
  routes.get('/account/authenticator', async (c) => {
    const shown = await scanPage(c)
    return shown ? c.html(shown) : c.redirect('/account/ways', 303)
  })
  routes.post('/account/authenticator/confirm', async (c) => {
    const step = await stepOf(house, c, 'authenticator')
    if (!step) return c.redirect('/account/ways', 303)
    try {
      const codes = await keepApp(c.get('viewer'), c, step, (await sentIn(c)).code ?? '')
      await takeStep(house, c, 'authenticator')
      return await codesOr(c, codes, 'app')
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      return c.html((await scanPage(c, error.message)) ?? (await page(c)), 422)
    }
  })
  routes.post('/account/authenticator/end', (c) =>
    attempt(
      c,
      async () => {
        await endApp(c.get('viewer'), (await sentIn(c)).code ?? '', here(c))
        return on(c, 'app-ended')
      },
      'code',
    ),
  )
  routes.post('/account/recovery-codes', (c) =>
    attempt(
      c,
      async () => codesOr(c, await renewCodes(c.get('viewer'), (await sentIn(c)).code ?? '', here(c)), ''),
      'code',
    ),
  )

  routes.post('/account/passkeys/options', async (c) => {
    const viewer = c.get('viewer')
    const account = await ownAccount(viewer)
    const options = await optionsToMake(house, account, await trustName(viewer))
    await beginStep(house, c, 'passkey', { challenge: options.challenge, account: account.id })
    return c.json(options)
  })
  routes.post('/account/passkeys', (c) =>
    attempt(c, async () => {
      const { answer, name = '' } = await sentIn(c)
      const asked = await takeStep(house, c, 'passkey')
      const challenge = asked?.account === (await ownAccount(c.get('viewer'))).id ? asked.challenge : ''
      return await codesOr(
        c,
        await addPasskey(c.get('viewer'), c, challenge, { text: answer, name }),
        'passkey',
      )
    }),
  )
  routes.post('/account/passkeys/end', (c) =>
    attempt(c, async () => {
      await endPasskey(c.get('viewer'), (await sentIn(c)).id ?? '')
      return on(c, 'passkey-ended')
    }),
  )
  routes.post('/account/joined/:id/end', (c) =>
    attempt(c, async () => {
      await endJoin(c.get('viewer'), idOf(c))
      return on(c, 'parted')
    }),
  )
  return routes
}
