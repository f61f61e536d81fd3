import { read } from '../../platform/database/door.ts'
import type { Viewer } from '../../platform/viewer.ts'

/** When this trust’s record was last written to; never, for a new one. */
export const lastWritten = (viewer: Viewer): Promise<Date | undefined> =>
  read(viewer, async (db) => {
    const row = await db
      .selectFrom('platform.history')
      .select('at')
      .where('trust_id', '=', viewer.trust)
      .orderBy('history_id', 'desc')
      .limit(1)
      .executeTakeFirst()
    return row && new Date(row.at)
  })
