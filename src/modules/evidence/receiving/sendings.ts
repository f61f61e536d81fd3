import { Refusal } from '../../../kernel/refusal.ts'
import { read, write } from '../../../platform/database/door.ts'
import { audit } from '../../access/index.ts'
import type { KeyHolder } from './keys.ts'
import type { Receipt } from './receive.ts'

/** The job that takes a sending in. */
export const sendingWork = 'evidence.sending'

export type Answer = { readonly receipts: readonly Receipt[] } | { readonly error: string }

/** What was asked with a file: `evidence.sending.wish`. */
export interface SendingWish {
  readonly sha256: string
  readonly bytes: number
  readonly urn?: string
  readonly drop?: string
}

/** 200 when nothing in it was new, 201 when something was, 422 when it was refused. */
export const statusOf = (answer: Answer): 200 | 201 | 422 => {
  if ('error' in answer) return 422
  return answer.receipts.every(({ state }) => state === 'nothing new') ? 200 : 201
}

/** A claim this old without an answer was left by a process that was stopped, in milliseconds. */
const brokenOff = 2 * 3_600_000

/**
 * Claims an Idempotency-Key before anything is done with the file, so that two at once do not both go in; `made` is false for
 * who came second. @throws Refusal when it was used for another file or wish.
 */
export async function claim(
  { viewer, key }: KeyHolder,
  {
    asked,
    idempotencyKey,
    name,
    wish,
    job,
  }: {
    readonly asked: string
    readonly idempotencyKey: string | undefined
    readonly name: string
    readonly wish: SendingWish
    readonly job: string
  },
): Promise<{ readonly id: number; readonly made: boolean }> {
  const now = viewer.house.clock.now()
  const made = await write(viewer, async (tx) => {
    await tx
      .deleteFrom('evidence.sending')
      .where('trust_id', '=', viewer.trust)
      .where('upload_key_id', '=', key)
      .where('status', 'is', null)
      .where((on) =>
        on.or([
          on('at', '<', new Date(now.getTime() - brokenOff)),
          on(
            'job_id',
            'in',
            on
              .selectFrom('platform.job')
              .select('job_id')
              .where('trust_id', '=', viewer.trust)
              .where('state', '=', 'failed'),
          ),
        ]),
      )
      .execute()
    return tx
      .insertInto('evidence.sending')
      .values({
        trust_id: viewer.trust,
        upload_key_id: key,
        idempotency_key: idempotencyKey ?? null,
        asked,
        name,
        status: null,
        answer: null,
        wish: JSON.stringify(wish),
        job_id: job,
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
  if (made) return { id: made.id, made: true }
  const before = await read(viewer, (db) =>
    db
      .selectFrom('evidence.sending')
      .select(['sending_id as id', 'asked'])
      .where('trust_id', '=', viewer.trust)
      .where('upload_key_id', '=', key)
      .where('idempotency_key', '=', idempotencyKey!)
      .executeTakeFirstOrThrow(),
  )
  if (before.asked !== asked)
    throw new Refusal(
      'This Idempotency-Key was used for another file, or for another school or drop. Use a new one for each.',
    )
  return { id: before.id, made: false }
}

/** Keeps what became of a sending, for whoever asks again, and in the audit trail. */
export async function answerSending(
  { viewer, key, school }: KeyHolder,
  id: number,
  { name, answer, sha256 }: { readonly name: string; readonly answer: Answer; readonly sha256?: string },
): Promise<void> {
  const status = statusOf(answer)
  await write(viewer, async (tx) => {
    await tx
      .updateTable('evidence.sending')
      .set({ status, answer: JSON.stringify(answer) })
      .where('trust_id', '=', viewer.trust)
      .where('sending_id', '=', id)
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
    school,
    detail: { file: name, sending: id, status, ...(sha256 ? { sha256 } : {}) },
  })
}
