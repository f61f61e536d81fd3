import { academicYearOf } from '../../../../kernel/academic-year.ts'
import { type Day, dayName } from '../../../../kernel/days.ts'
import { enforce, FormRefused, Refusal } from '../../../../kernel/refusal.ts'
import { may } from '../../../../kernel/viewer.ts'
import { record, type Writing, write } from '../../../../platform/database/door.ts'
import { shaped } from '../../../../platform/shaped.ts'
import type { Viewer } from '../../../../platform/viewer.ts'
import { canOpen } from '../domain/can.ts'
import type { Drop } from '../domain/drop.ts'
import { dropCode, type NewDrop, openDropShape } from '../domain/open-drop-shape.ts'
import { type Correspondent, dataManagersIn } from '../queries/data-managers.ts'
import { dropIn } from '../queries/drops.ts'
import { sendLetters } from '../send-letters.ts'

export interface Opened {
  readonly drop: Drop
  /** People who were written to. */
  readonly told: readonly string[]
  /** Schools asked for which nobody could be written to. */
  readonly nobody: readonly string[]
}

/**
 * Opens a drop and writes to each school's data manager. With `tell: false` nobody is written to (history brought in).
 * @throws FormRefused, Refusal
 */
export async function openDrop(viewer: Viewer, input: NewDrop, { tell = true } = {}): Promise<Opened> {
  enforce(canOpen({ may: may(viewer, 'open drop') }))
  const asked = shaped(openDropShape, input)
  const code = asked.code ?? dropCode(asked.name, asked.asAt)
  const made = await write(viewer, async (tx) => {
    const taken = await tx
      .selectFrom('evidence.drop')
      .where('trust_id', '=', viewer.trust)
      .where('code', '=', code)
      .select('drop_id')
      .executeTakeFirst()
    if (taken) throw new Refusal(`There is a drop ${code} already. Give this one another name.`)
    const assessments = await assessmentIds(
      tx,
      viewer,
      asked.asked.map((one) => one.assessment),
    )
    const schools = await schoolsAsked(
      tx,
      viewer,
      asked.schools.map((one) => one.school),
      asked.asAt,
    )
    if (asked.schools.length === 0 && (await anySchool(tx, viewer)))
      throw new FormRefused([{ field: 'schools', message: 'Choose at least one school to ask.' }])
    const correspondents = await dataManagersIn(tx, viewer)
    const people = await peopleAsked(tx, viewer)
    const { drop_id } = await tx
      .insertInto('evidence.drop')
      .values({
        trust_id: viewer.trust,
        code,
        name: asked.name,
        academic_year: asked.academicYear ?? academicYearOf(asked.asAt),
        term: asked.term,
        kind: asked.kind ?? 'termly',
        purpose: asked.purpose,
        decides: asked.decides,
        minutes: asked.minutes,
        opens: asked.opens,
        due: asked.due,
        as_at: asked.asAt,
        opened_by: viewer.person || null,
        opened_at: viewer.house.clock.now(),
      })
      .returning('drop_id')
      .executeTakeFirstOrThrow()
    await tx
      .insertInto('evidence.drop_assessment')
      .values(
        asked.asked.flatMap((one) =>
          [...new Set(one.yearGroups)].map((year_group) => ({
            trust_id: viewer.trust,
            drop_id,
            assessment_id: assessments.get(one.assessment)!,
            year_group,
          })),
        ),
      )
      .onConflict((row) => row.doNothing())
      .execute()
    const requests = asked.schools.map((one) => {
      const person: Correspondent | (typeof people)[number] | undefined =
        one.person === undefined
          ? correspondents.find((who) => who.school === one.school)
          : people.find((who) => who.person === one.person)
      if (one.person && !person) throw new Refusal('One of the people chosen is no longer in the trust.')
      return { school: schools.get(one.school)!, person, due: one.due ?? asked.due }
    })
    if (requests.length)
      await tx
        .insertInto('evidence.drop_request')
        .values(
          requests.map((one) => ({
            trust_id: viewer.trust,
            drop_id,
            school_id: one.school.school_id,
            person_id: one.person?.person ?? null,
            due: one.due,
          })),
        )
        .execute()
    await record(viewer, tx, {
      subject: 'evidence.drop',
      id: drop_id,
      deed: 'opened',
      detail: { code, purpose: asked.purpose, decides: asked.decides, minutes: asked.minutes },
    })
    return { drop: await dropIn(tx, viewer, code), requests }
  })
  const written = tell ? made.requests.filter((one) => one.person) : []
  await sendLetters(
    viewer,
    written.map((one) => ({ kind: 'opening' as const, drop: code, school: one.school.school_id })),
  )
  return {
    drop: made.drop,
    told: written.map((one) => one.person!.email),
    nobody: made.requests.filter((one) => !one.person).map((one) => one.school.short_name),
  }
}

async function assessmentIds(tx: Writing, viewer: Viewer, codes: readonly string[]) {
  const rows = await tx
    .selectFrom('evidence.assessment')
    .where('trust_id', '=', viewer.trust)
    .where('code', 'in', [...codes])
    .select(['assessment_id', 'code'])
    .execute()
  const known = new Map(rows.map((row) => [row.code, row.assessment_id]))
  const unknown = codes.find((code) => !known.has(code))
  if (unknown) throw new Refusal(`There is no assessment ${unknown}.`)
  return known
}

/** A trust may have none yet: the first file of the drop brings them. */
const anySchool = (tx: Writing, viewer: Viewer) =>
  tx
    .selectFrom('organisation.school')
    .where('trust_id', '=', viewer.trust)
    .select('school_id')
    .limit(1)
    .executeTakeFirst()

async function schoolsAsked(tx: Writing, viewer: Viewer, ids: readonly number[], asAt: Day) {
  if (ids.length === 0) return new Map<number, never>()
  const rows = await tx
    .selectFrom('organisation.school')
    .where('trust_id', '=', viewer.trust)
    .where('school_id', 'in', [...ids])
    .select(['school_id', 'slug', 'name', 'short_name'])
    .select((find) =>
      find
        .selectFrom('organisation.membership as m')
        .select('m.to_day')
        .whereRef('m.trust_id', '=', 'organisation.school.trust_id')
        .whereRef('m.school_id', '=', 'organisation.school.school_id')
        .orderBy('m.from_day', 'desc')
        .limit(1)
        .as('left'),
    )
    .execute()
  if (new Set(ids).size !== ids.length) throw new Refusal('A school is asked once in a drop.')
  if (rows.length !== ids.length) throw new Refusal('One of the schools chosen is not in the trust.')
  const gone = rows.find((row) => row.left !== null && row.left < asAt)
  if (gone)
    throw new Refusal(
      `${gone.short_name} left the trust on ${dayName(gone.left!)}, before pupils are counted.`,
    )
  return new Map(rows.map((row) => [row.school_id, row]))
}

const peopleAsked = (tx: Writing, viewer: Viewer) =>
  tx
    .selectFrom('organisation.person')
    .where('trust_id', '=', viewer.trust)
    .select(['person_id as person', 'name', 'email'])
    .execute()
