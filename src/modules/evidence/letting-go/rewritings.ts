import { read } from '../../../platform/database/door.ts'
import { keptUntilWritten } from '../../../platform/database/kept.ts'
import type { Viewer } from '../../../platform/viewer.ts'

/**
 * How often sealed files of the trust were sealed anew without rows that were let go. What was worked out from a snapshot
 * holds until this moves, and no longer.
 */
export const rewritings = (viewer: Viewer): Promise<number> =>
  keptUntilWritten(
    viewer,
    'rewritings of the lake',
    () =>
      read(viewer, async (db) => {
        const last = await db
          .selectFrom('evidence.lake_rewriting')
          .select((find) => find.fn.max('lake_rewriting_id').as('last'))
          .where('trust_id', '=', viewer.trust)
          .executeTakeFirst()
        return last?.last ?? 0
      }),
    /^evidence\.lake_rewriting$/,
  )
