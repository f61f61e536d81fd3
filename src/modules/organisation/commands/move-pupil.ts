import { sql } from 'kysely'
import { academicYearOf } from '../../../kernel/academic-year.ts'
import { addDays, type Day, dayName, isDay } from '../../../kernel/days.ts'
import { NotHere, Refusal } from '../../../kernel/refusal.ts'
import { type Writing, within, write } from '../../../platform/database/door.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { leaveRoll } from './leave-roll.ts'
import { mustSend } from './must-send.ts'
import { placePupils } from './place-pupils.ts'

export interface AskedMove {
  readonly pupil: number
  /** Where they are on roll, and where they go. */
  readonly from: number
  readonly to: number
  /** First day at the new school. */
  readonly day: Day
}

/**
 * A pupil changes school within the trust: off one roll and its classes the day before, on the other, in the same year group,
 * with the facts that hold passed on as a transfer file would. For who may send for both. @throws Refusal, NotHere
 */
export async function movePupil(viewer: Viewer, { pupil, from, to, day }: AskedMove): Promise<void> {
  mustSend(viewer, [from, to])
  if (from === to) throw new Refusal('Choose another school than the one they are at.')
  if (!isDay(day))
    throw new Refusal(day ? `${day} is not a day on the calendar.` : 'Say their first day there.')
  await write(viewer, async (tx) => {
    const rows = await tx
      .selectFrom('organisation.enrolment')
      .select(['school_id as school', 'from_day as since', 'to_day as until'])
      .where('trust_id', '=', viewer.trust)
      .where('pupil_id', '=', pupil)
      .execute()
    if (rows.length === 0) throw new NotHere()
    const here = rows.find(({ school, until }) => school === from && (until === null || until >= day))
    if (!here) throw new Refusal('They are not on the roll of that school on the day before.')
    if (here.since >= day)
      throw new Refusal(
        `They came to this school on ${dayName(here.since)}. The move must be after that day.`,
      )
    if (rows.some(({ school, until }) => school === to && (until === null || until >= day)))
      throw new Refusal('They are on the roll of that school already.')
    const own = within(viewer, tx)
    await leaveRoll(own, [{ pupil, school: from }], addDays(day, -1))
    await placePupils(own, {
      enrolments: [{ pupil, school: to, from: day }],
    })
    await passOn(tx, viewer.trust, { pupil, from, to, day })
  })
}

/** The year group and the facts that hold go with the pupil; what the new school has recorded already stays as it is. */
export async function passOn(tx: Writing, trust: number, { pupil, from, to, day }: AskedMove): Promise<void> {
  await sql`insert into organisation.year_placement (trust_id, school_id, pupil_id, academic_year, year_group)
    select trust_id, ${to}::integer, pupil_id, academic_year, year_group from organisation.year_placement
    where trust_id = ${trust} and school_id = ${from} and pupil_id = ${pupil} and academic_year >= ${academicYearOf(day)}
    on conflict do nothing`.execute(tx)
  await sql`insert into organisation.characteristic (trust_id, school_id, pupil_id, kind, from_day, to_day, value)
    select c.trust_id, ${to}::integer, c.pupil_id, c.kind, c.from_day, c.to_day, c.value from organisation.characteristic c
    where c.trust_id = ${trust} and c.school_id = ${from} and c.pupil_id = ${pupil} and (c.to_day is null or c.to_day >= ${day})
      and not exists (select from organisation.characteristic k where k.trust_id = c.trust_id and k.school_id = ${to}
        and k.pupil_id = c.pupil_id and k.kind = c.kind and (k.to_day is null or k.to_day >= ${day}))
    on conflict do nothing`.execute(tx)
}
