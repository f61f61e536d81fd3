import { sql } from 'kysely'
import { academicYearOf } from '../../../kernel/academic-year.ts'
import type { Day } from '../../../kernel/days.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import { may } from '../../../kernel/viewer.ts'
import { record, type Writing } from '../../../platform/database/door.ts'
import { takeIds } from '../../../platform/database/insert-many.ts'
import type { Viewer } from '../../../platform/viewer.ts'

export interface MergedSchool {
  readonly from: number
  readonly fromName: string
  readonly into: number
  /** First day as one school. */
  readonly day: Day
  readonly pupils: readonly number[]
}

/**
 * Pupils, classes of the year, posts and teaching of a school go on at another, in the caller’s transaction; whoever calls ends what
 * was there. The answer: the new number of each class. @throws Refusal
 */
export async function carryInto(
  viewer: Viewer,
  tx: Writing,
  { from, fromName, into, day, pupils }: MergedSchool,
): Promise<ReadonlyMap<number, number>> {
  if (!may(viewer, 'keep schools')) throw new Refusal('You can’t merge schools.')
  const trust = viewer.trust
  const year = academicYearOf(day)
  const these = sql`pupil_id = any (${[...pupils]}::integer[])`
  await sql`insert into organisation.enrolment (trust_id, school_id, pupil_id, from_day, to_day)
    select ${trust}::integer, ${into}::integer, pupil, ${day}::date, null from unnest(${[...pupils]}::integer[]) as pupil
    where not exists (select from organisation.enrolment e where e.trust_id = ${trust} and e.school_id = ${into}
      and e.pupil_id = pupil and (e.to_day is null or e.to_day >= ${day}))`.execute(tx)
  await sql`insert into organisation.year_placement (trust_id, school_id, pupil_id, academic_year, year_group)
    select trust_id, ${into}::integer, pupil_id, academic_year, year_group from organisation.year_placement
    where trust_id = ${trust} and school_id = ${from} and academic_year >= ${year} and ${these} on conflict do nothing`.execute(
    tx,
  )
  await sql`insert into organisation.characteristic (trust_id, school_id, pupil_id, kind, from_day, to_day, value)
    select trust_id, ${into}::integer, pupil_id, kind, from_day, to_day, value from organisation.characteristic
    where trust_id = ${trust} and school_id = ${from} and (to_day is null or to_day >= ${day}) and ${these}
    on conflict do nothing`.execute(tx)
  const classes = await carryClasses(viewer, tx, { from, fromName, into, day, pupils })
  await sql`insert into organisation.post (trust_id, person_id, school_id, title, from_day, to_day)
    select trust_id, person_id, ${into}::integer, title, ${day}::date, null from organisation.post
    where trust_id = ${trust} and school_id = ${from} and (to_day is null or to_day >= ${day})`.execute(tx)
  await tx
    .insertInto('organisation.merger')
    .values({ trust_id: trust, school_id: into, from_school_id: from, day })
    .execute()
  await record(viewer, tx, {
    subject: 'organisation.school',
    id: into,
    deed: 'merged',
    school: into,
    detail: { from, day, pupils: pupils.length, classes: classes.size },
  })
  return classes
}

/** Classes of the year go on under their name, or with the old school’s name where there is one of that name already. */
async function carryClasses(
  viewer: Viewer,
  tx: Writing,
  { from, fromName, into, day, pupils }: MergedSchool,
): Promise<ReadonlyMap<number, number>> {
  const trust = viewer.trust
  const at = (school: number) =>
    tx
      .selectFrom('organisation.class')
      .select(['class_id', 'name', 'year_group', 'kind', 'subject_id', 'academic_year'])
      .where('trust_id', '=', trust)
      .where('school_id', '=', school)
      .where('academic_year', '=', academicYearOf(day))
      .execute()
  const taken = new Set((await at(into)).map(({ name }) => name))
  const olds = await at(from)
  const ids = await takeIds(tx, 'organisation.class', 'class_id', olds.length)
  for (const [place, old] of olds.entries()) {
    const name = taken.has(old.name) ? `${old.name} (${fromName})` : old.name
    taken.add(name)
    const class_id = ids[place]!
    const { class_id: before, ...same } = old
    await tx
      .insertInto('organisation.class')
      .values({ trust_id: trust, school_id: into, class_id, ...same, name, department_id: null })
      .execute()
    await sql`insert into organisation.class_member (trust_id, school_id, class_id, pupil_id, from_day, to_day)
      select trust_id, ${into}::integer, ${class_id}::integer, pupil_id, ${day}::date, null from organisation.class_member
      where trust_id = ${trust} and class_id = ${before} and (to_day is null or to_day >= ${day})
        and pupil_id = any (${[...pupils]}::integer[])`.execute(tx)
    await sql`insert into organisation.class_teacher (trust_id, school_id, class_id, person_id, from_day, to_day)
      select distinct trust_id, ${into}::integer, ${class_id}::integer, person_id, ${day}::date, null::date
      from organisation.class_teacher where trust_id = ${trust} and class_id = ${before} and (to_day is null or to_day >= ${day})`.execute(
      tx,
    )
    await tx
      .insertInto('organisation.class_follows')
      .values({
        trust_id: trust,
        school_id: into,
        class_id,
        from_school_id: from,
        from_class_id: before,
        day,
      })
      .execute()
  }
  return new Map(olds.map(({ class_id }, place) => [class_id, ids[place]!]))
}
