import { type Context, Hono } from 'hono'
import { NotHere, Refusal } from '../../../kernel/refusal.ts'
import type { House } from '../../../platform/house.ts'
import type { Env } from '../../../platform/http/env.ts'
import { sentIn } from '../../../platform/http/form.ts'
import type { Problem } from '../../../ui/index.ts'
import { maySetSignIn } from '../domain/can-set-provider.ts'
import { placeFrom, placesFor, rolesToGive } from '../queries/places.ts'
import { setGroupRole } from '../scim/groups.ts'
import { directorySettings } from '../scim/settings.ts'
import { makeScimToken, revokeScimToken } from '../scim/tokens.ts'
import { idOf, roleFor, trustName } from './asked-role.ts'
import { DirectoryPage, GroupRolePage } from './directory-page.tsx'

const told: Record<string, string> = {
  revoked: 'The token is worth nothing any more.',
  given: 'The group’s members hold the role from today.',
  taken: 'The role is taken away from the group’s members.',
}

/** A directory that keeps people by SCIM: its tokens, and what its groups mean. */
export function directoryRoutes(house: House): Hono<Env> {
  const routes = new Hono<Env>()

  const page = async (c: Context<Env>, rest: { token?: string; problems?: readonly Problem[] } = {}) => {
    const viewer = c.get('viewer')
    if (!maySetSignIn(viewer).ok) throw new NotHere()
    return (
      <DirectoryPage
        viewer={viewer}
        trust={await trustName(viewer)}
        settings={await directorySettings(viewer)}
        address={`${house.config.origin}/scim/v2`}
        rolesToGive={rolesToGive(viewer)}
        done={told[c.req.query('done') ?? '']}
        {...rest}
      />
    )
  }

  routes.get('/people/sign-in/directory', async (c) => c.html(await page(c)))

  routes.post('/people/sign-in/directory/tokens', async (c) => {
    try {
      const token = await makeScimToken(c.get('viewer'), (await sentIn(c)).name ?? '')
      return c.html(await page(c, { token }))
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      return c.html(await page(c, { problems: [{ text: error.message, field: 'name' }] }), 422)
    }
  })
  routes.post('/people/sign-in/directory/tokens/:id/revoke', async (c) => {
    await revokeScimToken(c.get('viewer'), idOf(c))
    return c.redirect('/people/sign-in/directory?done=revoked', 303)
  })

  const groupPage = async (c: Context<Env>, roleName: string | undefined, because?: string) => {
    const viewer = c.get('viewer')
    if (!maySetSignIn(viewer).ok) throw new NotHere()
    const role = roleFor(viewer, roleName)
    const group = (await directorySettings(viewer)).groups.find(({ id }) => id === idOf(c))
    if (!group) throw new NotHere()
    return (
      <GroupRolePage
        viewer={viewer}
        trust={await trustName(viewer)}
        group={group}
        role={role}
        places={await placesFor(viewer, role)}
        {...(because ? { because } : {})}
      />
    )
  }
  routes.get('/people/sign-in/directory/groups/:id/role', async (c) =>
    c.html(await groupPage(c, c.req.query('role'))),
  )
  routes.post('/people/sign-in/directory/groups/:id/role', async (c) => {
    const viewer = c.get('viewer')
    const form = await sentIn(c)
    if (!form.role) {
      await setGroupRole(viewer, idOf(c), undefined)
      return c.redirect('/people/sign-in/directory?done=taken', 303)
    }
    const role = roleFor(viewer, form.role)
    const place = placeFrom(form.place)
    try {
      if (!place) throw new Refusal('Choose where the role is held.')
      await setGroupRole(viewer, idOf(c), { role, place })
      return c.redirect('/people/sign-in/directory?done=given', 303)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      return c.html(await groupPage(c, form.role, error.message), 422)
    }
  })
  return routes
}
