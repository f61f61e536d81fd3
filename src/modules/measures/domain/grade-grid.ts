import { gridGrades, priorBands, transitions2024 } from '../benchmarks/transitions.ts'

/** How many pupils of a band have each grade, from 9 to U. */
export interface GridRow {
  readonly band: string
  readonly name: string
  readonly counts: readonly number[]
  readonly n: number
}

export interface PupilGrade {
  /** Mean of reading and mathematics at key stage 2; null where there is no score. */
  readonly prior: number | null
  readonly grade: string
}

/** The band of a prior attainment: the highest whose least it reaches. */
export const bandOf = (prior: number | null): string =>
  prior === null ? 'none' : priorBands.findLast(({ least }) => least !== undefined && prior >= least)!.id

const rowOf = (band: (typeof priorBands)[number], counts: readonly number[]): GridRow => ({
  band: band.id,
  name: band.name,
  counts,
  n: counts.reduce((sum, one) => sum + one, 0),
})

/** Pupils with a grade, by band of prior attainment and grade. */
export const gridOf = (pupils: readonly PupilGrade[]): GridRow[] =>
  priorBands.map((band) => {
    const own = pupils.filter(({ prior }) => bandOf(prior) === band.id)
    return rowOf(
      band,
      gridGrades.map((grade) => own.filter((one) => one.grade === grade).length),
    )
  })

/** England’s grid of a subject, or nothing when DfE’s matrices have it not. */
export function nationalGrid(subject: string): GridRow[] | undefined {
  const text = Object.hasOwn(transitions2024, subject) ? transitions2024[subject] : undefined
  return text?.split(' | ').map((row, at) => rowOf(priorBands[at]!, row.split(' ').map(Number)))
}

/** All bands of a grid together. */
export const totalOf = (grid: readonly GridRow[]): readonly number[] =>
  gridGrades.map((_, at) => grid.reduce((sum, { counts }) => sum + counts[at]!, 0))

/** Share at each grade and at it or above, in percent: the cumulative curve. */
export function curveOf(counts: readonly number[]): { readonly share: number; readonly orAbove: number }[] {
  const all = counts.reduce((sum, one) => sum + one, 0)
  let above = 0
  return counts.map((many) => {
    above += many
    return { share: all ? (100 * many) / all : 0, orAbove: all ? (100 * above) / all : 0 }
  })
}
