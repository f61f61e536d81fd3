import { read } from '../../../../platform/database/door.ts'
import type { House } from '../../../../platform/house.ts'
import type { Work } from '../../../../platform/jobs.ts'
import { viewerOf } from '../../../access/index.ts'
import { founderOf } from '../../../organisation/index.ts'
import { bringIn, putIn } from '../bring-in.ts'
import { deliveryIn } from '../delivery-row.ts'
import { deliveryWork } from './ask-delivery-work.ts'
import { workIn } from './work-under-way.ts'

/**
 * Reads files for the record and puts them in from now on, one at a time, outside any request. `changed` is called when what
 * readers see has changed. What was under way when the process stopped is taken up again, and nothing goes in twice.
 */
export const handleDeliveries = (house: House, changed: () => void = () => {}): Promise<void> =>
  house.jobs.handle(deliveryWork, async ({ id, trust, person, attempt }: Work<object>) => {
    const viewer = person
      ? await viewerOf(house, trust, person)
      : founderOf(house, trust, 'The trust’s data team')
    const work = await read(viewer, (db) => workIn(db, viewer, id))
    if (work.wish.deed === 'read') {
      const { sha256, bytes, wish } = work.wish
      if (work.delivery === null)
        await bringIn(viewer, { upload: { name: work.file, sha256, bytes }, wish, work: id })
      return
    }
    const row = await read(viewer, (db) => deliveryIn(db, viewer, work.delivery!))
    if (attempt > 0 && row.ended?.step === 'put in') return
    await putIn(viewer, row.id)
    changed()
  })
