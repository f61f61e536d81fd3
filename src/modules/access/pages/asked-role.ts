import type { Context } from 'hono'
import { NotHere } from '../../../kernel/refusal.ts'
import { type Role, roles } from '../../../kernel/roles.ts'
import { boxesIn, dayIn, type Sent } from '../../../platform/http/form.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import type { Problem } from '../../../ui/index.ts'
import { trustOf } from '../../organisation/index.ts'
import { placeFrom, rolesToGive } from '../queries/places.ts'
import type { TypedRole } from './give-role-page.tsx'

export const trustName = async (viewer: Viewer) => (await trustOf(viewer)).name
export const idOf = (c: Context) => {
  const number = Number(c.req.param('id'))
  if (!Number.isSafeInteger(number) || number < 1 || number > 2_147_483_647) throw new NotHere()
  return number
}

/** The role named in a form or an address, if this viewer could give it somewhere. @throws NotHere */
export function roleFor(viewer: Viewer, name: string | undefined): Role {
  const role = roles.find((known) => known === name)
  if (!role || !rolesToGive(viewer).includes(role)) throw new NotHere()
  return role
}

/** What a form says of a role to be given; problems where it says too little. */
export function askedRole(form: Sent) {
  const place = placeFrom(form.place)
  const typed: TypedRole = {
    place: form.place,
    from: boxesIn(form, 'from'),
    to: boxesIn(form, 'to'),
    name: form.name,
    email: form.email,
    title: form.title,
  }
  const problems: Problem[] = place ? [] : [{ text: 'Choose where the role is held.', field: 'place' }]
  return { place, from: dayIn(form, 'from'), to: dayIn(form, 'to') || null, typed, problems }
}

/** Which field a refusal is about. */
export const fieldOf = (sentence: string): string | undefined =>
  /last day/.test(sentence)
    ? 'to'
    : /begin|first/.test(sentence)
      ? 'from'
      : /e-mail|address|sign in already/.test(sentence)
        ? 'email'
        : /name/.test(sentence)
          ? 'name'
          : 'place'
