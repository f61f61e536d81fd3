import { read } from '../../../platform/database/door.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { type Drop, dropTitle } from '../drops/domain/drop.ts'
import { checks } from './catalogue.ts'
import type { Finding } from './finding.ts'
import { recordChecks } from './pupil-record.ts'

export interface Answer {
  readonly text: string
  readonly by: string
  readonly at: Date
  /** The drop in which it was given, when that was an earlier one. */
  readonly in?: string
}

/** A finding as a question that may have been answered. */
export type Question = Finding & { readonly title: string; readonly answer?: Answer }

const titles = new Map([...checks, ...recordChecks].map((check) => [check.id, check]))

/** Findings as questions: those without an answer that need one first, then in the order of the checks. */
export async function withAnswers(
  viewer: Viewer,
  drop: Drop,
  found: readonly Finding[],
): Promise<Question[]> {
  const answers = await read(viewer, (db) =>
    db
      .selectFrom('evidence.check_answer as a')
      .innerJoin('evidence.drop as d', (on) =>
        on.onRef('d.trust_id', '=', 'a.trust_id').onRef('d.drop_id', '=', 'a.drop_id'),
      )
      .leftJoin('organisation.person as p', (on) =>
        on.onRef('p.trust_id', '=', 'a.trust_id').onRef('p.person_id', '=', 'a.person_id'),
      )
      .where('a.trust_id', '=', viewer.trust)
      .select(['a.drop_id', 'a.finding', 'a.answer', 'a.at', 'p.name', 'd.name as drop', 'd.academic_year'])
      .orderBy('a.at', 'desc')
      .orderBy('a.check_answer_id', 'desc')
      .execute(),
  )
  return found
    .map((finding): Question => {
      const check = titles.get(finding.check)!
      const answer =
        answers.find((one) => one.finding === finding.key && one.drop_id === drop.id) ??
        (check.standing ? answers.find((one) => one.finding === finding.key) : undefined)
      if (!answer) return { ...finding, title: check.title }
      return {
        ...finding,
        title: check.title,
        answer: {
          text: answer.answer,
          by: answer.name ?? 'The command line',
          at: answer.at,
          ...(answer.drop_id === drop.id
            ? {}
            : { in: dropTitle({ name: answer.drop, academicYear: answer.academic_year }) }),
        },
      }
    })
    .sort((a, b) => rank(a) - rank(b) || order(a) - order(b) || a.key.localeCompare(b.key))
}

const rank = (question: Question) => (question.answer ? 2 : question.weight === 'answer' ? 0 : 1)

const inOrder = [...titles.keys()]
const order = (question: Question) => inOrder.indexOf(question.check)
