import { Hono } from 'hono'
import { NotHere, Refusal } from '../../../kernel/refusal.ts'
import { includesSchool } from '../../../kernel/viewer.ts'
import type { Env } from '../../../platform/http/env.ts'
import { sentIn } from '../../../platform/http/form.ts'
import type { Problem } from '../../../ui/index.ts'
import { schoolBySlug, schools } from '../../organisation/index.ts'
import { invite } from '../commands/invite.ts'
import { pageOfPeople } from '../domain/page-of-people.ts'
import { peopleList } from '../queries/people-list.ts'
import { maySeePeople, peopleScope } from '../queries/person.ts'
import { placesFor, rolesToGive } from '../queries/places.ts'
import { askedRole, fieldOf, roleFor, trustName } from './asked-role.ts'
import { InvitePage, InviteRolePage } from './give-role-page.tsx'
import { PeoplePage } from './people-page.tsx'
import { RolesPage } from './roles-page.tsx'

/** People, who may see what, and bringing someone in. */
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
    const words = c.req.query('name')?.trim() ?? ''
    const everyone = await peopleList(viewer, school?.id)
    return c.html(
      <PeoplePage
        viewer={viewer}
        trust={await trustName(viewer)}
        list={pageOfPeople(everyone, words, Number(c.req.query('page') ?? 1))}
        words={words}
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
    const form = await sentIn(c)
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

  return routes
}
