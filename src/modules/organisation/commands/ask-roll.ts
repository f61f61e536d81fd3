import type { Day } from '../../../kernel/days.ts'
import { record, type Writing, write } from '../../../platform/database/door.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { mustSend } from './must-send.ts'

export interface TwoRolls {
  readonly pupil: number
  /** Where they have just come on roll, and where they were before. */
  readonly school: number
  readonly other: number
  readonly day: Day
}

/** Asks both schools, and the trust, where a pupil is who stands on both rolls. Until it is answered they count at the one of before. */
export async function askTwoRolls(viewer: Viewer, all: readonly TwoRolls[]): Promise<void> {
  mustSend(viewer, new Set(all.map(({ school }) => school)))
  if (all.length === 0) return
  await write(viewer, async (tx) => {
    for (const { pupil, school, other, day } of all) {
      const id = await ask(viewer, tx, { kind: 'two rolls', school, other, day, of: 1 })
      await tx
        .insertInto('organisation.roll_question_pupil')
        .values({
          trust_id: viewer.trust,
          roll_question_id: id,
          school_id: school,
          other_school_id: other,
          pupil_id: pupil,
        })
        .execute()
    }
  })
}

/** Asks a school whether those whom its roster no longer lists have left. What was asked before and not answered is asked anew. */
export async function askLeft(
  viewer: Viewer,
  asked: {
    readonly school: number
    readonly day: Day
    readonly pupils: readonly number[]
    readonly onRoll: number
    readonly staff: readonly number[]
    readonly working: number
  },
): Promise<void> {
  const { school, day, pupils, staff } = asked
  mustSend(viewer, [school])
  await write(viewer, async (tx) => {
    for (const [kind, who, of] of [
      ['left', pupils, asked.onRoll],
      ['staff left', staff, asked.working],
    ] as const) {
      await askAnew(viewer, tx, school, kind)
      if (who.length === 0) continue
      const id = await ask(viewer, tx, { kind, school, other: null, day, of })
      const common = {
        trust_id: viewer.trust,
        roll_question_id: id,
        school_id: school,
        other_school_id: null,
      }
      if (kind === 'left')
        await tx
          .insertInto('organisation.roll_question_pupil')
          .values(who.map((pupil_id) => ({ ...common, pupil_id })))
          .execute()
      else
        await tx
          .insertInto('organisation.roll_question_person')
          .values(who.map((person_id) => ({ ...common, person_id })))
          .execute()
    }
  })
}

async function ask(
  viewer: Viewer,
  tx: Writing,
  about: {
    readonly kind: 'two rolls' | 'left' | 'staff left'
    readonly school: number
    readonly other: number | null
    readonly day: Day
    readonly of: number
  },
): Promise<number> {
  const { kind, school, other, day, of } = about
  const { roll_question_id: id } = await tx
    .insertInto('organisation.roll_question')
    .values({
      trust_id: viewer.trust,
      kind,
      school_id: school,
      other_school_id: other,
      main_school_id: other,
      day,
      until_day: null,
      of,
      asked_at: viewer.house.clock.now(),
      asked_by: viewer.person || null,
    })
    .returning('roll_question_id')
    .executeTakeFirstOrThrow()
  await record(viewer, tx, {
    subject: 'organisation.roll_question',
    id,
    deed: 'asked',
    school,
    detail: { kind, other, day },
  })
  return id
}

/** A later roster asks again: what the earlier one asked is over. */
async function askAnew(viewer: Viewer, tx: Writing, school: number, kind: 'left' | 'staff left') {
  const open = await tx
    .selectFrom('organisation.roll_question as q')
    .select('q.roll_question_id as id')
    .where('q.trust_id', '=', viewer.trust)
    .where('q.school_id', '=', school)
    .where('q.kind', '=', kind)
    .where((is) =>
      is.not(
        is.exists(
          is
            .selectFrom('organisation.roll_answer as a')
            .select('a.roll_answer_id')
            .whereRef('a.trust_id', '=', 'q.trust_id')
            .whereRef('a.roll_question_id', '=', 'q.roll_question_id')
            .where('a.takes_effect', '=', true),
        ),
      ),
    )
    .execute()
  for (const { id } of open)
    await tx
      .insertInto('organisation.roll_answer')
      .values({
        trust_id: viewer.trust,
        roll_question_id: id,
        school_id: school,
        other_school_id: null,
        says: 'asked anew',
        main_school_id: null,
        day: null,
        takes_effect: true,
        at: viewer.house.clock.now(),
        person_id: viewer.person || null,
      })
      .execute()
}
