import { binomialAbove, studentAbove } from '../distributions/beta.ts'
import { poissonAbove } from '../distributions/gamma.ts'
import { type Doubt, type DoubtPlace, rateOfOthers } from './doubt.ts'

/** How far something moved at a place: mean and standard deviation over n pupils. */
export interface Moved {
  readonly place: DoubtPlace
  readonly n: number
  readonly mean: number
  readonly deviation: number
}

const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((one, other) => one - other)
  const middle = sorted.length >> 1
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

/**
 * How much places differ beyond the luck of their pupils, whatever a few of them do: 1.4826 times the median distance from
 * the median (Hampel 1974), less the usual sampling variance.
 */
export function usualMove(all: readonly Moved[]): { readonly usual: number; readonly between: number } {
  const usual = median(all.map(({ mean }) => mean))
  const scale = 1.4826 * median(all.map(({ mean }) => Math.abs(mean - usual)))
  const luck = median(all.map(({ deviation, n }) => deviation ** 2 / n))
  return { usual, between: Math.sqrt(Math.max(0, scale ** 2 - luck)) }
}

const fewestPlaces = 4
const fewestMoved = 10

function tested(all: readonly Moved[]) {
  const told = all.filter(({ n }) => n >= fewestMoved)
  if (told.length < fewestPlaces) return []
  const { usual, between } = usualMove(told)
  return told.map((one) => ({
    one,
    usual,
    t: (one.mean - usual) / Math.sqrt(one.deviation ** 2 / one.n + between ** 2 || Number.EPSILON),
    bars: told.map(({ mean, place }) => ({
      label: place.year ?? '',
      school: place.school,
      value: mean,
      usual,
      ...(place === one.place ? { here: true } : {}),
    })),
  }))
}

/** Too good to be true: the same pupils rose since the drop before by far more than others did in the same assessment. */
export const tooGood = (all: readonly Moved[]): Doubt[] =>
  tested(all).map(({ one, usual, t, bars }) => ({
    kind: 'too good to be true',
    place: one.place,
    value: one.mean,
    of: one.n,
    usual,
    chance: studentAbove(t, one.n - 1),
    bars,
  }))

/** Drift: what teachers give, beyond what the tests of the same pupils would say, moved since the drop before; either way. */
export const drift = (all: readonly Moved[]): Doubt[] =>
  tested(all).map(({ one, usual, t, bars }) => ({
    kind: 'teachers and tests drift apart',
    place: one.place,
    value: one.mean,
    of: one.n,
    usual,
    chance: Math.min(1, 2 * studentAbove(Math.abs(t), one.n - 1)),
    bars,
  }))

/** A roll at two drops of one academic year. */
export interface Roll {
  readonly place: DoubtPlace
  readonly was: number
  readonly came: number
  readonly gone: number
}

/** Roll changes before a census: many more came (Poisson) or left (binomial) than at the other schools between the same two days. */
export function rollChanges(all: readonly Roll[], census: string): Doubt[] {
  const sum = (number: (roll: Roll) => number) => all.reduce((total, roll) => total + number(roll), 0)
  const of = sum(({ was }) => was)
  return all.flatMap((roll): Doubt[] => {
    const asked = (['came', 'gone'] as const).flatMap((way): Doubt[] => {
      const many = roll[way]
      const rate = rateOfOthers({ met: sum((one) => one[way]), of }, { met: many, of: roll.was }, 100)
      if (many < 5 || rate === undefined) return []
      return [
        {
          kind: 'roll before a census',
          place: roll.place,
          value: way === 'came' ? many : -many,
          of: roll.was,
          usual: rate * roll.was,
          chance: way === 'came' ? poissonAbove(many, rate * roll.was) : binomialAbove(many, roll.was, rate),
          about: census,
          bars: all.map((one) => ({
            label: '',
            school: one.place.school,
            value: one[way],
            usual: rate * one.was,
            ...(one === roll ? { here: true } : {}),
          })),
        },
      ]
    })
    return asked.length
      ? asked
      : [
          {
            kind: 'roll before a census',
            place: roll.place,
            value: 0,
            of: roll.was,
            usual: 0,
            chance: 1,
            bars: [],
          },
        ]
  })
}

const thursdays = (year: number, month: number, nth: number): string => {
  const first = new Date(Date.UTC(year, month - 1, 1)).getUTCDay()
  const day = 1 + ((4 - first + 7) % 7) + 7 * (nth - 1)
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}

/** England's school census days of an academic year: first Thursday of October, third of January and of May (DfE, school census guide). */
export const censusDays = (academicYear: number): readonly string[] => [
  thursdays(academicYear, 10, 1),
  thursdays(academicYear + 1, 1, 3),
  thursdays(academicYear + 1, 5, 3),
]
