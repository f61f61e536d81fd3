import { sql } from 'kysely'
import type { Day } from '../../../kernel/days.ts'
import { record, write } from '../../../platform/database/door.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { groupBySchool, mustSend } from './must-send.ts'

/** Takes back that pupils who were known came on roll at a school on a day, with what was said of them there from that day; what was asked about it goes too. */
export async function takeBackPlaces(
  viewer: Viewer,
  places: readonly { readonly pupil: number; readonly school: number; readonly from: Day }[],
): Promise<void> {
  mustSend(viewer, new Set(places.map(({ school }) => school)))
  if (places.length === 0) return
  await write(viewer, async (tx) => {
    for (const { pupil, school, from } of places) {
      const here = sql`trust_id = ${viewer.trust} and school_id = ${school} and pupil_id = ${pupil}`
      for (const table of ['class_member', 'characteristic'])
        await sql`delete from ${sql.table(`organisation.${table}`)} where ${here} and from_day = ${from}`.execute(
          tx,
        )
      await sql`delete from organisation.roll_question q where trust_id = ${viewer.trust} and kind = 'two rolls'
        and school_id = ${school} and exists (select from organisation.roll_question_pupil p
          where p.trust_id = q.trust_id and p.roll_question_id = q.roll_question_id and p.pupil_id = ${pupil})`.execute(
        tx,
      )
      const { numAffectedRows } =
        await sql`delete from organisation.enrolment where ${here} and from_day = ${from}`.execute(tx)
      if (numAffectedRows)
        await sql`delete from organisation.year_placement y where ${here} and not exists (
          select from organisation.enrolment e where e.trust_id = y.trust_id and e.school_id = y.school_id and e.pupil_id = y.pupil_id)`.execute(
          tx,
        )
    }
    for (const [school, many] of groupBySchool(places))
      await record(viewer, tx, {
        subject: 'organisation.pupil',
        id: places[0]!.pupil,
        deed: 'places taken back',
        school,
        detail: { pupils: many },
      })
  })
}
