import { sql } from 'kysely'
import type { Day } from '../../../kernel/days.ts'
import { keptWhileSame } from '../../../platform/database/changes.ts'
import { read } from '../../../platform/database/door.ts'
import type { Viewer } from '../../../platform/viewer.ts'

/** An objective that its school shares as worth copying, and who copied it. */
export interface SharedObjective {
  readonly id: number
  readonly school: number | null
  readonly title: string
  readonly sharedOn: Day
  readonly copiedBy: readonly string[]
}

/** What schools share, newest first. Thanks are seen by the school that is thanked. */
export const sharedObjectives = (viewer: Viewer): Promise<SharedObjective[]> =>
  keptWhileSame(viewer, 'shared objectives', ['improvement'], () =>
    read(viewer, (db) =>
      db
        .selectFrom('improvement.objective as o')
        .leftJoin('improvement.thanks as t', (join) =>
          join.onRef('t.trust_id', '=', 'o.trust_id').onRef('t.objective_id', '=', 'o.objective_id'),
        )
        .where('o.trust_id', '=', viewer.trust)
        .where('o.shared_on', 'is not', null)
        .select(['o.objective_id as id', 'o.school_id as school', 'o.title'])
        .select([
          sql<Day>`o.shared_on`.as('sharedOn'),
          sql<
            string[]
          >`coalesce(array_agg(t.from_school order by t.thanks_id) filter (where t.thanks_id is not null), '{}')`.as(
            'copiedBy',
          ),
        ])
        .groupBy(['o.trust_id', 'o.objective_id'])
        .orderBy('o.shared_on', 'desc')
        .orderBy('o.objective_id')
        .execute(),
    ),
  )
