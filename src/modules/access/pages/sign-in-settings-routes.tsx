import { type Context, Hono } from 'hono'
import { NotHere, Refusal } from '../../../kernel/refusal.ts'
import type { House } from '../../../platform/house.ts'
import type { Env } from '../../../platform/http/env.ts'
import { sentIn } from '../../../platform/http/form.ts'
import type { Problem } from '../../../ui/index.ts'
import { maySetSignIn } from '../domain/can-set-provider.ts'
import { backAddress } from '../sign-in/at-provider.ts'
import { endProvider, providersOf, setProvider } from '../sign-in/providers.ts'
import { rolesInTwoSteps, setRolesInTwoSteps } from '../sign-in/rules.ts'
import { idOf, trustName } from './asked-role.ts'
import { SignInSettingsPage, type TypedProvider } from './sign-in-settings-page.tsx'

const told: Record<string, string> = {
  roles: 'Saved. Whoever holds one of these roles is led to their second step.',
  set: 'Saved. It is on the sign-in page now: try it in a private window before you sign out here.',
  ended: 'Nobody signs in there any more.',
}

/** The trust's own rules for signing in. */
export function signInSettingsRoutes(house: House): Hono<Env> {
  const routes = new Hono<Env>()

  const page = async (
    c: Context<Env>,
    rest: { typed?: TypedProvider; problems?: readonly Problem[] } = {},
  ) => {
    const viewer = c.get('viewer')
    if (!maySetSignIn(viewer).ok) throw new NotHere()
    return (
      <SignInSettingsPage
        viewer={viewer}
        trust={await trustName(viewer)}
        inTwoSteps={await rolesInTwoSteps(viewer)}
        providers={await providersOf(viewer)}
        back={backAddress(house)}
        done={told[c.req.query('done') ?? '']}
        {...rest}
      />
    )
  }

  routes.get('/people/sign-in', async (c) => c.html(await page(c)))

  routes.post('/people/sign-in/two-steps', async (c) => {
    const { role = [] } = await c.req.parseBody({ all: true })
    const wanted = (Array.isArray(role) ? role : [role]).filter((one) => typeof one === 'string')
    await setRolesInTwoSteps(c.get('viewer'), wanted)
    return c.redirect('/people/sign-in?done=roles', 303)
  })

  routes.post('/people/sign-in/providers', async (c) => {
    const { clientSecret, ...form } = await sentIn(c)
    const kind = form.kind === 'google' ? 'google' : 'microsoft'
    try {
      await setProvider(c.get('viewer'), {
        kind,
        belongsTo: form.belongsTo?.trim() ?? '',
        clientId: form.clientId?.trim() ?? '',
        clientSecret: clientSecret?.trim() || undefined,
        twoSteps: form.twoSteps === 'yes',
      })
      return c.redirect('/people/sign-in?done=set', 303)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      return c.html(
        await page(c, {
          typed: { ...form, kind },
          problems: [{ text: error.message, field: `${kind}-${fieldOf(error.message)}` }],
        }),
        422,
      )
    }
  })

  routes.post('/people/sign-in/providers/:id/end', async (c) => {
    await endProvider(c.get('viewer'), idOf(c))
    return c.redirect('/people/sign-in?done=ended', 303)
  })
  return routes
}

const fieldOf = (sentence: string) =>
  /secret/.test(sentence) ? 'clientSecret' : /client ID/.test(sentence) ? 'clientId' : 'belongsTo'
