import type { Day } from '../../../kernel/days.ts'
import { read } from '../../../platform/database/door.ts'
import type { Viewer } from '../../../platform/viewer.ts'

export interface Merger {
  /** The school that goes on, and one that it is made of. */
  readonly into: number
  readonly from: number
  /** First day as one school. */
  readonly day: Day
}

/** Which schools of the trust became one, and when. Anyone in the trust may know. */
export const mergers = (viewer: Viewer): Promise<Merger[]> =>
  read(viewer, (db) =>
    db
      .selectFrom('organisation.merger')
      .select(['school_id as into', 'from_school_id as from', 'day'])
      .where('trust_id', '=', viewer.trust)
      .orderBy('day')
      .orderBy('from_school_id')
      .execute(),
  )
