import type { Reading } from '../../../../platform/database/door.ts'
import type { Viewer } from '../../../../platform/viewer.ts'

/** The trust's own name, for letters. */
export const trustName = async (db: Reading, viewer: Viewer): Promise<string> =>
  (
    await db
      .selectFrom('organisation.trust')
      .where('trust_id', '=', viewer.trust)
      .select('name')
      .executeTakeFirstOrThrow()
  ).name
