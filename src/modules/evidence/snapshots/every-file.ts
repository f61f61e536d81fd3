import { read } from '../../../platform/database/door.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import type { Fact } from '../tables.ts'

/** A sealed file as long as the manifest lists it: in the snapshots from `addedIn` up to, not including, `removedIn`. */
export interface ListedFile {
  readonly fact: Fact
  readonly drop: string
  readonly school: number
  readonly path: string
  readonly addedIn: number
  readonly removedIn: number | null
}

/** Every file of these schools that any snapshot lists, superseded ones too: for whoever must find all that is held. */
export const everyFile = (viewer: Viewer, schools: readonly number[]): Promise<ListedFile[]> =>
  schools.length === 0
    ? Promise.resolve([])
    : read(viewer, (db) =>
        db
          .selectFrom('evidence.lake_file as f')
          .innerJoin('evidence.drop as d', (join) =>
            join.onRef('d.trust_id', '=', 'f.trust_id').onRef('d.drop_id', '=', 'f.drop_id'),
          )
          .select(['f.fact', 'd.code as drop', 'f.school_id as school', 'f.path'])
          .select(['f.added_in as addedIn', 'f.removed_in as removedIn'])
          .where('f.trust_id', '=', viewer.trust)
          .where('f.school_id', 'in', schools)
          .orderBy('d.as_at')
          .orderBy('f.added_in')
          .execute(),
      )
