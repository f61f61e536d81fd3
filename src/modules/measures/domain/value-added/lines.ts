import { chanceBeyond } from '../distributions/normal.ts'
import type { Coded } from '../scan/rows.ts'
import type { ModelRows } from './choose-rows.ts'
import { fitModel, type ModelFit } from './fit.ts'
import { sumsOfRows } from './sums-of-rows.ts'

/** A group's own line over the middle nine tenths of its pupils' starting points, everything else at its mean. */
export interface OwnLine {
  readonly group: string
  readonly n: number
  readonly from: readonly [number, number]
  readonly to: readonly [number, number]
  /** Outcome for each unit of the starting point. */
  readonly slope: number
  readonly slopeSe: number
}

export interface Lines {
  readonly fit: ModelFit
  readonly common: Omit<OwnLine, 'group' | 'n'>
  readonly lines: readonly OwnLine[]
  /** How likely lines that differ so much would be if all were parallel. */
  readonly chance: number
}

/**
 * Chance of a deviance that much lower with a slope of its own for each group, if there were none: half χ² with one degree of
 * freedom, half with two, because a variance cannot be under 0 (Self and Liang 1987; Snijders and Bosker 2012, 6.2).
 */
export const slopeChance = (lower: number): number =>
  lower <= 0 ? 1 : 0.5 * chanceBeyond(Math.sqrt(lower)) + 0.5 * Math.exp(-lower / 2)

/** The ends of the middle nine tenths. */
function reach(values: readonly number[]): readonly [number, number] {
  const sorted = values.toSorted((one, other) => one - other)
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))]!
  return [at(0.05), at(0.95)]
}

/** Fits a line of its own to every group, and says whether they differ by more than chance. `along` names the predictor. */
export function ownLines(
  rows: ModelRows,
  group: Coded,
  categories: readonly Coded[],
  along: string,
): Lines | undefined {
  const column = rows.predictors.find(({ name }) => name === along)
  if (!column) return undefined
  const sums = sumsOfRows(rows, group, categories, along)
  const fit = fitModel(sums, 'reml')
  const [parallel, sloped] = [sumsOfRows(rows, group, categories), sums].map((one) => fitModel(one, 'ml'))
  const estimate = fit.fixed.find(({ name }) => name === along)
  if (!estimate) return undefined
  /** Where everything but the starting point is at its mean. */
  const level = fit.fixed.reduce((sum, { name, estimate: each }) => {
    if (name === along) return sum
    if (name === 'intercept') return sum + each
    return sum + each * sums.fixed.find((one) => one.name === name)!.mean
  }, 0)
  const starts = Map.groupBy(group.codes.keys(), (row) => group.codes[row]!)
  const line = (start: number, slope: number, [low, high]: readonly [number, number]) => ({
    from: [low, start + slope * low] as const,
    to: [high, start + slope * high] as const,
    slope,
  })
  return {
    fit,
    common: { ...line(level, estimate.estimate, reach([...column.values])), slopeSe: estimate.se },
    lines: fit.effects.map(({ group: name, n, intercept, slope = 0, slopeSe = 0 }) => ({
      group: name,
      n,
      slopeSe,
      ...line(
        level + intercept,
        estimate.estimate + slope,
        reach((starts.get(group.levels.indexOf(name)) ?? []).map((row) => column.values[row]!)),
      ),
    })),
    chance: slopeChance(parallel!.minus2LogLik - sloped!.minus2LogLik),
  }
}
