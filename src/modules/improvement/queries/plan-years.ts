import { keptWhileSame } from '../../../platform/database/changes.ts'
import { read } from '../../../platform/database/door.ts'
import type { Viewer } from '../../../platform/viewer.ts'

/** The academic years of which the viewer sees a plan, latest first. */
export const planYears = (viewer: Viewer): Promise<number[]> =>
  keptWhileSame(viewer, 'plan years', ['improvement'], () =>
    read(viewer, async (db) =>
      (
        await db
          .selectFrom('improvement.plan')
          .where('trust_id', '=', viewer.trust)
          .select('academic_year as year')
          .distinct()
          .orderBy('academic_year', 'desc')
          .execute()
      ).map((row) => row.year),
    ),
  )
