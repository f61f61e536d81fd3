import { sql } from 'kysely'
import type { Writing } from '../../../platform/database/door.ts'
import type { Viewer } from '../../../platform/viewer.ts'

/** Lines about a record that is joined with another are lines about the pupil who stays, too. */
export const lookedAtBoth = async (
  viewer: Viewer,
  tx: Writing,
  { stays, comes }: { readonly stays: number; readonly comes: number },
): Promise<void> => {
  await sql`insert into access.audit_pupil (trust_id, pupil_id, seq) select trust_id, ${stays}::integer, seq from access.audit_pupil
    where trust_id = ${viewer.trust} and pupil_id = ${comes} on conflict do nothing`.execute(tx)
}
