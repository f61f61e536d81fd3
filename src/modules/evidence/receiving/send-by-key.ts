import { createHash, randomUUID } from 'node:crypto'
import { NotHere, Refusal } from '../../../kernel/refusal.ts'
import { read } from '../../../platform/database/door.ts'
import { schoolByUrn } from '../../organisation/index.ts'
import type { KeyHolder } from './keys.ts'
import { type Answer, answerSending, claim, type SendingWish, sendingWork } from './sendings.ts'

export interface Sending {
  readonly upload: { readonly name: string; readonly sha256: string; readonly bytes: number }
  /** URN of the school whose file it is; left out, the key’s own school, or a file of the whole trust. */
  readonly school?: string
  readonly drop?: string
  readonly idempotencyKey?: string
}

/** Where a sending stands: still being read, or with its answer. `again` when the same Idempotency-Key was used before. */
export interface Stands {
  readonly id: number
  readonly answer?: Answer
  readonly again: boolean
}

/**
 * Takes a file that a key sends and leaves it to a job. The same Idempotency-Key with the same file and wishes is the same
 * sending: nothing is done twice. @throws Refusal when that key was used for something else.
 */
export async function sendByKey(holder: KeyHolder, sending: Sending): Promise<Stands> {
  const { upload, school: urn, drop, idempotencyKey } = sending
  const asked = createHash('sha256')
    .update(JSON.stringify([upload.sha256, urn ?? '', drop ?? '']))
    .digest('hex')
  const job = randomUUID()
  const wish: SendingWish = { sha256: upload.sha256, bytes: upload.bytes, urn, drop }
  const { id, made } = await claim(holder, { asked, idempotencyKey, name: upload.name, wish, job })
  if (!made) return { ...(await sendingOf(holder, id)), again: true }
  try {
    await schoolOf(holder, urn)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    await answerSending(holder, id, { name: upload.name, answer: { error: error.message } })
    return { id, answer: { error: error.message }, again: false }
  }
  await holder.viewer.house.jobs.start(holder.viewer, sendingWork, { sending: id, key: holder.key }, job)
  return { id, again: false }
}

/** @throws Refusal for a school that is not the key’s, as for one that does not exist. */
export async function schoolOf(
  { viewer, school }: KeyHolder,
  urn: string | undefined,
): Promise<number | null> {
  if (!urn) return school
  const found = await schoolByUrn(viewer, urn).catch((error) => {
    if (error instanceof NotHere) return undefined
    throw error
  })
  if (!found || (school !== null && found.id !== school))
    throw new Refusal(`This key does not send for a school with the URN ${urn.slice(0, 20)}.`)
  return found.id
}

/** Where an earlier sending of this very key stands. @throws NotHere */
export async function sendingOf({ viewer, key }: KeyHolder, id: number): Promise<Stands> {
  const row = await read(viewer, (db) =>
    db
      .selectFrom('evidence.sending as s')
      .leftJoin('platform.job as j', (join) =>
        join.onRef('j.trust_id', '=', 's.trust_id').onRef('j.job_id', '=', 's.job_id'),
      )
      .select(['s.answer', 'j.state', 'j.trouble'])
      .where('s.trust_id', '=', viewer.trust)
      .where('s.upload_key_id', '=', key)
      .where('s.sending_id', '=', id)
      .executeTakeFirst(),
  )
  if (!row) throw new NotHere()
  if (row.answer) return { id, answer: row.answer as Answer, again: true }
  return { id, again: true, ...(row.state === 'failed' ? { answer: { error: row.trouble! } } : {}) }
}

/** Waits until a sending has its answer, at most so long. */
export async function sendingSoon(holder: KeyHolder, stands: Stands, milliseconds: number): Promise<Stands> {
  if (stands.answer) return stands
  const { viewer } = holder
  const { job } = await read(viewer, (db) =>
    db
      .selectFrom('evidence.sending')
      .select('job_id as job')
      .where('trust_id', '=', viewer.trust)
      .where('sending_id', '=', stands.id)
      .executeTakeFirstOrThrow(),
  )
  if (job) await viewer.house.jobs.settled(viewer, job, milliseconds)
  return { ...(await sendingOf(holder, stands.id)), again: stands.again }
}
