import { NotHere, Refusal } from '../../../kernel/refusal.ts'
import { may } from '../../../kernel/viewer.ts'
import { record, write } from '../../../platform/database/door.ts'
import type { Viewer } from '../../../platform/viewer.ts'

/**
 * Changes a person's name, address or title, for whoever manages the people of the whole trust. What they did keeps the name of its day.
 * @throws Refusal when the address is somebody else's. @throws NotHere
 */
export const changePerson = (
  viewer: Viewer,
  id: number,
  next: { readonly name: string; readonly email: string; readonly title: string },
): Promise<void> =>
  write(viewer, async (tx) => {
    if (!may(viewer, 'manage people')) throw new Refusal('You can’t change people here.')
    const [name, email, title] = [next.name.trim(), next.email.trim(), next.title.trim()]
    if (!name) throw new Refusal('Enter the person’s name.')
    if (!/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(email))
      throw new Refusal('Enter an e-mail address, like name@school.org.uk.')
    const other = await tx
      .selectFrom('organisation.person')
      .where('trust_id', '=', viewer.trust)
      .where('person_id', '<>', id)
      .where((find) => find(find.fn<string>('lower', ['email']), '=', email.toLowerCase()))
      .select('name')
      .executeTakeFirst()
    if (other) throw new Refusal(`${other.name} already has the address ${email}.`)
    const before = await tx
      .selectFrom('organisation.person')
      .where('trust_id', '=', viewer.trust)
      .where('person_id', '=', id)
      .select(['name', 'email', 'title'])
      .forUpdate()
      .executeTakeFirst()
    if (!before) throw new NotHere()
    await tx
      .updateTable('organisation.person')
      .set({ name, email, title })
      .where('trust_id', '=', viewer.trust)
      .where('person_id', '=', id)
      .execute()
    await record(viewer, tx, {
      subject: 'organisation.person',
      id,
      deed: 'changed',
      detail: { before, after: { name, email, title } },
    })
  })
