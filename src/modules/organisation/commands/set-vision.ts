import { record, write } from '../../../platform/database/door.ts'
import type { Viewer } from '../../../platform/viewer.ts'

/** What the trust stands for in one sentence, as pages of figures show it. Whoever calls this has asked whether it may be said. */
export const setVision = (viewer: Viewer, vision: string): Promise<void> =>
  write(viewer, async (tx) => {
    await tx.updateTable('organisation.trust').set({ vision }).where('trust_id', '=', viewer.trust).execute()
    await record(viewer, tx, { subject: 'organisation.trust', id: viewer.trust, deed: 'vision set' })
  })
