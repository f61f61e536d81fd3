import { type Context, Hono } from 'hono'
import { addDays } from '../../../kernel/days.ts'
import { NotHere, Refusal } from '../../../kernel/refusal.ts'
import { type Role, roles } from '../../../kernel/roles.ts'
import { includesSchool } from '../../../kernel/viewer.ts'
import type { Env } from '../../../platform/http/env.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import type { Problem } from '../../../ui/index.ts'
import { schoolBySlug, schools, trustOf } from '../../organisation/index.ts'
import { endRole } from '../commands/end-role.ts'
import { giveRole } from '../commands/give-role.ts'
import { invite, sendInvitation } from '../commands/invite.ts'
import { peopleList } from '../queries/people-list.ts'
import { maySeePeople, peopleScope, personPage } from '../queries/person.ts'
import { placeFrom, placesFor, rolesToGive } from '../queries/places.ts'
import { dayOf, formOf } from './form.ts'
import { GiveRolePage, InvitePage, InviteRolePage, type TypedRole } from './give-role-page.tsx'
import { PeoplePage } from './people-page.tsx'
import { PersonPage } from './person-page.tsx'
import { RolesPage } from './roles-page.tsx'

const told: Record<string, string> = {
  given: 'The role is given.',
  ended: 'The role is ended.',
  invited: 'The invitation is on its way.',
  'not-sent':
    'The invitation is made, but its e-mail could not be sent. Ask whoever runs Throughline whether mail works, then send it again.',
}

const trustName = async (viewer: Viewer) => (await trustOf(viewer)).name
const id = (c: Context) => {
  const number = Number(c.req.param('id'))
  if (!Number.isSafeInteger(number) || number < 1 || number > 2_147_483_647) throw new NotHere()
  return number
}

/** The role named in a form or an address, if this viewer could give it somewhere. @throws NotHere */
function roleFor(viewer: Viewer, name: string | undefined): Role {
  const role = roles.find((known) => known === name)
  if (!role || !rolesToGive(viewer).includes(role)) throw new NotHere()
  return role
}

/** What a form says of a role to be given; problems where it says too little. */
function askedRole(form: Record<string, string | undefined>) {
  const [from, to] = [dayOf(form, 'from'), dayOf(form, 'to')]
  const place = placeFrom(form.place)
  const typed: TypedRole = {
    place: form.place,
    from: from.typed,
    to: to.typed,
    name: form.name,
    email: form.email,
    title: form.title,
  }
  const problems: Problem[] = place ? [] : [{ text: 'Choose where the role is held.', field: 'place' }]
  return { place, from: from.day, to: to.day || null, typed, problems }
}

/** Which field a refusal is about. */
const fieldOf = (sentence: string): string | undefined =>
  /last day/.test(sentence)
    ? 'to'
    : /begin|first/.test(sentence)
      ? 'from'
      : /e-mail|address|sign in already/.test(sentence)
        ? 'email'
        : /name/.test(sentence)
          ? 'name'
          : 'place'

/** People, their roles, and bringing someone in. */
export function peopleRoutes(): Hono<Env> {
  const routes = new Hono<Env>()

  routes.get('/people/roles', async (c) => {
    const viewer = c.get('viewer')
    return c.html(<RolesPage viewer={viewer} trust={await trustName(viewer)} />)
  })

  routes.get('/people', async (c) => {
    const viewer = c.get('viewer')
    if (!maySeePeople(viewer)) return c.redirect('/people/roles', 303)
    const slug = c.req.query('school')
    const school = slug ? await schoolBySlug(viewer, slug) : undefined
    const scope = peopleScope(viewer)
    if (school && !includesSchool(scope, school.id)) throw new NotHere()
    return c.html(
      <PeoplePage
        viewer={viewer}
        trust={await trustName(viewer)}
        people={await peopleList(viewer, school?.id)}
        schools={(await schools(viewer)).filter((one) => includesSchool(scope, one.id))}
        school={school}
        mayInvite={rolesToGive(viewer).length > 0}
      />,
    )
  })

  routes.get('/people/invite', async (c) => {
    const viewer = c.get('viewer')
    const possible = rolesToGive(viewer)
    if (possible.length === 0) throw new NotHere()
    if (!c.req.query('role'))
      return c.html(<InviteRolePage viewer={viewer} trust={await trustName(viewer)} roles={possible} />)
    const role = roleFor(viewer, c.req.query('role'))
    return c.html(
      <InvitePage
        viewer={viewer}
        trust={await trustName(viewer)}
        role={role}
        places={await placesFor(viewer, role)}
      />,
    )
  })

  routes.post('/people/invite', async (c) => {
    const viewer = c.get('viewer')
    const form = await formOf(c)
    const role = roleFor(viewer, form.role)
    const { place, typed, problems, ...days } = askedRole(form)
    const again = async (found: readonly Problem[]) =>
      c.html(
        <InvitePage
          viewer={viewer}
          trust={await trustName(viewer)}
          role={role}
          places={await placesFor(viewer, role)}
          typed={typed}
          problems={found}
        />,
        422,
      )
    if (!form.name?.trim()) problems.unshift({ text: 'Enter their name.', field: 'name' })
    if (!/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(form.email?.trim() ?? ''))
      problems.push({ text: 'Enter an e-mail address, like name@school.org.uk.', field: 'email' })
    if (!place || problems.length > 0) return again(problems)
    try {
      const who = {
        name: form.name!.trim(),
        email: form.email!.trim(),
        title: form.title ?? '',
        role,
        place,
        ...days,
      }
      const made = await invite(viewer, who)
      return c.redirect(`/people/${made.person}?done=${made.notSent ? 'not-sent' : 'invited'}`, 303)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      return again([{ text: error.message, field: fieldOf(error.message) }])
    }
  })

  const person = async (
    c: Context<Env>,
    rest: { problems?: readonly Problem[]; ending?: Parameters<typeof PersonPage>[0]['ending'] } = {},
  ) => {
    const viewer = c.get('viewer')
    const found = await personPage(viewer, id(c))
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
    const found = await personPage(viewer, id(c))
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
    const found = await personPage(viewer, id(c))
    const form = await formOf(c)
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

  routes.post('/people/:id/roles/:grant/end', async (c) => {
    const viewer = c.get('viewer')
    const found = await personPage(viewer, id(c))
    const grant = Number(c.req.param('grant'))
    if (!found.roles.some((held) => held.id === grant)) throw new NotHere()
    const form = await formOf(c)
    const { day, typed } = dayOf(form, 'last')
    try {
      await endRole(viewer, grant, form.when === 'day' ? day : addDays(viewer.today, -1))
      return c.redirect(`/people/${found.id}?done=ended`, 303)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      const ending = { id: grant, typed, because: error.message }
      return c.html(
        await person(c, { problems: [{ text: error.message, field: `last-${grant}` }], ending }),
        422,
      )
    }
  })

  routes.post('/people/:id/invitations', async (c) => {
    const found = await personPage(c.get('viewer'), id(c))
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
