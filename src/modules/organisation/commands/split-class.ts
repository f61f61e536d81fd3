import { sql } from 'kysely'
import { type Day, dayName, isDay } from '../../../kernel/days.ts'
import { NotHere, Refusal } from '../../../kernel/refusal.ts'
import { record, type Writing, within, write } from '../../../platform/database/door.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { addClasses } from './add-classes.ts'
import { endClassPlaces } from './keep-classes.ts'
import { mustSend } from './must-send.ts'
import { placePupils } from './place-pupils.ts'

export interface AskedSplit {
  readonly class: number
  /** First day of the new classes. */
  readonly day: Day
  readonly parts: readonly { readonly name: string; readonly pupils: readonly number[] }[]
}

/** A pupil who went from one class to another of their school. */
export interface ClassMove {
  readonly pupil: number
  readonly from: number
  readonly to: number
}

interface Known {
  readonly school: number
  readonly name: string
  readonly academicYear: number
  readonly yearGroup: string
  readonly kind: 'form' | 'teaching'
  readonly subject: number | null
  readonly department: number | null
}

async function classIn(viewer: Viewer, tx: Writing, id: number): Promise<Known> {
  const row = await tx
    .selectFrom('organisation.class')
    .select([
      'school_id as school',
      'name',
      'academic_year as academicYear',
      'year_group as yearGroup',
      'kind',
    ])
    .select(['subject_id as subject', 'department_id as department'])
    .where('trust_id', '=', viewer.trust)
    .where('class_id', '=', id)
    .executeTakeFirst()
  if (!row) throw new NotHere()
  mustSend(viewer, [row.school])
  return row
}

async function freeName(viewer: Viewer, tx: Writing, one: Known, name: string): Promise<string> {
  const said = name.trim()
  if (!said) throw new Refusal('Give each new class a name.')
  if (said.length > 40) throw new Refusal('Keep the name of a class under 40 characters.')
  const taken = await tx
    .selectFrom('organisation.class')
    .select('class_id')
    .where('trust_id', '=', viewer.trust)
    .where('school_id', '=', one.school)
    .where('academic_year', '=', one.academicYear)
    .where('name', '=', said)
    .executeTakeFirst()
  if (taken) throw new Refusal(`There is a class ${said} in this year already.`)
  return said
}

/**
 * A class is split in the middle of a year: its pupils go into new classes from a day on, with its teachers; who is not named
 * stays. The class they were in keeps what was figured of it. @throws Refusal, NotHere
 */
export async function splitClass(
  viewer: Viewer,
  { class: id, day, parts }: AskedSplit,
): Promise<{ readonly school: number; readonly moved: readonly ClassMove[] }> {
  if (!isDay(day)) throw new Refusal(day ? `${day} is not a day on the calendar.` : 'Say from which day on.')
  const wanted = parts.filter(({ pupils }) => pupils.length > 0)
  if (wanted.length === 0) throw new Refusal('Choose at least one pupil for a new class.')
  const all = wanted.flatMap(({ pupils }) => pupils)
  if (new Set(all).size !== all.length) throw new Refusal('A pupil is in one of the new classes, not in two.')
  return write(viewer, async (tx) => {
    const one = await classIn(viewer, tx, id)
    const members = await tx
      .selectFrom('organisation.class_member')
      .select(['pupil_id', 'from_day'])
      .where('trust_id', '=', viewer.trust)
      .where('class_id', '=', id)
      .where('to_day', 'is', null)
      .execute()
    const since = new Map(members.map((row) => [row.pupil_id, row.from_day]))
    if (all.some((pupil) => !since.has(pupil)))
      throw new Refusal(`One of these pupils is not in ${one.name} now. Look again.`)
    const late = all
      .map((pupil) => since.get(pupil)!)
      .filter((from) => from > day)
      .sort()
      .at(-1)
    if (late)
      throw new Refusal(`One of these pupils came into ${one.name} on ${dayName(late)}, after that day.`)
    const names: string[] = []
    for (const part of wanted) names.push(await freeName(viewer, tx, one, part.name))
    if (new Set(names).size !== names.length) throw new Refusal('Give each new class a name of its own.')
    const own = within(viewer, tx)
    const ids = await addClasses(
      own,
      names.map((name) => ({
        school: one.school,
        academicYear: one.academicYear,
        name,
        yearGroup: one.yearGroup,
        kind: one.kind,
        ...(one.subject ? { subject: one.subject } : {}),
        ...(one.department ? { department: one.department } : {}),
      })),
    )
    await endClassPlaces(
      own,
      all.map((pupil) => ({ school: one.school, class: id, pupil })),
      day,
    )
    const moved = wanted.flatMap(({ pupils }, at) =>
      pupils.map((pupil) => ({ pupil, from: id, to: ids[at]! })),
    )
    await placePupils(own, {
      classes: moved.map(({ pupil, to }) => ({ pupil, school: one.school, class: to, from: day })),
    })
    for (const to of ids) {
      await sql`insert into organisation.class_teacher (trust_id, school_id, class_id, person_id, from_day, to_day)
        select trust_id, school_id, ${to}::integer, person_id, ${day}::date, null from organisation.class_teacher
        where trust_id = ${viewer.trust} and class_id = ${id} and to_day is null`.execute(tx)
      await tx
        .insertInto('organisation.class_follows')
        .values({
          trust_id: viewer.trust,
          school_id: one.school,
          class_id: to,
          from_school_id: one.school,
          from_class_id: id,
          day,
        })
        .execute()
    }
    await record(viewer, tx, {
      subject: 'organisation.class',
      id,
      deed: 'split',
      school: one.school,
      detail: { day, into: ids, pupils: all.length },
    })
    return { school: one.school, moved }
  })
}

/** Another name for the same class: its members, teachers and figures stay. @throws Refusal, NotHere */
export const renameClass = (viewer: Viewer, id: number, name: string): Promise<{ readonly school: number }> =>
  write(viewer, async (tx) => {
    const one = await classIn(viewer, tx, id)
    const said = await freeName(viewer, tx, one, name)
    await tx
      .updateTable('organisation.class')
      .set({ name: said })
      .where('trust_id', '=', viewer.trust)
      .where('class_id', '=', id)
      .execute()
    await record(viewer, tx, {
      subject: 'organisation.class',
      id,
      deed: 'renamed',
      school: one.school,
      detail: { before: one.name, now: said },
    })
    return { school: one.school }
  })
