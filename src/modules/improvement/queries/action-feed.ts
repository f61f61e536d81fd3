import ical, { ICalCalendarMethod } from 'ical-generator'
import { addDays } from '../../../kernel/days.ts'
import type { House } from '../../../platform/house.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { privateAddresses } from '../../access/index.ts'
import { myActions } from './my-actions.ts'

const addresses = privateAddresses('improvement.action_feed')

/** The private address of a person's actions: when it was made, a new one, and its end. */
export const { madeAt: actionFeedMadeAt, make: makeActionFeed, revoke: revokeActionFeed } = addresses

/** The calendar behind an address, for whoever holds it. @throws NotHere when it was revoked, never was, or its owner has left. */
export const actionsByToken = async (house: House, token: string): Promise<string> =>
  calendarOf(await addresses.ownerOf(house, token))

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
