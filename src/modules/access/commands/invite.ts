import { type Day, dayName, londonDay } from '../../../kernel/days.ts'
import { allowed, enforce, NotHere, Refusal, refused, type Verdict } from '../../../kernel/refusal.ts'
import { type Role, roleNames, roles } from '../../../kernel/roles.ts'
import { schoolsWhere } from '../../../kernel/viewer.ts'
import { read, record, write } from '../../../platform/database/door.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import {
  addPerson,
  personByEmail,
  person as personById,
  schoolByUrn,
  trustOf,
} from '../../organisation/index.ts'
import { invitationDays } from '../domain/invitation.ts'
import type { RolePlace } from '../domain/role-places.ts'
import { schoolsOfPerson } from '../queries/roles-held.ts'
import { accountOf } from '../sign-in/accounts.ts'
import { newToken } from '../sign-in/invitation-token.ts'
import { auditIn } from './audit.ts'
import { checkRole, giveRole } from './give-role.ts'

export interface Invited {
  readonly name: string
  readonly email: string
  /** Their post, as shown beside the name. */
  readonly title?: string
  readonly role: Role
  readonly place: RolePlace
  readonly from: Day
  readonly to: Day | null
}

export interface Invitation {
  readonly person: number
  /** The address at which they set a password: for the command line, never for a page. */
  readonly link: string
  readonly expires: Date
  /** Why the letter could not be sent, when it could not. */
  readonly notSent?: string
}

/**
 * Brings someone in: a person, a role and an e-mail by which they set a password.
 * @throws Refusal in a sentence, with nothing changed.
 */
export async function invite(viewer: Viewer, who: Invited): Promise<Invitation> {
  const email = who.email.trim().toLowerCase()
  const known = await personByEmail(viewer, email)
  const asked = { role: who.role, place: who.place, from: who.from, to: who.to }
  if (known) {
    if (await accountOf(viewer.house, viewer.trust, known.id))
      throw new Refusal(`${known.name} can sign in already. Give them the role on their own page.`)
    await giveRole(viewer, { ...asked, person: known.id })
    return await sendInvitation(viewer, known.id)
  }
  await checkRole(viewer, asked)
  const person = await addPerson(viewer, {
    name: who.name,
    email,
    ...(who.title?.trim() ? { title: who.title.trim() } : { title: roleNames[who.role] }),
    ...('school' in who.place ? { school: who.place.school } : {}),
  })
  await giveRole(viewer, { ...asked, person })
  return await sendInvitation(viewer, person)
}

/** May this person be sent an invitation by this viewer? */
async function canInvite(viewer: Viewer, person: number): Promise<Verdict> {
  const { leftOn, name } = await personById(viewer, person)
  const managed = schoolsWhere(viewer, 'manage people')
  const theirs = await read(viewer, (db) => schoolsOfPerson(db, viewer, person))
  if (managed !== 'all' && !theirs.some((school) => managed.includes(school))) throw new NotHere()
  if (leftOn !== null && leftOn < viewer.today) return refused(`${name} left on ${dayName(leftOn)}.`)
  if (await accountOf(viewer.house, viewer.trust, person))
    return refused(`${name} can sign in already. A forgotten password is set anew from the sign-in page.`)
  return allowed
}

/** Sends an invitation by e-mail; an earlier one no longer holds. @throws Refusal when they can sign in already, or have left. */
export async function sendInvitation(viewer: Viewer, person: number): Promise<Invitation> {
  enforce(await canInvite(viewer, person))
  const { house } = viewer
  const now = house.clock.now()
  const expires = new Date(now.getTime() + invitationDays * 86_400_000)
  const { token, hash } = newToken(viewer.trust)
  await write(viewer, async (tx) => {
    await tx
      .updateTable('access.invitation')
      .set({ withdrawn_at: now })
      .where('trust_id', '=', viewer.trust)
      .where('person_id', '=', person)
      .where('accepted_at', 'is', null)
      .where('withdrawn_at', 'is', null)
      .execute()
    await tx
      .insertInto('access.invitation')
      .values({
        trust_id: viewer.trust,
        person_id: person,
        token_hash: hash,
        invited_by: viewer.person || null,
        invited_at: now,
        expires_at: expires,
        accepted_at: null,
        withdrawn_at: null,
      })
      .execute()
    await record(viewer, tx, { subject: 'organisation.person', id: person, deed: 'invited' })
    await auditIn(viewer, tx, { deed: 'invited', subject: 'organisation.person', id: person })
  })
  const link = `${house.config.origin}/invitations/${token}`
  const letter = await invitationLetter(viewer, person, link, expires)
  try {
    await house.mail.send(letter)
    return { person, link, expires }
  } catch (error) {
    house.log.error('invitation not sent', error, { person })
    return {
      person,
      link,
      expires,
      notSent: error instanceof Refusal ? error.message : 'The e-mail could not be sent.',
    }
  }
}

async function invitationLetter(viewer: Viewer, person: number, link: string, expires: Date) {
  const [{ name, email }, trust] = [await personById(viewer, person), await trustOf(viewer)]
  const opening = viewer.person ? `${viewer.name} has invited you` : 'You are invited'
  const text = `Hello ${name},

${opening} to ${trust.name}’s Throughline, where its schools’ results are read together.

Open this page to choose a password. It works once, until ${dayName(londonDay(expires))}:

${link}

If you did not expect this, there is nothing to do.
`
  return { to: email, subject: `Your invitation to ${trust.name}’s Throughline`, text }
}

/** For the command line: the role and the school as typed. */
export async function inviteUser(
  viewer: Viewer,
  who: { email: string; name: string; role: string; urn?: string; title?: string },
): Promise<{ person: number; email: string; role: Role; link: string; expires: string; sent: boolean }> {
  const role = roles.find((known) => known === who.role)
  if (!role) throw new Refusal(`There is no role ${who.role}. There are: ${roles.join(', ')}.`)
  const place: RolePlace = who.urn
    ? { node: 'school', school: (await schoolByUrn(viewer, who.urn)).id }
    : { node: 'trust' }
  const { name, email, title } = who
  const made = await invite(viewer, {
    name,
    email,
    ...(title ? { title } : {}),
    role,
    place,
    from: viewer.today,
    to: null,
  })
  return {
    person: made.person,
    email,
    role,
    link: made.link,
    expires: made.expires.toISOString(),
    sent: !made.notSent,
  }
}
