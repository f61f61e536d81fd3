import { read } from '../../../platform/database/door.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import type { DecisionKind } from '../tables.ts'

/** What somebody did with a finding: the latest word on it. */
export interface FindingDecision {
  readonly key: string
  readonly school: number
  readonly drop: number
  readonly kind: DecisionKind
  readonly reason: string
  readonly sentence: string
  readonly gap: number
  readonly by: string
  readonly at: Date
}

/** The latest decision on each finding, by the finding's key. */
export async function findingDecisions(viewer: Viewer): Promise<ReadonlyMap<string, FindingDecision>> {
  const rows = await read(viewer, (db) =>
    db
      .selectFrom('measures.finding_decision as d')
      .innerJoin('organisation.person as p', (join) =>
        join.onRef('p.trust_id', '=', 'd.trust_id').onRef('p.person_id', '=', 'd.person_id'),
      )
      .select(['d.key', 'd.school_id as school', 'd.drop_id as drop', 'd.kind', 'd.reason', 'd.sentence'])
      .select(['d.gap', 'p.name as by', 'd.at'])
      .where('d.trust_id', '=', viewer.trust)
      .orderBy('d.finding_decision_id')
      .execute(),
  )
  return new Map(rows.map((row) => [row.key, row]))
}
