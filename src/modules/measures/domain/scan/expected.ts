import { combined, type ScanRows, sharedColumns } from './rows.ts'

/** How far each result lies from what is expected of similar pupils, and how much that varies by chance. */
export interface Expected {
  /** Result less expectation, in the outcome's unit; sums to 0 in each stratum. */
  readonly residual: Float64Array
  /** Standard deviation of such a difference for pupils of this expectation. */
  readonly deviation: Float64Array
  /** Third central moment of the same. */
  readonly third: Float64Array
  /** Degrees of freedom behind `deviation`. */
  readonly freedom: Float64Array
  /** Subject and year group, or whatever the results have in common: similar pupils are those of one stratum. */
  readonly stratum: Int32Array
  readonly strata: Float64Array
  /** Correlation of the differences of one pupil. */
  readonly likeness: number
}

/** Solves a symmetric system by Cholesky; a column that the others make up already gets 0. */
function solve(a: Float64Array, b: Float64Array, size: number): Float64Array {
  const l = new Float64Array(size * size)
  const left = new Uint8Array(size)
  for (let j = 0; j < size; j++) {
    let pivot = a[j * size + j]!
    for (let k = 0; k < j; k++) pivot -= l[j * size + k]! ** 2
    if (pivot <= 1e-9 * Math.max(a[j * size + j]!, 1e-300)) {
      left[j] = 1
      continue
    }
    const root = Math.sqrt(pivot)
    l[j * size + j] = root
    for (let i = j + 1; i < size; i++) {
      let sum = a[i * size + j]!
      for (let k = 0; k < j; k++) sum -= l[i * size + k]! * l[j * size + k]!
      l[i * size + j] = sum / root
    }
  }
  const x = new Float64Array(size)
  for (let i = 0; i < size; i++) {
    if (left[i]) continue
    let sum = b[i]!
    for (let k = 0; k < i; k++) sum -= l[i * size + k]! * x[k]!
    x[i] = sum / l[i * size + i]!
  }
  for (let i = size - 1; i >= 0; i--) {
    if (left[i]) continue
    let sum = x[i]!
    for (let k = i + 1; k < size; k++) sum -= l[k * size + i]! * x[k]!
    x[i] = sum / l[i * size + i]!
  }
  return x
}

/** Predictors about their mean in their spread, and the squares of those that take more than two values. */
function terms({ predictors, outcome }: ScanRows): Float64Array[] {
  return predictors.flatMap(({ values }) => {
    let mean = 0
    for (const value of values) mean += value / outcome.length
    let square = 0
    for (const value of values) square += (value - mean) ** 2 / outcome.length
    const spread = Math.sqrt(square) || 1
    const line = values.map((value) => (value - mean) / spread)
    return new Set(values.subarray(0, 1000)).size > 2 ? [line, line.map((value) => value * value)] : [line]
  })
}

const rowsForOwnLine = 40
const rowsInBand = 300
const mostBands = 10

/**
 * What is expected of similar pupils: least squares on the predictors and their squares, within each stratum (the same
 * subject and year group across all places); strata too small for a line of their own share one. The spread of results
 * about their expectation is measured in bands of the expectation, because marks near the top or the bottom vary less.
 */
export function expectedOf(rows: ScanRows): Expected {
  const many = rows.outcome.length
  const { codes: stratum, many: strataMany } = combined(sharedColumns(rows), many)
  const strata = new Float64Array(strataMany)
  for (let row = 0; row < many; row++) strata[stratum[row]!]!++
  const columns = [...terms(rows), rows.outcome.slice()]
  for (const column of columns) centre(column, stratum, strata)
  const outcome = columns.pop()!
  const size = columns.length
  const own = (at: number) => strata[at]! >= rowsForOwnLine * (size + 1)
  const lines = Array.from({ length: strataMany + 1 }, () => new Float64Array(size * size + size))
  for (let row = 0; row < many; row++) {
    const sums = lines[own(stratum[row]!) ? stratum[row]! : strataMany]!
    for (let i = 0; i < size; i++) {
      const one = columns[i]![row]!
      for (let j = 0; j <= i; j++) sums[i * size + j]! += one * columns[j]![row]!
      sums[size * size + i]! += one * outcome[row]!
    }
  }
  const slopes = lines.map((sums) => solve(sums.subarray(0, size * size), sums.subarray(size * size), size))
  const fitted = new Float64Array(many)
  const residual = new Float64Array(many)
  for (let row = 0; row < many; row++) {
    const line = slopes[own(stratum[row]!) ? stratum[row]! : strataMany]!
    for (let i = 0; i < size; i++) fitted[row]! += line[i]! * columns[i]![row]!
    residual[row] = outcome[row]! - fitted[row]!
  }
  const { local, freed } = withinPlaces(rows, residual, stratum, strata.length)
  const spread = spreadOf(local, freed, fitted, stratum, strata, size)
  return {
    residual,
    stratum,
    strata,
    ...spread,
    likeness: likenessOf(local, freed, spread.deviation, rows.pupils),
  }
}

function centre(values: Float64Array, stratum: Int32Array, strata: Float64Array): void {
  const means = new Float64Array(strata.length)
  for (let row = 0; row < values.length; row++) means[stratum[row]!]! += values[row]! / strata[stratum[row]!]!
  for (let row = 0; row < values.length; row++) values[row]! -= means[stratum[row]!]!
}

/**
 * Differences about the mean of the row's own place in its stratum, and what share of a degree of freedom each keeps: how
 * much places differ must not pass for chance.
 */
function withinPlaces({ places }: ScanRows, residual: Float64Array, stratum: Int32Array, strata: number) {
  const many = residual.length
  const owner = places[0] ? [places[0]] : []
  const { codes, many: cells } = combined([...owner, { codes: stratum, levels: { length: strata } }], many)
  const n = new Float64Array(cells)
  const mean = new Float64Array(cells)
  for (let row = 0; row < many; row++) n[codes[row]!]!++
  for (let row = 0; row < many; row++) mean[codes[row]!]! += residual[row]! / n[codes[row]!]!
  return {
    local: residual.map((one, row) => one - mean[codes[row]!]!),
    freed: residual.map((_, row) => 1 - 1 / n[codes[row]!]!),
  }
}

/** Spread and lean of the residuals in bands of expectation, each of at least some hundred rows of one stratum. */
function spreadOf(
  residual: Float64Array,
  freed: Float64Array,
  fitted: Float64Array,
  stratum: Int32Array,
  strata: Float64Array,
  size: number,
) {
  const many = residual.length
  const starts = new Int32Array(strata.length + 1)
  for (let at = 0; at < strata.length; at++) starts[at + 1] = starts[at]! + strata[at]!
  const next = starts.slice()
  const order = new Int32Array(many)
  for (let row = 0; row < many; row++) order[next[stratum[row]!]!++] = row
  const deviation = new Float64Array(many)
  const third = new Float64Array(many)
  const freedom = new Float64Array(many)
  for (let at = 0; at < strata.length; at++) {
    const mine = order.subarray(starts[at]!, starts[at + 1]!)
    const bands = Math.max(1, Math.min(mostBands, Math.floor(mine.length / rowsInBand)))
    let low = 0
    let high = 0
    if (bands > 1) {
      const keys = Float64Array.from(mine, (row) => fitted[row]!).sort()
      low = keys[0]!
      high = keys.at(-1)!
      mine.sort((one, other) => fitted[one]! - fitted[other]!)
    }
    const cuts = high > low ? bands : 1
    for (let band = 0; band < cuts; band++) {
      const part = mine.subarray(
        Math.floor((band * mine.length) / cuts),
        Math.floor(((band + 1) * mine.length) / cuts),
      )
      let free = -size / cuts
      let square = 0
      let cube = 0
      for (const row of part) {
        square += residual[row]! ** 2
        cube += residual[row]! ** 3
        free += freed[row]!
      }
      free = Math.max(1, free)
      const root = Math.sqrt(square / free)
      for (const row of part) {
        deviation[row] = root
        third[row] = cube / free
        freedom[row] = free
      }
    }
  }
  return { deviation, third, freedom }
}

/** Rows of one pupil stand together. 0 where every pupil has one result. */
function likenessOf(
  residual: Float64Array,
  freed: Float64Array,
  deviation: Float64Array,
  pupils: Int32Array,
): number {
  let products = 0
  let pairs = 0
  for (let from = 0; from < pupils.length; ) {
    let to = from
    let sum = 0
    let squares = 0
    for (; to < pupils.length && pupils[to] === pupils[from]; to++) {
      const one =
        deviation[to]! > 0 && freed[to]! > 0 ? residual[to]! / deviation[to]! / Math.sqrt(freed[to]!) : 0
      sum += one
      squares += one * one
    }
    products += sum * sum - squares
    pairs += (to - from) * (to - from - 1)
    from = to
  }
  return pairs === 0 ? 0 : Math.min(0.999, Math.max(0, products / pairs))
}
