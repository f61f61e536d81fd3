import { isDeepStrictEqual } from 'node:util'
import { sql } from 'kysely'
import { enforce, NotHere, Refusal, refused, type Verdict } from '../../../kernel/refusal.ts'
import { read, record, type Writing, within, write } from '../../../platform/database/door.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import type { Wish } from '../imports/formats/contract.ts'
import { inTurn } from '../snapshots/make-snapshot.ts'
import type { DeliveryStep } from '../tables.ts'
import { type DeliveryRow, deliveryIn } from './delivery-row.ts'
import { changesAnything, type Planned, planFile, titled } from './plan-file.ts'

export interface NewDelivery {
  /** As `house.files.keep` answered, with the name that the file came under. */
  readonly upload: { readonly name: string; readonly sha256: string; readonly bytes: number }
  readonly wish: Wish
  /** The long work that this is part of. */
  readonly work?: string
}

/** Reads and plans a file that came, and keeps that for a person to look at; the answer is the delivery’s id. @throws Refusal */
export async function bringIn(viewer: Viewer, { upload, wish: wanted, work }: NewDelivery): Promise<number> {
  const wish = titled(wanted, upload.name)
  const { importer, read: file, planned } = await planFile(viewer, upload.sha256, wish)
  const at = viewer.house.clock.now()
  const [trust_id, school_id] = [viewer.trust, wish.school]
  return write(viewer, async (tx) => {
    const { upload_id } = await tx
      .insertInto('evidence.upload')
      .values({
        trust_id,
        school_id,
        name: upload.name.slice(0, 300),
        sha256: upload.sha256,
        bytes: upload.bytes,
        uploaded_by: viewer.person || null,
        uploaded_at: at,
      })
      .returning('upload_id')
      .executeTakeFirstOrThrow()
    const { delivery_id } = await tx
      .insertInto('evidence.delivery')
      .values({
        trust_id,
        school_id,
        upload_id,
        format: importer.code,
        says: file.says,
        wish: JSON.stringify(wish),
        planned: JSON.stringify(planned),
      })
      .returning('delivery_id')
      .executeTakeFirstOrThrow()
    if (work !== undefined)
      await tx
        .updateTable('evidence.delivery_work')
        .set({ delivery_id })
        .where('trust_id', '=', trust_id)
        .where('job_id', '=', work)
        .execute()
    await step(viewer, tx, { id: delivery_id, school: school_id }, 'brought')
    return delivery_id
  })
}

/** May it go in now? */
export function canPutIn(row: DeliveryRow): Verdict {
  if (row.ended)
    return refused(
      row.ended.step === 'put in' ? 'It has been put in already.' : 'It was set aside. Send the file again.',
    )
  if (!row.mayBring) return refused('Only those who may bring such a file in can put it on record.')
  if (!changesAnything(row.planned)) return refused('Nothing would change: all of it is on record already.')
  return { ok: true }
}

/** Puts a delivery on record, all of it or nothing. @throws Refusal when it was done, or the record has changed since it was planned. */
export async function putIn(viewer: Viewer, id: number): Promise<Planned> {
  const row = await read(viewer, (db) => deliveryIn(db, viewer, id))
  enforce(canPutIn(row))
  const { plan, planned } = await planFile(viewer, row.upload.sha256, row.wish)
  if (!isDeepStrictEqual(planned.changes, row.planned.changes))
    throw new Refusal(
      'The record has changed since this file was looked at, so the counts are no longer true. Send the file again.',
    )
  await plan.ready?.()
  await write(viewer, async (tx) => {
    await inTurn(viewer, tx)
    enforce(canPutIn(await deliveryIn(tx, viewer, id)))
    await keepingChanges(tx, id, () => plan.put(within(viewer, tx), tx))
    await step(viewer, tx, row, 'put in')
  })
  return planned
}

/** Sets a delivery aside that was not put in. The file is kept. @throws Refusal */
export async function setAside(viewer: Viewer, id: number): Promise<void> {
  await write(viewer, async (tx) => {
    const row = await deliveryIn(tx, viewer, id)
    if (!row.mayBring) throw new NotHere()
    if (row.ended) throw new Refusal('This file has been put in or set aside already.')
    await step(viewer, tx, row, 'set aside')
  })
}

/** What the delivery changes on record is kept, row by row, so that it can be undone. */
async function keepingChanges(tx: Writing, id: number, put: () => Promise<void>): Promise<void> {
  await sql`select set_config('throughline.delivery', ${String(id)}, true)`.execute(tx)
  await put()
  await sql`select set_config('throughline.delivery', '', true)`.execute(tx)
}

async function step(
  viewer: Viewer,
  tx: Writing,
  { id, school }: { readonly id: number; readonly school: number | null },
  name: DeliveryStep,
): Promise<void> {
  await tx
    .insertInto('evidence.delivery_step')
    .values({
      trust_id: viewer.trust,
      delivery_id: id,
      school_id: school,
      step: name,
      at: viewer.house.clock.now(),
      person_id: viewer.person || null,
    })
    .execute()
  await record(viewer, tx, { subject: 'evidence.delivery', id, deed: name, school })
}
