import type { House } from '../../../platform/house.ts'
import { privateAddresses } from '../../access/index.ts'
import { trustOf } from '../../organisation/index.ts'
import { drops } from '../drops/queries/drops.ts'
import { calendarText } from './calendar-feed.ts'

const addresses = privateAddresses('evidence.calendar_feed')

/** The private address of the assessment calendar: when it was made, a new one, and its end. */
export const { madeAt: feedMadeAt, make: makeFeed, revoke: revokeFeed } = addresses

/** The calendar behind a private address, for whoever holds it. @throws NotHere when it was revoked, never was, or its owner has left. */
export async function calendarByToken(house: House, token: string): Promise<string> {
  const viewer = await addresses.ownerOf(house, token)
  return calendarText(await drops(viewer), {
    trust: (await trustOf(viewer)).name,
    origin: house.config.origin,
    stamp: house.clock.now(),
  })
}
