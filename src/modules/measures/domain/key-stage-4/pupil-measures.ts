import { elements } from '../measure.ts'
import { attainment8, englishAndMathematics } from './attainment-8.ts'
import type { Grade } from './grades.ts'
import { progress8 } from './progress-8.ts'

export interface Year11Pupil {
  readonly grades: readonly Grade[]
  readonly yearGroup: string
  /** Mean key stage 2 scaled score of reading and mathematics. */
  readonly prior: number | null
}

/**
 * A pupil's value of every key stage 4 measure, or null where there is none to count. When results come, everyone on roll
 * counts, a pupil without grades as 0; at a termly drop only those with a grade do, and nobody has Progress 8.
 */
export function keyStage4Measures(
  { grades, yearGroup, prior }: Year11Pupil,
  drop: { readonly academicYear: number; readonly kind: 'termly' | 'statutory' },
): Map<string, number | null> {
  const values = new Map<string, number | null>()
  const everyone = drop.kind === 'statutory'
  const attained = attainment8(grades)
  const counted = everyone || grades.length > 0
  values.set('attainment-8', counted ? attained.all : null)
  for (const element of elements) values.set(`attainment-8-${element}`, counted ? attained[element] : null)

  const has = (subject: string) => grades.some((grade) => grade.subject === subject && grade.gcse)
  const both = everyone || (has('mathematics') && (has('english-language') || has('english-literature')))
  for (const least of [4, 5] as const)
    values.set(`english-maths-${least}`, both ? Number(englishAndMathematics(grades, least)) : null)

  if (everyone && yearGroup === '11' && progress8(attained, 100, drop.academicYear)) {
    const progress = prior === null ? undefined : progress8(attained, prior, drop.academicYear)
    values.set('progress-8', progress?.all ?? null)
    for (const element of elements) values.set(`progress-8-${element}`, progress?.[element] ?? null)
  }
  return values
}
