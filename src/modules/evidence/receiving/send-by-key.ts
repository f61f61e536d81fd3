import { createHash } from 'node:crypto'
import { NotHere, Refusal } from '../../../kernel/refusal.ts'
import { read, write } from '../../../platform/database/door.ts'
import { audit } from '../../access/index.ts'
import { schoolByUrn } from '../../organisation/index.ts'
import type { KeyHolder } from './keys.ts'
import { type Receipt, receive } from './receive.ts'

export interface Sending {
  readonly upload: { readonly name: string; readonly sha256: string; readonly bytes: number }
  /** URN of the school whose file it is; left out, the key’s own school, or a file of the whole trust. */
  readonly school?: string
  readonly drop?: string
  readonly idempotencyKey?: string
}

export interface Answered {
  readonly id: number
  readonly status: 200 | 201 | 409 | 422
  readonly answer: { readonly receipts: readonly Receipt[] } | { readonly error: string }
  /** The same Idempotency-Key was answered before: this is that answer. */
  readonly again: boolean
}

/** Takes a file that a key sends. The same Idempotency-Key with the same file and wishes gets the first answer again; nothing is done twice. */
export async function sendByKey(holder: KeyHolder, sending: Sending): Promise<Answered> {
  const { viewer, key } = holder
  const asked = createHash('sha256')
    .update(JSON.stringify([sending.upload.sha256, sending.school ?? '', sending.drop ?? '']))
    .digest('hex')
  const claimed = await claim(holder, sending, asked)
  if ('earlier' in claimed) return claimed.earlier
  let status: Answered['status'] = 201
  let answer: Answered['answer']
  try {
    const school = await schoolOf(holder, sending.school)
    const receipts = await receive(viewer, { ...sending, school, publishes: holder.publishes })
    answer = { receipts }
    if (receipts.every(({ state }) => state === 'nothing new')) status = 200
  } catch (error) {
    if (!(error instanceof Refusal || error instanceof NotHere)) {
      await forget(holder, claimed.id)
      throw error
    }
    status = 422
    answer = { error: error.message }
  }
  await write(viewer, async (tx) => {
    await tx
      .updateTable('evidence.sending')
      .set({ status, answer: JSON.stringify(answer) })
      .where('trust_id', '=', viewer.trust)
      .where('sending_id', '=', claimed.id)
      .execute()
    await tx
      .updateTable('evidence.upload_key')
      .set({ used_at: viewer.house.clock.now() })
      .where('trust_id', '=', viewer.trust)
      .where('upload_key_id', '=', key)
      .execute()
  })
  await audit(viewer, {
    deed: 'sent file by key',
    subject: 'evidence.upload_key',
    id: key,
    school: holder.school,
    detail: { file: sending.upload.name, sha256: sending.upload.sha256, sending: claimed.id, status },
  })
  return { id: claimed.id, status, answer, again: false }
}

/** @throws Refusal for a school that is not the key’s, as for one that does not exist. */
async function schoolOf({ viewer, school }: KeyHolder, urn: string | undefined): Promise<number | null> {
  if (!urn) return school
  const found = await schoolByUrn(viewer, urn).catch((error) => {
    if (error instanceof NotHere) return undefined
    throw error
  })
  if (!found || (school !== null && found.id !== school))
    throw new Refusal(`This key does not send for a school with the URN ${urn.slice(0, 20)}.`)
  return found.id
}

/** A claim this old without an answer was left by a process that was stopped, in milliseconds. */
const brokenOff = 15 * 60_000

async function claim(
  { viewer, key }: KeyHolder,
  { upload, idempotencyKey }: Sending,
  asked: string,
): Promise<{ readonly id: number } | { readonly earlier: Answered }> {
  const now = viewer.house.clock.now()
  const made = await write(viewer, async (tx) => {
    await tx
      .deleteFrom('evidence.sending')
      .where('trust_id', '=', viewer.trust)
      .where('upload_key_id', '=', key)
      .where('status', 'is', null)
      .where('at', '<', new Date(now.getTime() - brokenOff))
      .execute()
    return tx
      .insertInto('evidence.sending')
      .values({
        trust_id: viewer.trust,
        upload_key_id: key,
        idempotency_key: idempotencyKey ?? null,
        asked,
        name: upload.name,
        status: null,
        answer: null,
        at: now,
      })
      .onConflict((on) =>
        on
          .columns(['trust_id', 'upload_key_id', 'idempotency_key'])
          .where('idempotency_key', 'is not', null)
          .doNothing(),
      )
      .returning('sending_id as id')
      .executeTakeFirst()
  })
  if (made) return made
  const before = await read(viewer, (db) =>
    db
      .selectFrom('evidence.sending')
      .select(['sending_id as id', 'asked', 'status', 'answer'])
      .where('trust_id', '=', viewer.trust)
      .where('upload_key_id', '=', key)
      .where('idempotency_key', '=', idempotencyKey!)
      .executeTakeFirstOrThrow(),
  )
  const said = (status: Answered['status'], error: string) => ({
    earlier: { id: before.id, status, answer: { error }, again: false },
  })
  if (before.asked !== asked)
    return said(
      422,
      'This Idempotency-Key was used for another file, or for another school or drop. Use a new one for each.',
    )
  if (before.status === null)
    return said(
      409,
      'The first request with this Idempotency-Key is still being read. Ask again in a moment.',
    )
  return {
    earlier: {
      id: before.id,
      status: before.status as Answered['status'],
      answer: before.answer as Answered['answer'],
      again: true,
    },
  }
}

/** A fault of ours leaves nothing behind: the same request can be tried again. */
const forget = ({ viewer }: KeyHolder, id: number) =>
  write(viewer, (tx) =>
    tx
      .deleteFrom('evidence.sending')
      .where('trust_id', '=', viewer.trust)
      .where('sending_id', '=', id)
      .execute(),
  )

/** What became of an earlier sending of this very key. @throws NotHere */
export async function sendingOf(
  { viewer, key }: KeyHolder,
  id: number,
): Promise<Answered & { readonly name: string }> {
  const row = await read(viewer, (db) =>
    db
      .selectFrom('evidence.sending')
      .select(['name', 'status', 'answer'])
      .where('trust_id', '=', viewer.trust)
      .where('upload_key_id', '=', key)
      .where('sending_id', '=', id)
      .executeTakeFirst(),
  )
  if (!row || row.status === null) throw new NotHere()
  return {
    id,
    name: row.name,
    status: row.status as Answered['status'],
    answer: row.answer as Answered['answer'],
    again: true,
  }
}
