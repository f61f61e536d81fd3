import { fitLines } from './lines.ts'
import type { Prepared } from './prepare.ts'
import { type Spread, spreadOf } from './spread.ts'

/** How far each result lies from what is expected of similar pupils, and how much that varies by chance. */
export interface Expected extends Spread {
  /** Result less expectation, in the outcome's unit; sums to 0 in each stratum. */
  readonly residual: Float64Array
  /** Subject and year group, or whatever the results have in common: similar pupils are those of one stratum. */
  readonly stratum: Int32Array
  readonly strata: Float64Array
  /** Correlation of the differences of one pupil. */
  readonly likeness: number
}

/**
 * What is expected of similar pupils: least squares on the predictors, their squares and the categories, within each stratum
 * (the same subject and year group across all places); strata too small for a line of their own share one.
 */
export function expectedOf(prepared: Prepared, outcome: Float64Array): Expected {
  const { rows, design, stratum, strata } = prepared
  const { fitted, residual } = fitLines(design, outcome, stratum, strata)
  const { local, freed } = withinPlaces(prepared, residual)
  const spread = spreadOf(local, freed, fitted, stratum, strata, design.terms.size)
  return {
    residual,
    stratum,
    strata,
    ...spread,
    likeness: rows.lone ? 0 : likenessOf(local, freed, spread, rows.pupils),
  }
}

/**
 * Differences about the mean of the row's own place in its stratum, and what share of a degree of freedom each keeps: how
 * much places differ must not pass for chance.
 */
function withinPlaces({ within: { codes, n } }: Prepared, residual: Float64Array) {
  const mean = new Float64Array(n.length)
  for (let row = 0; row < residual.length; row++) mean[codes[row]!]! += residual[row]! / n[codes[row]!]!
  const local = new Float64Array(residual.length)
  for (let row = 0; row < residual.length; row++) local[row] = residual[row]! - mean[codes[row]!]!
  return { local, freed: { codes, share: n.map((one) => 1 - 1 / one) } }
}

/** Rows of one pupil stand together. 0 where every pupil has one result. */
function likenessOf(
  residual: Float64Array,
  freed: { readonly codes: Int32Array; readonly share: Float64Array },
  { band, variance }: Spread,
  pupils: Int32Array,
): number {
  let products = 0
  let pairs = 0
  for (let from = 0; from < pupils.length; ) {
    let to = from
    let sum = 0
    let squares = 0
    for (; to < pupils.length && pupils[to] === pupils[from]; to++) {
      const scale = variance[band[to]!]! * freed.share[freed.codes[to]!]!
      const one = scale > 0 ? residual[to]! / Math.sqrt(scale) : 0
      sum += one
      squares += one * one
    }
    products += sum * sum - squares
    pairs += (to - from) * (to - from - 1)
    from = to
  }
  return pairs === 0 ? 0 : Math.min(0.999, Math.max(0, products / pairs))
}
