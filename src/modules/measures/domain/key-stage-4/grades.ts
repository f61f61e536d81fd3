/** One pupil's result in one Year 11 qualification. */
export interface Grade {
  /** Code of the subject: `english-language`, `combined-science`. */
  readonly subject: string
  /** Points of the grade: 9 to 0 for a GCSE; a double award has the mean of its two grades. */
  readonly points: number
  /** A GCSE, or a technical award, which only the open slots take. */
  readonly gcse: boolean
}

const languages = [
  'arabic',
  'bengali',
  'chinese',
  'french',
  'german',
  'greek',
  'gujarati',
  'italian',
  'japanese',
  'languages',
  'latin',
  'panjabi',
  'persian',
  'polish',
  'portuguese',
  'russian',
  'spanish',
  'turkish',
  'urdu',
]

/** Subjects that fill EBacc slots: sciences with computer science, history, geography, languages. */
const ebaccSubjects = new Set([
  'biology',
  'chemistry',
  'physics',
  'computer-science',
  'combined-science',
  'history',
  'geography',
  ...languages,
])

export const isEbacc = ({ subject, gcse }: Grade): boolean => gcse && ebaccSubjects.has(subject)

/** A double award fills two slots. */
export const slotsOf = ({ subject }: Grade): 1 | 2 => (subject === 'combined-science' ? 2 : 1)

const doubleGrade = /^([1-9])\s*-\s*([1-9])$/
const awardGrade = /^(L[12]\s?)?(?:D\*|D|M|P)\d?$/

/**
 * A result as a grade for Attainment 8: `7`, `U`, a double award `5-4` (the mean of the pair), or a technical award's
 * Merit with the points of its scale. Scores and anything else are no grade.
 */
export function gradeOf(subject: string, text: string | null, points: number | null): Grade | undefined {
  const grade = text?.trim().toUpperCase() ?? ''
  const pair = grade.match(doubleGrade)
  if (pair) return { subject, points: (Number(pair[1]) + Number(pair[2])) / 2, gcse: true }
  if (/^[1-9]$/.test(grade)) return { subject, points: Number(grade), gcse: true }
  if (grade === 'U') return { subject, points: 0, gcse: true }
  // A bare "M" may be anything that a school means by it: it is an award only with the points of a Level 2 pass or more.
  const award = grade.match(awardGrade)
  if (award && points !== null && points <= 9 && (award[1] || points >= 4))
    return { subject, points, gcse: false }
  return undefined
}
