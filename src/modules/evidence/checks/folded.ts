import { createHash } from 'node:crypto'
import { listed } from '../drops/domain/sentences.ts'
import type { Question } from './answers.ts'
import type { Finding } from './finding.ts'

/** So many questions of one kind stand alone; more of a school become one. */
const alone = 2

/** As many places as a folded question names. */
const named = 8

/**
 * Questions, with many unanswered ones of one kind at one school asked as one. An answer to it holds for exactly those
 * findings: another finding, or another count, and it is asked again.
 */
export async function folded(
  found: readonly Finding[],
  answer: (found: readonly Finding[]) => Promise<Question[]>,
): Promise<Question[]> {
  const asked = await answer(found)
  const kinds = Map.groupBy(
    asked.filter((one) => !one.answer && one.school !== null),
    (one) => `${one.school}|${one.check}`,
  )
  const many = [...kinds.values()].filter((ones) => ones.length > alone)
  if (!many.length) return asked
  const inFold = new Set(many.flat().map((one) => one.key))
  return answer([...found.filter((one) => !inFold.has(one.key)), ...many.map(fold)])
}

function fold(ones: readonly Question[]): Finding {
  const { check, weight, school, title } = ones[0]!
  const [worst] = ones.toSorted((a, b) => b.n - a.n)
  const keys = ones.map((one) => one.key).sort()
  return {
    key: [check, school, createHash('sha256').update(keys.join('\n')).digest('hex').slice(0, 16)].join('|'),
    check,
    weight,
    school,
    question: `${title}, ${ones.length} times: ${listed([...new Set(ones.map((one) => one.where || one.question))], named)}. The one with most pupils: ${worst!.question}`,
    where: `${ones.length} places`,
    n: ones.length,
    of: null,
  }
}
