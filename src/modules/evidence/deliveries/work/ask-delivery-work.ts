import { randomUUID } from 'node:crypto'
import { enforce } from '../../../../kernel/refusal.ts'
import { read, write } from '../../../../platform/database/door.ts'
import type { Viewer } from '../../../../platform/viewer.ts'
import { canPutIn, type NewDelivery } from '../bring-in.ts'
import { deliveryIn } from '../delivery-row.ts'
import { recognise } from '../plan-file.ts'
import type { DeliveryWish } from './work-under-way.ts'

export const deliveryWork = 'evidence.delivery'

/** Asks that a file that came be read and planned, outside the request; the answer is the work’s id. @throws Refusal at once when it is no such file, or the viewer may not bring it. */
export async function askToBringIn(viewer: Viewer, { upload, wish }: NewDelivery): Promise<string> {
  await recognise(viewer, upload.sha256, wish)
  const { name, sha256, bytes } = upload
  return ask(
    viewer,
    { school: wish.school, delivery: null, file: name },
    { deed: 'read', sha256, bytes, wish },
  )
}

/** Asks that a delivery be put on record, outside the request; the answer is the work’s id. @throws Refusal, NotHere */
export async function askToPutIn(viewer: Viewer, id: number): Promise<string> {
  const row = await read(viewer, (db) => deliveryIn(db, viewer, id))
  enforce(canPutIn(row))
  return ask(viewer, { school: row.school, delivery: id, file: row.upload.name }, { deed: 'put in' })
}

interface About {
  readonly school: number | null
  readonly delivery: number | null
  readonly file: string
}

async function ask(viewer: Viewer, about: About, { deed, ...wish }: DeliveryWish): Promise<string> {
  const job_id = randomUUID()
  await write(viewer, (tx) =>
    tx
      .insertInto('evidence.delivery_work')
      .values({
        trust_id: viewer.trust,
        job_id,
        school_id: about.school,
        delivery_id: about.delivery,
        deed,
        file: about.file.slice(0, 300),
        wish: JSON.stringify(wish),
        person_id: viewer.person || null,
        asked_at: viewer.house.clock.now(),
        told_at: null,
      })
      .execute(),
  )
  return viewer.house.jobs.start(viewer, deliveryWork, {}, job_id)
}
