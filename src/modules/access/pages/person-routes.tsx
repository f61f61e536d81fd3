import { type Context, Hono } from 'hono'
import { addDays } from '../../../kernel/days.ts'
import { NotHere, Refusal } from '../../../kernel/refusal.ts'
import type { Env } from '../../../platform/http/env.ts'
import { boxesIn, type DayBoxes, dayIn, sentIn } from '../../../platform/http/form.ts'
import type { Problem } from '../../../ui/index.ts'
import { endRole } from '../commands/end-role.ts'
import { giveRole } from '../commands/give-role.ts'
import { sendInvitation } from '../commands/invite.ts'
import { personPage } from '../queries/person.ts'
import { placesFor, rolesToGive } from '../queries/places.ts'
import { askedRole, fieldOf, idOf, roleFor, trustName } from './asked-role.ts'
import { EndRolePage } from './end-role-page.tsx'
import { GiveRolePage } from './give-role-page.tsx'
import { PersonPage } from './person-page.tsx'

const told: Record<string, string> = {
  given: 'The role is given.',
  ended: 'The role is ended.',
  reset: 'How they sign in is reset. They are signed out, and told by e-mail.',
  left: 'It is recorded that they have left.',
  back: 'Taken back: they have not left. Give them their roles again.',
  invited: 'The invitation is on its way.',
  'not-sent':
    'The invitation is made, but its e-mail could not be sent. Ask whoever runs Throughline whether mail works, then send it again.',
}

/** One person: their roles given and ended, an invitation sent. */
export function personRoutes(): Hono<Env> {
  const routes = new Hono<Env>()

  const person = async (c: Context<Env>, rest: { problems?: readonly Problem[] } = {}) => {
    const viewer = c.get('viewer')
    const found = await personPage(viewer, idOf(c))
    const toGive = found.id === viewer.person ? [] : rolesToGive(viewer)
    return (
      <PersonPage
        viewer={viewer}
        trust={await trustName(viewer)}
        person={found}
        toGive={toGive}
        done={told[c.req.query('done') ?? '']}
        {...rest}
      />
    )
  }

  routes.get('/people/:id', async (c) => c.html(await person(c)))

  routes.get('/people/:id/give', async (c) => {
    const viewer = c.get('viewer')
    const found = await personPage(viewer, idOf(c))
    const role = roleFor(viewer, c.req.query('role'))
    const places = await placesFor(viewer, role)
    return c.html(
      <GiveRolePage
        viewer={viewer}
        trust={await trustName(viewer)}
        role={role}
        places={places}
        person={found}
      />,
    )
  })

  routes.post('/people/:id/roles', async (c) => {
    const viewer = c.get('viewer')
    const found = await personPage(viewer, idOf(c))
    const form = await sentIn(c)
    const role = roleFor(viewer, form.role)
    const { place, typed, problems, ...days } = askedRole(form)
    const again = async (wrong: readonly Problem[]) =>
      c.html(
        <GiveRolePage
          viewer={viewer}
          trust={await trustName(viewer)}
          role={role}
          places={await placesFor(viewer, role)}
          person={found}
          typed={typed}
          problems={wrong}
        />,
        422,
      )
    if (!place) return again(problems)
    try {
      await giveRole(viewer, { person: found.id, role, place, ...days })
      return c.redirect(`/people/${found.id}?done=given`, 303)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      return again([{ text: error.message, field: fieldOf(error.message) }])
    }
  })

  const ending = async (c: Context<Env>) => {
    const found = await personPage(c.get('viewer'), idOf(c))
    const held = found.roles.find((one) => one.id === Number(c.req.param('grant')))
    if (!held?.managed) throw new NotHere()
    return { found, held }
  }
  const endPage = async (c: Context<Env>, rest: { typed?: DayBoxes; because?: string } = {}) => {
    const { found, held } = await ending(c)
    const viewer = c.get('viewer')
    return (
      <EndRolePage viewer={viewer} trust={await trustName(viewer)} person={found} held={held} {...rest} />
    )
  }

  routes.get('/people/:id/roles/:grant/end', async (c) => c.html(await endPage(c)))

  routes.post('/people/:id/roles/:grant/end', async (c) => {
    const viewer = c.get('viewer')
    const { found, held } = await ending(c)
    const form = await sentIn(c)
    try {
      await endRole(viewer, held.id, form.when === 'day' ? dayIn(form, 'last') : addDays(viewer.today, -1))
      return c.redirect(`/people/${found.id}?done=ended`, 303)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      return c.html(await endPage(c, { typed: boxesIn(form, 'last'), because: error.message }), 422)
    }
  })

  routes.post('/people/:id/invitations', async (c) => {
    const found = await personPage(c.get('viewer'), idOf(c))
    try {
      const made = await sendInvitation(c.get('viewer'), found.id)
      return c.redirect(`/people/${found.id}?done=${made.notSent ? 'not-sent' : 'invited'}`, 303)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      return c.html(await person(c, { problems: [{ text: error.message }] }), 422)
    }
  })

  return routes
}
