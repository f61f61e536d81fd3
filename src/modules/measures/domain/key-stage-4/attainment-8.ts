import { type Grade, isEbacc, slotsOf } from './grades.ts'

/** Attainment 8 of one pupil with its elements; the four add up to `all`. */
export interface Attainment8 {
  readonly all: number
  readonly english: number
  readonly mathematics: number
  readonly ebacc: number
  readonly open: number
}

interface Slot {
  readonly points: number
  readonly ebacc: boolean
}

const bestFirst = (a: Slot, b: Slot) => b.points - a.points
const total = (slots: readonly Slot[]) => slots.reduce((sum, slot) => sum + slot.points, 0)

/** One entry a subject: of two in the same subject, the better. */
const onePerSubject = (grades: readonly Grade[]): Map<string, Grade> => {
  const best = new Map<string, Grade>()
  for (const grade of grades) {
    const before = best.get(grade.subject)
    if (!before || grade.points > before.points) best.set(grade.subject, grade)
  }
  return best
}

/**
 * Attainment 8 by the slots in force for results of 2017 to 2026: English and mathematics twice, the best three EBacc
 * subjects, the best three of what is left. English is doubled only if language and literature were both taken; the lower
 * of the two may fill an open slot. Technical awards fill open slots only. An empty slot is 0.
 */
export function attainment8(grades: readonly Grade[]): Attainment8 {
  const bySubject = onePerSubject(grades)
  const take = (subject: string): Grade | undefined => {
    const grade = bySubject.get(subject)
    if (grade?.gcse) bySubject.delete(subject)
    return grade?.gcse ? grade : undefined
  }
  const language = take('english-language')
  const literature = take('english-literature')
  const mathematics = take('mathematics')
  const both = language !== undefined && literature !== undefined
  const higher = Math.max(language?.points ?? 0, literature?.points ?? 0)

  const rest: Slot[] = [...bySubject.values()].flatMap((grade) =>
    Array.from({ length: slotsOf(grade) }, () => ({ points: grade.points, ebacc: isEbacc(grade) })),
  )
  const ebacc = rest
    .filter((slot) => slot.ebacc)
    .sort(bestFirst)
    .slice(0, 3)
  const open = rest.filter((slot) => !ebacc.includes(slot))
  if (both) open.push({ points: Math.min(language.points, literature.points), ebacc: false })

  const parts = {
    english: both ? higher * 2 : higher,
    mathematics: (mathematics?.points ?? 0) * 2,
    ebacc: total(ebacc),
    open: total(open.sort(bestFirst).slice(0, 3)),
  }
  return { ...parts, all: parts.english + parts.mathematics + parts.ebacc + parts.open }
}

/** Grade 4 or above, or 5 or above, in mathematics and in English language or literature. */
export function englishAndMathematics(grades: readonly Grade[], least: 4 | 5): boolean {
  const met = (subject: string) =>
    grades.some((grade) => grade.subject === subject && grade.gcse && grade.points >= least)
  return met('mathematics') && (met('english-language') || met('english-literature'))
}
