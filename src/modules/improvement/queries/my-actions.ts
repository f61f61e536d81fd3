import { addDays, type Day } from '../../../kernel/days.ts'
import { read } from '../../../platform/database/door.ts'
import type { Viewer } from '../../../platform/viewer.ts'

export interface MyAction {
  readonly id: number
  readonly title: string
  readonly objective: number
  readonly objectiveTitle: string
  readonly school: number | null
  readonly starts: Day
  readonly due: Day
  readonly days: number
  readonly doneOn: Day | null
}

/** The viewer's own actions: what is open, soonest first, and what was done in the last ninety days. */
export const myActions = (viewer: Viewer): Promise<MyAction[]> =>
  read(viewer, (db) =>
    db
      .selectFrom('improvement.action as a')
      .innerJoin('improvement.objective as o', (join) =>
        join.onRef('o.trust_id', '=', 'a.trust_id').onRef('o.objective_id', '=', 'a.objective_id'),
      )
      .where('a.trust_id', '=', viewer.trust)
      .where('a.owner_id', '=', viewer.person)
      .where((find) =>
        find.or([find('a.done_on', 'is', null), find('a.done_on', '>=', addDays(viewer.today, -90))]),
      )
      // What was carried over goes on in the next plan, and is asked for there.
      .where((find) =>
        find.not(
          find.exists(
            find
              .selectFrom('improvement.objective as later')
              .whereRef('later.trust_id', '=', 'o.trust_id')
              .whereRef('later.carried_from', '=', 'o.objective_id')
              .select('later.objective_id'),
          ),
        ),
      )
      .select(['a.action_id as id', 'a.title', 'a.objective_id as objective', 'o.title as objectiveTitle'])
      .select(['a.school_id as school', 'a.starts', 'a.due', 'a.days', 'a.done_on as doneOn'])
      .orderBy('a.due')
      .execute(),
  )
