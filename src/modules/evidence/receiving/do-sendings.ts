import { NotHere, Refusal } from '../../../kernel/refusal.ts'
import { read } from '../../../platform/database/door.ts'
import type { House } from '../../../platform/house.ts'
import type { Work } from '../../../platform/jobs.ts'
import { holderOf, type KeyHolder } from './keys.ts'
import { receive } from './receive.ts'
import { schoolOf } from './send-by-key.ts'
import { type Answer, answerSending, type SendingWish, sendingWork } from './sendings.ts'

interface Parcel {
  readonly sending: number
  readonly key: number
}

/** Takes the files that keys send from now on, one at a time, outside any request. `changed` is called when what readers see has changed. */
export const handleSendings = (house: House, changed: () => void = () => {}): Promise<void> =>
  house.jobs.handle<Parcel>(sendingWork, async ({ trust, data: { sending, key } }: Work<Parcel>) => {
    const holder = await holderOf(house, trust, key)
    if (!holder) throw new Refusal('The key was revoked before its file was read. Nothing of it was kept.')
    const row = await read(holder.viewer, (db) =>
      db
        .selectFrom('evidence.sending')
        .select(['name', 'wish', 'answer'])
        .where('trust_id', '=', trust)
        .where('sending_id', '=', sending)
        .executeTakeFirst(),
    )
    if (!row || row.answer) return
    const wish = row.wish as SendingWish
    const answer = await takenIn(holder, row.name, wish)
    await answerSending(holder, sending, { name: row.name, answer, sha256: wish.sha256 })
    if ('receipts' in answer && answer.receipts.some(({ state }) => state === 'published')) changed()
  })

async function takenIn(
  holder: KeyHolder,
  name: string,
  { sha256, bytes, urn, drop }: SendingWish,
): Promise<Answer> {
  try {
    const school = await schoolOf(holder, urn)
    return {
      receipts: await receive(holder.viewer, {
        upload: { name, sha256, bytes },
        school,
        drop,
        publishes: holder.publishes,
      }),
    }
  } catch (error) {
    if (error instanceof Refusal || error instanceof NotHere) return { error: error.message }
    throw error
  }
}
