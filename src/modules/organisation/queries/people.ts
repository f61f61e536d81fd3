import { NotHere } from '../../../kernel/refusal.ts'
import { type Reading, read } from '../../../platform/database/door.ts'
import type { Viewer } from '../../../platform/viewer.ts'

export interface Person {
  readonly id: number
  readonly name: string
  readonly email: string
  /** Their post, as shown beside the name. */
  readonly title: string
  /** The last day they worked here. */
  readonly leftOn: string | null
}

const select = (db: Reading) =>
  db
    .selectFrom('organisation.person')
    .select(['person_id as id', 'name', 'email', 'title', 'left_on as leftOn'])

/** Everyone who works or governs in the trust, by surname as written last. Those who have left come with the day. */
export async function people(viewer: Viewer): Promise<Person[]> {
  const found = await read(viewer, (db) => select(db).execute())
  const surname = (name: string) => name.split(' ').at(-1) ?? name
  return found.sort((a, b) => surname(a.name).localeCompare(surname(b.name), 'en') || a.id - b.id)
}

/** @throws NotHere */
export async function person(viewer: Viewer, id: number): Promise<Person> {
  const found = await read(viewer, (db) => select(db).where('person_id', '=', id).executeTakeFirst())
  if (!found) throw new NotHere()
  return found
}

/** By e-mail address, in any case of letters. */
export const personByEmail = (viewer: Viewer, email: string): Promise<Person | undefined> =>
  read(viewer, (db) =>
    select(db)
      .where((find) => find(find.fn<string>('lower', ['email']), '=', email.trim().toLowerCase()))
      .executeTakeFirst(),
  )
