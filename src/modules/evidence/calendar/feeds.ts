import { NotHere } from '../../../kernel/refusal.ts'
import { read, record, write } from '../../../platform/database/door.ts'
import type { House } from '../../../platform/house.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { atTheDoor, viewerOf } from '../../access/index.ts'
import { trustOf } from '../../organisation/index.ts'
import { drops } from '../drops/queries/drops.ts'
import { calendarText } from './calendar-feed.ts'
import { newToken, tokenHash, tokenTrust } from './feed-token.ts'

/** When the viewer's private calendar address was made; nothing when they have none. */
export const feedMadeAt = (viewer: Viewer): Promise<Date | undefined> =>
  read(
    viewer,
    async (db) =>
      (
        await db
          .selectFrom('evidence.calendar_feed')
          .where('trust_id', '=', viewer.trust)
          .where('person_id', '=', viewer.person)
          .where('revoked_at', 'is', null)
          .select('made_at')
          .executeTakeFirst()
      )?.made_at,
  )

/** Makes a new private address, said this once; an earlier one stops working. */
export const makeFeed = (viewer: Viewer): Promise<string> =>
  write(viewer, async (tx) => {
    const token = newToken(viewer.trust)
    const at = viewer.house.clock.now()
    await tx
      .updateTable('evidence.calendar_feed')
      .set({ revoked_at: at })
      .where('trust_id', '=', viewer.trust)
      .where('person_id', '=', viewer.person)
      .where('revoked_at', 'is', null)
      .execute()
    await tx
      .insertInto('evidence.calendar_feed')
      .values({ trust_id: viewer.trust, person_id: viewer.person, token_hash: tokenHash(token), made_at: at })
      .execute()
    await record(viewer, tx, { subject: 'evidence.calendar_feed', id: viewer.person, deed: 'made' })
    return token
  })

/** The viewer's address stops working now. */
export const revokeFeed = (viewer: Viewer): Promise<void> =>
  write(viewer, async (tx) => {
    await tx
      .updateTable('evidence.calendar_feed')
      .set({ revoked_at: viewer.house.clock.now() })
      .where('trust_id', '=', viewer.trust)
      .where('person_id', '=', viewer.person)
      .where('revoked_at', 'is', null)
      .execute()
    await record(viewer, tx, { subject: 'evidence.calendar_feed', id: viewer.person, deed: 'revoked' })
  })

/** The calendar behind a private address, for whoever holds it. @throws NotHere when it was revoked, never was, or its owner has left. */
export async function calendarByToken(house: House, token: string): Promise<string> {
  const trust = tokenTrust(token)
  if (trust === undefined) throw new NotHere()
  const owner = await read(atTheDoor(house, trust), (db) =>
    db
      .selectFrom('evidence.calendar_feed')
      .where('trust_id', '=', trust)
      .where('token_hash', '=', tokenHash(token))
      .where('revoked_at', 'is', null)
      .select('person_id')
      .executeTakeFirst(),
  )
  if (!owner) throw new NotHere()
  const viewer = await viewerOf(house, trust, owner.person_id)
  if (viewer.grants.length === 0) throw new NotHere()
  return calendarText(await drops(viewer), {
    trust: (await trustOf(viewer)).name,
    origin: house.config.origin,
    stamp: house.clock.now(),
  })
}
