import { type Day, isDay } from '../../../kernel/days.ts'
import { enforce, NotHere, Refusal } from '../../../kernel/refusal.ts'
import { record, type Writing } from '../../../platform/database/door.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { canRecordLeaving } from '../domain/leaving.ts'

/**
 * Writes the last day that a person worked here, or takes it back (`null`), in the caller's transaction; the answer is the day that stood there.
 * @throws Refusal for oneself. @throws NotHere when there is no such person.
 */
export async function recordLeaving(
  viewer: Viewer,
  tx: Writing,
  id: number,
  last: Day | null,
): Promise<Day | null> {
  enforce(canRecordLeaving(viewer, id))
  if (last !== null && !isDay(last)) throw new Refusal('Enter the last day they worked here.')
  const person = await tx
    .selectFrom('organisation.person')
    .where('trust_id', '=', viewer.trust)
    .where('person_id', '=', id)
    .select('left_on as leftOn')
    .forUpdate()
    .executeTakeFirst()
  if (!person) throw new NotHere()
  await tx
    .updateTable('organisation.person')
    .set({ left_on: last })
    .where('trust_id', '=', viewer.trust)
    .where('person_id', '=', id)
    .execute()
  await record(viewer, tx, {
    subject: 'organisation.person',
    id,
    deed: last === null ? 'came back' : 'left',
    detail: { last, before: person.leftOn },
  })
  return person.leftOn
}
