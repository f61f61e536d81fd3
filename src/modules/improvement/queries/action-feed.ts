import ical, { ICalCalendarMethod } from 'ical-generator'
import { addDays } from '../../../kernel/days.ts'
import { NotHere } from '../../../kernel/refusal.ts'
import { read } from '../../../platform/database/door.ts'
import type { House } from '../../../platform/house.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { atTheDoor, viewerOf } from '../../access/index.ts'
import { tokenHash, tokenTrust } from '../../evidence/index.ts'
import { myActions } from './my-actions.ts'

/** When the viewer's private address was made; nothing when they have none. */
export const actionFeedMadeAt = (viewer: Viewer): Promise<Date | undefined> =>
  read(
    viewer,
    async (db) =>
      (
        await db
          .selectFrom('improvement.action_feed')
          .where('trust_id', '=', viewer.trust)
          .where('person_id', '=', viewer.person)
          .where('revoked_at', 'is', null)
          .select('made_at')
          .executeTakeFirst()
      )?.made_at,
  )

/** The calendar behind an address, for whoever holds it. @throws NotHere when it was revoked, never was, or its owner has left. */
export async function actionsByToken(house: House, token: string): Promise<string> {
  const trust = tokenTrust(token)
  if (trust === undefined) throw new NotHere()
  const owner = await read(atTheDoor(house, trust), (db) =>
    db
      .selectFrom('improvement.action_feed')
      .where('trust_id', '=', trust)
      .where('token_hash', '=', tokenHash(token))
      .where('revoked_at', 'is', null)
      .select('person_id')
      .executeTakeFirst(),
  )
  if (!owner) throw new NotHere()
  const viewer = await viewerOf(house, trust, owner.person_id)
  if (viewer.grants.length === 0) throw new NotHere()
  return calendarOf(viewer)
}

/** Open actions as whole-day events on the day on which each is due. */
async function calendarOf(viewer: Viewer): Promise<string> {
  const { origin } = viewer.house.config
  const calendar = ical({
    name: `Actions of ${viewer.name}`,
    method: ICalCalendarMethod.PUBLISH,
    prodId: { company: 'Throughline', product: 'My actions', language: 'EN' },
    ttl: 60 * 60 * 6,
  })
  for (const action of (await myActions(viewer)).filter((one) => one.doneOn === null))
    calendar.createEvent({
      id: `action-${action.id}@${new URL(origin).hostname}`,
      start: new Date(`${action.due}T00:00:00Z`),
      end: new Date(`${addDays(action.due, 1)}T00:00:00Z`),
      allDay: true,
      timezone: 'UTC',
      summary: `Due: ${action.title}`,
      description: action.objectiveTitle,
      url: `${origin}/improvement/objectives/${action.objective}`,
      stamp: viewer.house.clock.now(),
    })
  return calendar.toString()
}
