import type { Writing } from '../../../../platform/database/door.ts'
import type { Viewer } from '../../../../platform/viewer.ts'

/** A signature is for what stood then: when that changes, it is withdrawn, with the reason. */
export async function withdrawSignOffs(
  viewer: Viewer,
  tx: Writing,
  drop: number,
  schools: readonly number[],
  why: string,
): Promise<void> {
  if (schools.length === 0) return
  await tx
    .updateTable('evidence.sign_off')
    .set({ withdrawn_at: viewer.house.clock.now(), withdrawn_by: viewer.person || null, withdrawn_why: why })
    .where('trust_id', '=', viewer.trust)
    .where('drop_id', '=', drop)
    .where('school_id', 'in', schools)
    .where('withdrawn_at', 'is', null)
    .execute()
}
