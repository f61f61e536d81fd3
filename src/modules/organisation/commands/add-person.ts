import { Refusal } from '../../../kernel/refusal.ts'
import { may, mayAnywhere } from '../../../kernel/viewer.ts'
import { record, write } from '../../../platform/database/door.ts'
import type { Viewer } from '../../../platform/viewer.ts'

export interface NewPerson {
  readonly name: string
  readonly email: string
  readonly title?: string
  /** Where they work; the trust's own team when no school is named. */
  readonly school?: number
  readonly from?: string
}

/** Someone who works or governs in the trust, with the post they hold; the answer is their id. */
export async function addPerson(viewer: Viewer, person: NewPerson): Promise<number> {
  const right =
    person.school === undefined
      ? may(viewer, 'manage people')
      : mayAnywhere(viewer, 'manage people') && may(viewer, 'manage people', { school: person.school })
  if (!right) throw new Refusal('You can’t add people here.')
  const name = person.name.trim()
  const email = person.email.trim()
  if (!name) throw new Refusal('Enter the person’s name.')
  if (!/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(email))
    throw new Refusal('Enter an e-mail address, like name@school.org.uk.')
  return write(viewer, async (tx) => {
    const known = await tx
      .selectFrom('organisation.person')
      .select('name')
      .where((find) => find(find.fn<string>('lower', ['email']), '=', email.toLowerCase()))
      .executeTakeFirst()
    if (known) throw new Refusal(`${known.name} already has the address ${email}.`)
    const { person_id: id } = await tx
      .insertInto('organisation.person')
      .values({ trust_id: viewer.trust, name, email, title: person.title ?? '' })
      .returning('person_id')
      .executeTakeFirstOrThrow()
    if (person.title) {
      await tx
        .insertInto('organisation.post')
        .values({
          trust_id: viewer.trust,
          person_id: id,
          school_id: person.school ?? null,
          title: person.title,
          from_day: person.from ?? viewer.today,
          to_day: null,
        })
        .execute()
    }
    await record(viewer, tx, {
      subject: 'organisation.person',
      id,
      deed: 'added',
      school: person.school ?? null,
    })
    return id
  })
}
