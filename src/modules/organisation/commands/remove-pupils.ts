import { sql } from 'kysely'
import { Refusal } from '../../../kernel/refusal.ts'
import { includesSchool, schoolsWhere } from '../../../kernel/viewer.ts'
import { record, write } from '../../../platform/database/door.ts'
import type { Viewer } from '../../../platform/viewer.ts'

/**
 * Takes back pupils who were added by mistake, with where they were placed. Who is at another school as well stays as they
 * are. One statement, because a pupil without an enrolment is out of sight of the school that would remove them.
 */
export async function removePupils(
  viewer: Viewer,
  pupils: readonly { readonly pupil: number; readonly school: number }[],
): Promise<void> {
  const reach = schoolsWhere(viewer, 'send results')
  if (pupils.some(({ school }) => !includesSchool(reach, school)))
    throw new Refusal('You can’t remove pupils of this school.')
  if (pupils.length === 0) return
  const schools = [...new Set(pupils.map(({ school }) => school))]
  await write(viewer, async (tx) => {
    const ids = sql`${pupils.map(({ pupil }) => pupil)}::integer[]`
    const these = sql`trust_id = ${viewer.trust} and pupil_id in (select pupil_id from going)`
    await sql`with going as (
        select pupil_id from organisation.enrolment where trust_id = ${viewer.trust} and pupil_id = any (${ids})
        group by pupil_id having bool_and(school_id = any (${schools}::integer[]))),
      facts as (delete from organisation.characteristic where ${these}),
      classes as (delete from organisation.class_member where ${these}),
      years as (delete from organisation.year_placement where ${these}),
      places as (delete from organisation.enrolment where ${these})
      delete from organisation.pupil where ${these}`.execute(tx)
    for (const school of schools)
      await record(viewer, tx, {
        subject: 'organisation.pupil',
        id: pupils[0]!.pupil,
        deed: 'removed',
        school,
        detail: { pupils: pupils.filter((one) => one.school === school).length },
      })
  })
}
