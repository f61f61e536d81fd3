import { sql } from 'kysely'
import type { Writing } from '../../../platform/database/door.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import type { SnapshotReason } from '../tables.ts'
import { latestIn } from './queries.ts'

const snapshotTurn = 7_406_232

/** Waits until no other transaction of this trust is making a snapshot, and holds the turn until this one ends. */
export const inTurn = (viewer: Viewer, tx: Writing) =>
  sql`select pg_advisory_xact_lock(${snapshotTurn}, ${viewer.trust})`.execute(tx)

/** Makes the next numbered snapshot in this transaction. Takes its turn first, so numbers have no gap and no twin. */
export async function makeSnapshot(
  viewer: Viewer,
  tx: Writing,
  made: {
    readonly drop: number
    readonly school: number | null
    readonly reason: SnapshotReason
    readonly note?: string
  },
): Promise<number> {
  await inTurn(viewer, tx)
  const snapshot = (await latestIn(tx)) + 1
  await tx
    .insertInto('evidence.snapshot')
    .values({
      trust_id: viewer.trust,
      snapshot,
      drop_id: made.drop,
      school_id: made.school,
      reason: made.reason,
      note: made.note ?? '',
      at: viewer.house.clock.now(),
      person_id: viewer.person || null,
    })
    .execute()
  return snapshot
}

/** Sealed files that a snapshot no longer holds; those before it still do. */
export async function takeOut(
  viewer: Viewer,
  tx: Writing,
  files: readonly number[],
  snapshot: number,
): Promise<void> {
  if (files.length === 0) return
  await tx
    .updateTable('evidence.lake_file')
    .set({ removed_in: snapshot })
    .where('trust_id', '=', viewer.trust)
    .where('lake_file_id', 'in', files)
    .execute()
}
