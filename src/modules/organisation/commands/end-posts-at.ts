import { sql } from 'kysely'
import type { Day } from '../../../kernel/days.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import { may } from '../../../kernel/viewer.ts'
import { write } from '../../../platform/database/door.ts'
import type { Viewer } from '../../../platform/viewer.ts'

/** Posts and teaching at a school end with a day: the school has left the trust, or is merged. @throws Refusal */
export async function endPostsAt(viewer: Viewer, school: number, last: Day): Promise<void> {
  if (!may(viewer, 'keep schools')) throw new Refusal('You can’t end the posts at a school.')
  await write(viewer, async (tx) => {
    for (const table of ['post', 'class_teacher'])
      await sql`update ${sql.table(`organisation.${table}`)} set to_day = greatest(from_day, ${last}::date)
        where trust_id = ${viewer.trust} and school_id = ${school} and (to_day is null or to_day > ${last})`.execute(
        tx,
      )
  })
}
