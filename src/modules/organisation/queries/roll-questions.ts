import type { Day } from '../../../kernel/days.ts'
import { NotHere } from '../../../kernel/refusal.ts'
import { includesSchool, schoolsWhere } from '../../../kernel/viewer.ts'
import { type Reading, read } from '../../../platform/database/door.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import type { RollQuestionKind, RollSays } from '../tables.ts'

export interface RollAnswer {
  readonly says: RollSays
  readonly main: number | null
  readonly day: Day | null
  readonly takesEffect: boolean
  readonly at: Date
  readonly by: string | null
}

/** What a roll leaves open, with what was said so far. */
export interface RollQuestion {
  readonly id: number
  readonly kind: RollQuestionKind
  readonly school: number
  readonly other: number | null
  /** Where the pupil counts until it is answered. */
  readonly main: number | null
  readonly day: Day
  readonly of: number
  readonly askedAt: Date
  readonly pupils: readonly {
    readonly pupil: number
    readonly surname: string
    readonly forename: string
    readonly upn: string | null
    readonly yearGroup: string | null
  }[]
  readonly staff: readonly { readonly person: number; readonly name: string; readonly title: string }[]
  /** Latest first. */
  readonly answers: readonly RollAnswer[]
  readonly open: boolean
}

/** The questions of the schools for which the viewer may send results: open ones first, the latest before the earlier. */
export async function rollQuestions(viewer: Viewer): Promise<RollQuestion[]> {
  const reach = schoolsWhere(viewer, 'send results')
  const found = await read(viewer, (db) => questionsIn(db, viewer))
  return found
    .filter(
      ({ school, other }) =>
        includesSchool(reach, school) || (other !== null && includesSchool(reach, other)),
    )
    .filter(({ answers }) => answers[0]?.says !== 'asked anew')
    .sort((a, b) => Number(b.open) - Number(a.open) || b.id - a.id)
}

/** @throws NotHere */
export async function rollQuestion(viewer: Viewer, id: number): Promise<RollQuestion> {
  const found = (await rollQuestions(viewer)).find((one) => one.id === id)
  if (!found) throw new NotHere('That question is no longer asked.')
  return found
}

async function questionsIn(db: Reading, viewer: Viewer): Promise<RollQuestion[]> {
  const trust = viewer.trust
  const questions = await db
    .selectFrom('organisation.roll_question')
    .select([
      'roll_question_id as id',
      'kind',
      'school_id as school',
      'other_school_id as other',
      'main_school_id as main',
      'day',
      'of',
      'asked_at as askedAt',
    ])
    .where('trust_id', '=', trust)
    .orderBy('roll_question_id', 'desc')
    .limit(500)
    .execute()
  if (questions.length === 0) return []
  const ids = questions.map(({ id }) => id)
  const pupils = await db
    .selectFrom('organisation.roll_question_pupil as q')
    .innerJoin('organisation.pupil as p', (join) =>
      join.onRef('p.trust_id', '=', 'q.trust_id').onRef('p.pupil_id', '=', 'q.pupil_id'),
    )
    .select(['q.roll_question_id as question', 'q.school_id as school', 'p.pupil_id as pupil'])
    .select(['p.surname', 'p.forename', 'p.upn'])
    .select((find) =>
      find
        .selectFrom('organisation.year_placement as y')
        .select('y.year_group')
        .whereRef('y.trust_id', '=', 'q.trust_id')
        .whereRef('y.school_id', '=', 'q.school_id')
        .whereRef('y.pupil_id', '=', 'q.pupil_id')
        .orderBy('y.academic_year', 'desc')
        .limit(1)
        .as('yearGroup'),
    )
    .where('q.trust_id', '=', trust)
    .where('q.roll_question_id', 'in', ids)
    .orderBy('p.surname')
    .orderBy('p.forename')
    .execute()
  const staff = await db
    .selectFrom('organisation.roll_question_person as q')
    .innerJoin('organisation.person as p', (join) =>
      join.onRef('p.trust_id', '=', 'q.trust_id').onRef('p.person_id', '=', 'q.person_id'),
    )
    .select(['q.roll_question_id as question', 'p.person_id as person', 'p.name', 'p.title'])
    .where('q.trust_id', '=', trust)
    .where('q.roll_question_id', 'in', ids)
    .orderBy('p.name')
    .execute()
  const answers = await db
    .selectFrom('organisation.roll_answer as a')
    .leftJoin('organisation.person as p', (join) =>
      join.onRef('p.trust_id', '=', 'a.trust_id').onRef('p.person_id', '=', 'a.person_id'),
    )
    .select(['a.roll_question_id as question', 'a.says', 'a.main_school_id as main', 'a.day', 'a.at'])
    .select(['a.takes_effect as takesEffect', 'p.name as by'])
    .where('a.trust_id', '=', trust)
    .where('a.roll_question_id', 'in', ids)
    .orderBy('a.roll_answer_id', 'desc')
    .execute()
  const own = <T extends { readonly question: number }>(all: readonly T[], id: number) =>
    all.filter(({ question }) => question === id)
  return questions.map((one) => {
    const said = own(answers, one.id)
    return {
      ...one,
      pupils: own(pupils, one.id),
      staff: own(staff, one.id),
      answers: said,
      open: !said.some(({ takesEffect }) => takesEffect),
    }
  })
}

/** Whom a school was last asked about as missing from its roster, in the order of their ids. Only for those who may send its results. */
export async function leftAsked(
  viewer: Viewer,
  school: number,
): Promise<{ readonly pupils: readonly number[]; readonly staff: readonly number[] }> {
  const all = await rollQuestions(viewer)
  const last = (kind: RollQuestionKind) => all.filter((one) => one.kind === kind && one.school === school)
  const newest = (kind: RollQuestionKind) => last(kind).toSorted((a, b) => b.id - a.id)[0]
  const sorted = (ids: readonly number[] | undefined) => (ids ?? []).toSorted((a, b) => a - b)
  return {
    pupils: sorted(newest('left')?.pupils.map(({ pupil }) => pupil)),
    staff: sorted(newest('staff left')?.staff.map(({ person }) => person)),
  }
}
