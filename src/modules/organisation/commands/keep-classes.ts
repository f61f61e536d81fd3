import { sql } from 'kysely'
import { addDays, type Day } from '../../../kernel/days.ts'
import { record, write } from '../../../platform/database/door.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { groupBySchool, mustSend } from './must-send.ts'

/** Pupils are in a class no longer from this day on: the day before was their last; who joined that very day was never in it. @throws Refusal */
export async function endClassPlaces(
  viewer: Viewer,
  places: readonly { readonly school: number; readonly class: number; readonly pupil: number }[],
  from: Day,
): Promise<void> {
  mustSend(viewer, new Set(places.map(({ school }) => school)))
  if (places.length === 0) return
  await write(viewer, async (tx) => {
    const these = sql`trust_id = ${viewer.trust} and to_day is null and (school_id, class_id, pupil_id) in (
      select * from unnest(${places.map((one) => one.school)}::integer[], ${places.map((one) => one.class)}::integer[],
        ${places.map((one) => one.pupil)}::integer[]))`
    await sql`delete from organisation.class_member where ${these} and from_day >= ${from}`.execute(tx)
    await sql`update organisation.class_member set to_day = ${addDays(from, -1)} where ${these}`.execute(tx)
    for (const [school, many] of groupBySchool(places))
      await record(viewer, tx, {
        subject: 'organisation.class',
        id: places[0]!.class,
        deed: 'members ended',
        school,
        detail: { pupils: many },
      })
  })
}

/** Who teaches a class, from a day on. @throws Refusal */
export async function addTeachers(
  viewer: Viewer,
  teachers: readonly { readonly school: number; readonly class: number; readonly person: number }[],
  from: Day,
): Promise<void> {
  mustSend(viewer, new Set(teachers.map(({ school }) => school)))
  if (teachers.length === 0) return
  await write(viewer, async (tx) => {
    await tx
      .insertInto('organisation.class_teacher')
      .values(
        teachers.map((one) => ({
          trust_id: viewer.trust,
          school_id: one.school,
          class_id: one.class,
          person_id: one.person,
          from_day: from,
          to_day: null,
        })),
      )
      .onConflict((on) => on.doNothing())
      .execute()
    for (const [school, many] of groupBySchool(teachers))
      await record(viewer, tx, {
        subject: 'organisation.class',
        id: teachers[0]!.class,
        deed: 'teachers added',
        school,
        detail: { teachers: many },
      })
  })
}
