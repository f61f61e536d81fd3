/** How a group did in a question, or in a topic. */
export interface QuestionMarks {
  readonly pupils: number
  /** Of those, who wrote no answer: they count as no mark. */
  readonly unanswered: number
  /** Marks got and marks that could have been got. */
  readonly marks: number
  readonly possible: number
  /** Marks got, of those that could have been, in percent; undefined of nobody. */
  readonly share: number | undefined
}

export interface MarkSum {
  readonly marks: number | string | null
  readonly answered: number | string
  readonly pupils: number | string
}

/** A question’s facility: marks got by those who sat the paper, of the marks that they could have got. Unanswered counts as no mark. */
export function facility(sums: readonly MarkSum[], most: number): QuestionMarks {
  const total = (of: (sum: MarkSum) => number) => sums.reduce((sum, one) => sum + of(one), 0)
  const pupils = total((one) => Number(one.pupils))
  const marks = total((one) => Number(one.marks ?? 0))
  const possible = pupils * most
  return {
    pupils,
    unanswered: pupils - total((one) => Number(one.answered)),
    marks,
    possible,
    share: possible > 0 ? (100 * marks) / possible : undefined,
  }
}

/** Questions of a topic taken together: each mark counts the same. */
export function together(questions: readonly QuestionMarks[]): QuestionMarks {
  const sum = (of: (one: QuestionMarks) => number) => questions.reduce((all, one) => all + of(one), 0)
  const possible = sum((one) => one.possible)
  return {
    pupils: Math.max(0, ...questions.map(({ pupils }) => pupils)),
    unanswered: sum((one) => one.unanswered),
    marks: sum((one) => one.marks),
    possible,
    share: possible > 0 ? (100 * sum((one) => one.marks)) / possible : undefined,
  }
}
