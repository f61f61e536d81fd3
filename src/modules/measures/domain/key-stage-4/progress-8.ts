import type { Interval } from '../intervals/interval.ts'
import { knownDeviationInterval } from '../intervals/means.ts'
import type { Attainment8 } from './attainment-8.ts'
import { nationalProgressOf } from './national-progress.ts'

const bounds = [82, 86, 87.5, 89, 90.5, 92]

/** Prior attainment group, 1 to 34, of a mean key stage 2 scaled score; the upper bound of each group is in it. */
export function priorAttainmentGroup(mean: number): number {
  const low = bounds.findIndex((bound) => mean <= bound)
  if (low !== -1) return low + 1
  return Math.min(34, 6 + Math.ceil(mean - 92))
}

/** Mean of the key stage 2 scores in reading and mathematics; the other alone where one is missing. */
export function priorMean(reading: number | null, mathematics: number | null): number | undefined {
  const scores = [reading, mathematics].filter((score) => score !== null)
  return scores.length === 0 ? undefined : scores.reduce((sum, score) => sum + score, 0) / scores.length
}

/** Progress 8 of one pupil and its elements, in grades a slot; nothing in years that have no national estimates. */
export function progress8(attained: Attainment8, prior: number, year: number): Attainment8 | undefined {
  const national = nationalProgressOf(year)
  if (!national) return undefined
  const [all, english, mathematics, ebacc, open] = national.estimates[priorAttainmentGroup(prior) - 1]!
  return {
    all: (attained.all - all) / 10,
    english: (attained.english - english) / 2,
    mathematics: (attained.mathematics - mathematics) / 2,
    ebacc: (attained.ebacc - ebacc) / 3,
    open: (attained.open - open) / 3,
  }
}

const order = ['all', 'english', 'mathematics', 'ebacc', 'open'] as const

/** The national standard deviation that a school's interval is made of. */
export const progress8Deviation = (year: number, element: keyof Attainment8 = 'all'): number | undefined =>
  nationalProgressOf(year)?.deviations[order.indexOf(element)]

export interface SchoolProgress8 extends Interval {
  readonly pupils: number
  readonly mean: number
  readonly band: Progress8Band
}

export type Progress8Band =
  | 'Well above average'
  | 'Above average'
  | 'Average'
  | 'Below average'
  | 'Well below average'

/** DfE's bands: the interval must be clear of 0, and the score half a grade or more away for "well". */
export function progress8Band(mean: number, { low, high }: Interval): Progress8Band {
  if (low > 0) return mean >= 0.5 ? 'Well above average' : 'Above average'
  if (high < 0) return mean <= -0.5 ? 'Well below average' : 'Below average'
  return 'Average'
}

/** A school's score: the mean of its pupils' scores, with DfE's interval. Nothing without pupils or national figures. */
export function schoolProgress8(scores: readonly number[], year: number): SchoolProgress8 | undefined {
  const deviation = progress8Deviation(year)
  if (deviation === undefined || scores.length === 0) return undefined
  const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length
  const interval = knownDeviationInterval(mean, scores.length, deviation)
  return { pupils: scores.length, mean, ...interval, band: progress8Band(mean, interval) }
}
