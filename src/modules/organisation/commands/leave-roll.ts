import { sql } from 'kysely'
import type { Day } from '../../../kernel/days.ts'
import { record, type Writing, write } from '../../../platform/database/door.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { groupBySchool, mustSend } from './must-send.ts'

export interface RollPlace {
  readonly pupil: number
  readonly school: number
}

/**
 * Pupils leave a school’s roll and its classes, with `last` as their last day there; who had not come by then was never there.
 * Whoever stood on a second roll counts where they still are. @throws Refusal
 */
export async function leaveRoll(viewer: Viewer, places: readonly RollPlace[], last: Day): Promise<void> {
  mustSend(viewer, new Set(places.map(({ school }) => school)))
  if (places.length === 0) return
  await write(viewer, async (tx) => {
    const these = sql`trust_id = ${viewer.trust} and (school_id, pupil_id) in (select * from unnest(
      ${places.map(({ school }) => school)}::integer[], ${places.map(({ pupil }) => pupil)}::integer[]))`
    for (const table of ['class_member', 'enrolment']) {
      const name = sql.table(`organisation.${table}`)
      await sql`delete from ${name} where ${these} and from_day > ${last}`.execute(tx)
      await sql`update ${name} set to_day = ${last} where ${these} and (to_day is null or to_day > ${last})`.execute(
        tx,
      )
    }
    await endBoth(viewer, tx, places, last)
    for (const [school, many] of groupBySchool(places))
      await record(viewer, tx, {
        subject: 'organisation.pupil',
        id: places.find((one) => one.school === school)!.pupil,
        deed: 'left the roll',
        school,
        detail: { pupils: many, last },
      })
  })
}

/** Two rolls have become one: from the next day on, the pupil counts where they still are. */
const endBoth = (viewer: Viewer, tx: Writing, places: readonly RollPlace[], last: Day) =>
  sql`update organisation.roll_question q set until_day = ${last}
    from organisation.roll_question_pupil p, unnest(${places.map(({ school }) => school)}::integer[],
      ${places.map(({ pupil }) => pupil)}::integer[]) as gone(school_id, pupil_id)
    where q.trust_id = ${viewer.trust} and q.kind = 'two rolls' and q.until_day is null
      and p.trust_id = q.trust_id and p.roll_question_id = q.roll_question_id and p.pupil_id = gone.pupil_id
      and gone.school_id in (q.school_id, q.other_school_id)`.execute(tx)
