import { type Context, Hono } from 'hono'
import { NotHere, Refusal } from '../../../kernel/refusal.ts'
import type { House } from '../../../platform/house.ts'
import type { Env } from '../../../platform/http/env.ts'
import { sentIn } from '../../../platform/http/form.ts'
import { trustsHere } from '../../organisation/index.ts'
import { acceptInvitation, invitationBy } from '../commands/accept-invitation.ts'
import { canAccept } from '../domain/invitation.ts'
import { safeReturn } from '../domain/safe-return.ts'
import { AskResetPage, ChoosePasswordPage, ResetAskedPage, SpentPage } from '../pages/password-pages.tsx'
import { SignInPage, type SignInPageProps } from '../pages/sign-in-page.tsx'
import { demoPeople } from '../queries/demo-people.ts'
import { scimRoutes } from '../scim/routes.ts'
import { arrive, visitOf } from './arrive.ts'
import { authOf } from './auth.ts'
import { signInDemo } from './demo.ts'
import { providerRoutes } from './provider-routes.tsx'
import { providersHere } from './providers.ts'
import { askReset, resetHolder, setByReset } from './reset.ts'
import { secondRoutes } from './second-routes.tsx'
import { signIn } from './sign-in.ts'
import { sessionOf } from './signed-in.ts'
import { beginStep } from './step.ts'

/** Pages for people who have not signed in. */
export function signInRoutes(house: House): Hono<Env> {
  const routes = new Hono<Env>()
  const trustName = async () => {
    const trusts = await trustsHere(house)
    return trusts.length === 1 ? trusts[0]!.name : undefined
  }
  const signInPage = async (props: SignInPageProps) => (
    <SignInPage
      trust={await trustName()}
      demo={await demoPeople(house)}
      providers={await providersHere(house)}
      {...props}
    />
  )
  const visit = (c: Context) => visitOf(house, c)
  const sorry = async (c: Context, because: string, to?: string) =>
    c.html(await signInPage({ to: to && safeReturn(to), problems: [{ text: because }] }), 422)
  routes.route('/', providerRoutes(house, sorry))
  routes.route('/', secondRoutes(house, sorry))
  routes.route('/', scimRoutes(house))
  const go = (c: Context, to: string, cookies: readonly string[]) => {
    for (const cookie of cookies) c.header('set-cookie', cookie, { append: true })
    return c.redirect(to, 303)
  }

  routes.get('/sign-in', async (c) => {
    const to = c.req.query('to')
    const done = c.req.query('done') === 'password' ? 'Your new password is set. Sign in with it.' : undefined
    const out = (await providersHere(house)).find(
      ({ trust, provider }) => `${trust}-${provider}` === c.req.query('out'),
    )
    return c.html(await signInPage({ to: to && safeReturn(to), done, out }))
  })

  routes.post('/sign-in', async (c) => {
    const { email = '', password = '', to } = await sentIn(c)
    const asked = { email, to: to && safeReturn(to) }
    if (!email.trim() || !password)
      return c.html(
        await signInPage({
          ...asked,
          problems: [{ text: 'Enter your e-mail address and your password.', field: 'email' }],
        }),
        422,
      )
    const entered = await signIn(house, { email, password }, visit(c))
    if (entered.ok) return arrive(house, c, entered.cookies, to)
    if (entered.half) {
      await beginStep(house, c, 'second', { account: entered.half.id, way: 'password', to: asked.to })
      return c.redirect('/sign-in/second', 303)
    }
    return c.html(
      await signInPage({ ...asked, problems: [{ text: entered.because, field: 'email' }] }),
      entered.wait ? 429 : 422,
    )
  })

  routes.post('/sign-out', async (c) => {
    const session = await sessionOf(house, c)
    const { headers } = await authOf(house).api.signOut({ headers: c.req.raw.headers, returnHeaders: true })
    const there = (await providersHere(house)).find(
      ({ trust, kind }) => trust === session?.user.trust && kind === session.session.way,
    )
    return go(c, there ? `/sign-in?out=${there.trust}-${there.provider}` : '/sign-in', headers.getSetCookie())
  })

  if (house.config.demo)
    routes.post('/sign-in/demo', async (c) => {
      const { trust, person, to } = await sentIn(c)
      return arrive(
        house,
        c,
        await signInDemo(house, { trust: Number(trust), person: Number(person) }, visit(c)),
        to,
      )
    })

  routes.get('/reset', async (c) => c.html(<AskResetPage trust={await trustName()} />))

  routes.post('/reset', async (c) => {
    const { email = '' } = await sentIn(c)
    const asked = await askReset(house, email, visit(c))
    const trust = await trustName()
    if (asked.ok) return c.html(<ResetAskedPage trust={trust} email={email.trim()} />)
    return c.html(
      <AskResetPage trust={trust} email={email} problems={[{ text: asked.because, field: 'email' }]} />,
      422,
    )
  })

  const spentReset = async () => (
    <SpentPage
      trust={await trustName()}
      title="This link no longer works"
      because="It has been used, or its hour is over."
    >
      <p>
        <a href="/reset">Ask for a new link</a>
      </p>
    </SpentPage>
  )
  const resetPage = async (token: string, email: string, problem?: string) => (
    <ChoosePasswordPage
      trust={await trustName()}
      title="Choose a new password"
      purpose="Setting it signs you out everywhere else."
      action={`/reset/${token}`}
      email={email}
      button="Set the new password"
      problems={problem ? [{ text: problem, field: 'password' }] : []}
    />
  )
  routes.get('/reset/:token', async (c) => {
    const holder = await resetHolder(house, c.req.param('token'))
    return holder
      ? c.html(await resetPage(c.req.param('token'), holder.email))
      : c.html(await spentReset(), 404)
  })
  routes.post('/reset/:token', async (c) => {
    const token = c.req.param('token')
    const holder = await resetHolder(house, token)
    if (!holder) return c.html(await spentReset(), 404)
    try {
      await setByReset(house, token, (await sentIn(c)).password ?? '', visit(c).address)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      return c.html(await resetPage(token, holder.email, error.message), 422)
    }
    return c.redirect('/sign-in?done=password', 303)
  })

  routes.get('/invitations/:token', async (c) => invitationPage(c, c.req.param('token')))
  routes.post('/invitations/:token', async (c) => {
    const token = c.req.param('token')
    const { password = '' } = await sentIn(c)
    try {
      const { email } = await acceptInvitation(house, token, password)
      const entered = await signIn(house, { email, password }, visit(c))
      return entered.ok ? arrive(house, c, entered.cookies, '/') : c.redirect('/sign-in?done=password', 303)
    } catch (error) {
      if (error instanceof NotHere || !(error instanceof Refusal)) throw error
      return invitationPage(c, token, error.message)
    }
  })

  async function invitationPage(c: Context, token: string, problem?: string) {
    const invitation = await invitationBy(house, token)
    const open = canAccept(invitation, house.clock.now())
    if (!open.ok)
      return c.html(
        <SpentPage
          trust={invitation.trustName}
          title="This invitation no longer works"
          because={open.because}
        >
          <p>
            <a href="/sign-in">Sign in</a>
          </p>
        </SpentPage>,
        410,
      )
    return c.html(
      <ChoosePasswordPage
        trust={invitation.trustName}
        title={`Welcome, ${invitation.name}`}
        purpose={`Choose a password, and you are in ${invitation.trustName}’s Throughline.`}
        action={`/invitations/${token}`}
        email={invitation.email}
        button="Set the password and go in"
        problems={problem ? [{ text: problem, field: 'password' }] : []}
      />,
      problem ? 422 : 200,
    )
  }

  return routes
}
