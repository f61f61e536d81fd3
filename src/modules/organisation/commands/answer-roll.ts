import { sql } from 'kysely'
import { addDays, type Day, dayName, isDay } from '../../../kernel/days.ts'
import { NotHere, Refusal } from '../../../kernel/refusal.ts'
import { acrossTheTrust, includesSchool, schoolsWhere } from '../../../kernel/viewer.ts'
import { record, type Writing, within, write } from '../../../platform/database/door.ts'
import { takeIds } from '../../../platform/database/insert-many.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { looksCutShort } from '../domain/cut-short.ts'
import { type RollQuestion, rollQuestion } from '../queries/roll-questions.ts'
import type { RollSays } from '../tables.ts'
import { leaveRoll } from './leave-roll.ts'

/** What is said of a pupil who stands on two rolls. */
export type TwoRollsAnswer =
  | { readonly says: 'moved'; readonly main: number; readonly day: Day }
  | { readonly says: 'dual'; readonly main: number }
  | { readonly says: 'not the same' }

export interface TwoRollsAnswered {
  readonly pupil: number
  readonly schools: readonly [number, number]
  /** Not yet when the school that would lose the pupil has to agree. */
  readonly takesEffect: boolean
  /** The pupil’s record at the asking school from now on, where it was another pupil’s. */
  readonly parted?: number
}

/**
 * Answers for a pupil on two rolls: moved on a day, dual registered with a main school, or not the same pupil. It takes effect when
 * it is said for the school that loses the pupil; said for the other, it waits for them. @throws Refusal, NotHere
 */
export async function answerTwoRolls(
  viewer: Viewer,
  id: number,
  answer: TwoRollsAnswer,
): Promise<TwoRollsAnswered> {
  const question = await rollQuestion(viewer, id)
  if (question.kind !== 'two rolls' || question.other === null) throw new NotHere()
  if (!question.open) throw new Refusal('This question has been answered.')
  const schools = [question.school, question.other] as const
  if (answer.says !== 'not the same' && !schools.includes(answer.main))
    throw new Refusal('Choose one of the two schools.')
  if (answer.says === 'moved' && !isDay(answer.day))
    throw new Refusal(
      answer.day ? `${answer.day} is not a day on the calendar.` : 'Say on which day they moved.',
    )
  const loses = answer.says === 'not the same' ? question.school : schools.find((one) => one !== answer.main)!
  const takesEffect = includesSchool(schoolsWhere(viewer, 'send results'), loses)
  const pupil = question.pupils[0]?.pupil
  if (pupil === undefined) throw new NotHere('That question is no longer asked.')
  // Rights were looked at above; what follows concerns both schools, and the viewer may reach only one.
  const wide = acrossTheTrust(viewer)
  return write(wide, async (tx) => {
    const parted = takesEffect ? await takeEffect(wide, tx, question, pupil, answer, loses) : undefined
    await keepAnswer(viewer, tx, question, {
      says: answer.says,
      main: answer.says === 'not the same' ? null : answer.main,
      day: answer.says === 'moved' ? answer.day : null,
      takesEffect,
    })
    return { pupil, schools: [...schools], takesEffect, ...(parted ? { parted } : {}) } as const
  })
}

async function takeEffect(
  wide: Viewer,
  tx: Writing,
  question: RollQuestion,
  pupil: number,
  answer: TwoRollsAnswer,
  loses: number,
): Promise<number | undefined> {
  if (answer.says === 'dual') return undefined
  if (answer.says === 'not the same') return part(wide, tx, pupil, question.school)
  const since = await tx
    .selectFrom('organisation.enrolment')
    .select((find) => find.fn.min('from_day').as('day'))
    .where('trust_id', '=', wide.trust)
    .where('school_id', '=', loses)
    .where('pupil_id', '=', pupil)
    .where((is) => is.or([is('to_day', 'is', null), is('to_day', '>=', question.day)]))
    .executeTakeFirst()
  if (loses === question.other && since?.day && answer.day <= since.day)
    throw new Refusal(
      `They were there since ${dayName(since.day)}, so they did not move on ${dayName(answer.day)}.`,
    )
  await leaveRoll(within(wide, tx), [{ pupil, school: loses }], addDays(answer.day, -1))
  await sql`update organisation.enrolment set from_day = ${answer.day} where trust_id = ${wide.trust}
    and school_id = ${answer.main} and pupil_id = ${pupil} and from_day > ${answer.day}
    and (to_day is null or to_day >= ${question.day})`.execute(tx)
  return undefined
}

/** The school’s pupil gets a record of their own, without a number, and all that the school said of them goes there. */
async function part(wide: Viewer, tx: Writing, pupil: number, school: number): Promise<number> {
  const [id] = await takeIds(tx, 'organisation.pupil', 'pupil_id', 1)
  await sql`insert into organisation.pupil (trust_id, pupil_id, upn, local_id, surname, forename, born)
    select trust_id, ${id}::integer, null, local_id, surname, forename, born from organisation.pupil
    where trust_id = ${wide.trust} and pupil_id = ${pupil}`.execute(tx)
  for (const table of ['enrolment', 'year_placement', 'class_member', 'characteristic'])
    await sql`update ${sql.table(`organisation.${table}`)} set pupil_id = ${id} where trust_id = ${wide.trust}
      and school_id = ${school} and pupil_id = ${pupil}`.execute(tx)
  return id!
}

/** Confirms that pupils have left, with their last day; those not named are still here. @throws Refusal, NotHere */
export async function answerPupilsLeft(
  viewer: Viewer,
  id: number,
  answer: { readonly pupils: readonly number[]; readonly last: Day; readonly whole: boolean },
): Promise<{ readonly school: number; readonly left: number }> {
  const question = await rollQuestion(viewer, id)
  if (question.kind !== 'left') throw new NotHere()
  const asked = new Set(question.pupils.map(({ pupil }) => pupil))
  enforceLeft(viewer, question, asked, answer.pupils, answer)
  await write(viewer, async (tx) => {
    await leaveRoll(
      within(viewer, tx),
      answer.pupils.map((pupil) => ({ pupil, school: question.school })),
      answer.last,
    )
    await keepAnswer(viewer, tx, question, leftOrHere(answer.pupils.length, answer.last))
  })
  return { school: question.school, left: answer.pupils.length }
}

/** Keeps that a question about staff was answered; whoever answers ends their posts and roles. @throws Refusal, NotHere */
export async function answerStaffLeft(
  viewer: Viewer,
  tx: Writing,
  question: RollQuestion,
  answer: { readonly staff: readonly number[]; readonly last: Day; readonly whole: boolean },
): Promise<void> {
  if (question.kind !== 'staff left') throw new NotHere()
  const asked = new Set(question.staff.map(({ person }) => person))
  enforceLeft(viewer, question, asked, answer.staff, answer)
  for (const table of ['post', 'class_teacher'])
    await sql`update ${sql.table(`organisation.${table}`)} set to_day = ${answer.last} where trust_id = ${viewer.trust}
      and school_id = ${question.school} and person_id = any (${answer.staff}::integer[])
      and from_day <= ${answer.last} and (to_day is null or to_day > ${answer.last})`.execute(tx)
  await keepAnswer(viewer, tx, question, leftOrHere(answer.staff.length, answer.last))
}

const leftOrHere = (many: number, last: Day) => ({
  says: many ? ('left' as const) : ('still here' as const),
  main: null,
  day: many ? last : null,
  takesEffect: true,
})

function enforceLeft(
  viewer: Viewer,
  question: RollQuestion,
  asked: ReadonlySet<number>,
  chosen: readonly number[],
  { last, whole }: { readonly last: Day; readonly whole: boolean },
): void {
  if (!question.open) throw new Refusal('This question has been answered.')
  if (chosen.some((one) => !asked.has(one)))
    throw new Refusal('One of those chosen is not in the question. Look again.')
  if (chosen.length === 0) return
  if (!isDay(last))
    throw new Refusal(last ? `${last} is not a day on the calendar.` : 'Say what their last day was.')
  if (last > viewer.today)
    throw new Refusal('Their last day can’t be in the future: the roster says that they are gone.')
  if (looksCutShort(chosen.length, question.of) && !whole)
    throw new Refusal(
      `${chosen.length} of ${question.of} is so many that the file may be cut short. Say that it is whole, or that they are still here.`,
    )
}

async function keepAnswer(
  viewer: Viewer,
  tx: Writing,
  question: RollQuestion,
  said: {
    readonly says: RollSays
    readonly main: number | null
    readonly day: Day | null
    readonly takesEffect: boolean
  },
): Promise<void> {
  await tx
    .insertInto('organisation.roll_answer')
    .values({
      trust_id: viewer.trust,
      roll_question_id: question.id,
      school_id: question.school,
      other_school_id: question.other,
      says: said.says,
      main_school_id: said.main,
      day: said.day,
      takes_effect: said.takesEffect,
      at: viewer.house.clock.now(),
      person_id: viewer.person || null,
    })
    .execute()
  await record(viewer, tx, {
    subject: 'organisation.roll_question',
    id: question.id,
    deed: 'answered',
    school: question.school,
    detail: { ...said, other: question.other },
  })
}
