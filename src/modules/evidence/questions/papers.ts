import { NotHere } from '../../../kernel/refusal.ts'
import { schoolsWhere } from '../../../kernel/viewer.ts'
import { read } from '../../../platform/database/door.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { schools } from '../../organisation/index.ts'
import { facility, type QuestionMarks } from './facility.ts'

export interface PaperLine {
  readonly id: number
  readonly title: string
  readonly academicYear: number
  readonly questions: number
  /** Whose marks the viewer may see. */
  readonly pupils: number
}

/** Shared tests with marks that the viewer may see, the latest first. */
export async function papers(viewer: Viewer): Promise<PaperLine[]> {
  if (schoolsWhere(viewer, 'see pupils').length === 0) return []
  return read(viewer, async (db) => {
    const rows = await db
      .selectFrom('evidence.paper as p')
      .innerJoin('evidence.question_mark as m', (join) =>
        join.onRef('m.trust_id', '=', 'p.trust_id').onRef('m.paper_id', '=', 'p.paper_id'),
      )
      .where('p.trust_id', '=', viewer.trust)
      .groupBy(['p.paper_id', 'p.title', 'p.academic_year'])
      .select(({ fn }) => [
        'p.paper_id as id',
        'p.title',
        'p.academic_year as academicYear',
        fn.count<number>('m.place').distinct().as('questions'),
        fn.count<number>('m.pupil_id').distinct().as('pupils'),
      ])
      .orderBy('p.paper_id', 'desc')
      .execute()
    return rows.map((row) => ({ ...row, questions: Number(row.questions), pupils: Number(row.pupils) }))
  })
}

export interface QuestionLine {
  readonly label: string
  readonly most: number
  readonly topic: string
  readonly all: QuestionMarks
  /** By school id. */
  readonly schools: ReadonlyMap<number, QuestionMarks>
}

export interface PaperPage {
  readonly title: string
  readonly academicYear: number
  readonly schools: readonly { readonly id: number; readonly name: string; readonly pupils: number }[]
  readonly pupils: number
  readonly questions: readonly QuestionLine[]
}

/** A shared test, question by question, of the schools whose pupils the viewer may see. @throws NotHere */
export async function paperPage(viewer: Viewer, id: number): Promise<PaperPage> {
  const found = await read(viewer, async (db) => {
    const paper = await db
      .selectFrom('evidence.paper')
      .select(['title', 'academic_year as academicYear'])
      .where('trust_id', '=', viewer.trust)
      .where('paper_id', '=', id)
      .executeTakeFirst()
    if (!paper) return undefined
    const questions = await db
      .selectFrom('evidence.paper_question')
      .select(['place', 'label', 'most', 'topic'])
      .where('trust_id', '=', viewer.trust)
      .where('paper_id', '=', id)
      .orderBy('place')
      .execute()
    const sums = await db
      .selectFrom('evidence.question_mark')
      .where('trust_id', '=', viewer.trust)
      .where('paper_id', '=', id)
      .groupBy(['school_id', 'place'])
      .select(({ fn }) => [
        'school_id as school',
        'place',
        fn.sum<number | null>('mark').as('marks'),
        fn.count<number>('mark').as('answered'),
        fn.countAll<number>().as('pupils'),
      ])
      .execute()
    return { ...paper, questions, sums }
  })
  if (!found || found.sums.length === 0) throw new NotHere()
  const names = new Map((await schools(viewer)).map((school) => [school.id, school.shortName]))
  const of = (place: number, school?: number) =>
    found.sums.filter((one) => one.place === place && (school === undefined || one.school === school))
  const ids = [...names.keys()].filter((school) => found.sums.some((one) => one.school === school))
  const pupilsOf = (school: number) => Number(of(found.questions[0]!.place, school)[0]?.pupils ?? 0)
  return {
    title: found.title,
    academicYear: found.academicYear,
    schools: ids.map((school) => ({ id: school, name: names.get(school)!, pupils: pupilsOf(school) })),
    pupils: ids.reduce((sum, school) => sum + pupilsOf(school), 0),
    questions: found.questions.map(({ place, label, most, topic }) => ({
      label,
      most,
      topic,
      all: facility(of(place), most),
      schools: new Map(ids.map((school) => [school, facility(of(place, school), most)])),
    })),
  }
}
