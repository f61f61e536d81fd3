import { sql } from 'kysely'
import type { Day } from '../../../kernel/days.ts'
import { NotHere } from '../../../kernel/refusal.ts'
import { schoolsWhere } from '../../../kernel/viewer.ts'
import { read, type Writing } from '../../../platform/database/door.ts'
import type { Viewer } from '../../../platform/viewer.ts'

const must = (viewer: Viewer) => {
  if (schoolsWhere(viewer, 'let go') !== 'all') throw new NotHere()
}

const offRoll = (
  viewer: Viewer,
) => sql`not exists (select from organisation.enrolment e where e.trust_id = p.trust_id
  and e.pupil_id = p.pupil_id and (e.to_day is null or e.to_day >= ${viewer.today}::date))`

/** Pupils on no roll who were born up to a day; `year` is the one of birth. @throws NotHere for who may not let records go. */
export async function pupilsBornUpTo(viewer: Viewer, day: Day): Promise<{ pupil: number; year: number }[]> {
  must(viewer)
  return read(viewer, async (db) => {
    const { rows } = await sql<{
      pupil: number
      year: number
    }>`select p.pupil_id as pupil, extract(year from p.born)::integer as year
      from organisation.pupil p where p.trust_id = ${viewer.trust} and p.born <= ${day}::date and ${offRoll(viewer)} order by 1`.execute(
      db,
    )
    return rows
  })
}

/** Pupils who left the last of the trust’s schools up to a day and of whom characteristics are recorded, with the year in which they left. @throws NotHere */
export async function describedLeaversUpTo(
  viewer: Viewer,
  day: Day,
): Promise<{ pupil: number; year: number; rows: number }[]> {
  must(viewer)
  return read(viewer, async (db) => {
    const { rows } = await sql<{ pupil: number; year: number; rows: number }>`select p.pupil_id as pupil,
        extract(year from max(e.to_day))::integer as year,
        (select count(*)::integer from organisation.characteristic c where c.trust_id = p.trust_id and c.pupil_id = p.pupil_id) as rows
      from organisation.pupil p join organisation.enrolment e on e.trust_id = p.trust_id and e.pupil_id = p.pupil_id
      where p.trust_id = ${viewer.trust} and ${offRoll(viewer)}
        and exists (select from organisation.characteristic c where c.trust_id = p.trust_id and c.pupil_id = p.pupil_id)
      group by p.trust_id, p.pupil_id having max(e.to_day) <= ${day}::date order by 1`.execute(db)
    return rows
  })
}

const nameless = 'Somebody who has left'

/** People who left up to a day and still have a name here. @throws NotHere */
export async function peopleLeftUpTo(viewer: Viewer, day: Day): Promise<{ person: number; year: number }[]> {
  must(viewer)
  return read(viewer, async (db) => {
    const { rows } = await sql<{
      person: number
      year: number
    }>`select person_id as person, extract(year from left_on)::integer as year
      from organisation.person where trust_id = ${viewer.trust} and left_on <= ${day}::date and name <> ${nameless} order by 1`.execute(
      db,
    )
    return rows
  })
}

/** Takes name, address and post of people who have left; what they did stays as somebody’s who has left. @throws NotHere */
export async function letPeopleGo(viewer: Viewer, tx: Writing, people: readonly number[]): Promise<void> {
  must(viewer)
  if (people.length === 0) return
  await sql`update organisation.person set name = ${nameless}, title = '', email = 'left-' || person_id || '@nobody.invalid'
    where trust_id = ${viewer.trust} and person_id = any (${[...people]}::integer[]) and left_on is not null`.execute(
    tx,
  )
}
