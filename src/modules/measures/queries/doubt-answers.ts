import { read } from '../../../platform/database/door.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import type { DoubtAnswerKind } from '../tables.ts'

export interface DoubtAnswer {
  readonly kind: DoubtAnswerKind
  readonly reason: string
  readonly by: string
  readonly at: Date
}

/** The latest word on each question about the data of a drop, by the question's key. */
export async function doubtAnswers(viewer: Viewer, drop: number): Promise<ReadonlyMap<string, DoubtAnswer>> {
  const rows = await read(viewer, (db) =>
    db
      .selectFrom('measures.doubt_answer as a')
      .innerJoin('organisation.person as p', (join) =>
        join.onRef('p.trust_id', '=', 'a.trust_id').onRef('p.person_id', '=', 'a.person_id'),
      )
      .select(['a.key', 'a.kind', 'a.reason', 'p.name as by', 'a.at'])
      .where('a.trust_id', '=', viewer.trust)
      .where('a.drop_id', '=', drop)
      .orderBy('a.doubt_answer_id')
      .execute(),
  )
  return new Map(rows.map(({ key, ...answer }) => [key, answer]))
}
