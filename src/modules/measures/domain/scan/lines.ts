import type { ScanRows } from './rows.ts'
import { solve } from './solve.ts'
import { type Terms, termsOf } from './terms.ts'

const rowsForOwnLine = 40

/** The regression of any outcome on some pupils' terms, as far as it goes without the outcome. */
export interface Design {
  readonly terms: Terms
  /** Of each stratum: sums of products of the terms about their means, lower triangle, and the means. */
  readonly products: readonly Float64Array[]
  readonly means: readonly Float64Array[]
  /** Has a stratum enough rows for a line of its own? The others share one. */
  readonly own: readonly boolean[]
}

/** The terms of a row that are not 0: fills `at` with their columns, rising, and `value`; the answer is how many. */
function filler({ numbers, categories }: Terms) {
  const at = new Int32Array(numbers.length + categories.length)
  const value = new Float64Array(at.length).fill(1)
  for (let i = 0; i < numbers.length; i++) at[i] = i
  const fill = (row: number): number => {
    let used = numbers.length
    for (let i = 0; i < used; i++) value[i] = numbers[i]![row]!
    for (let i = 0; i < categories.length; i++) {
      const { columns, codes } = categories[i]!
      const column = columns[codes[row]!]!
      if (column >= 0) {
        at[used] = column
        value[used++] = 1
      }
    }
    return used
  }
  return { at, value, fill }
}

/** Sums of products are taken as they are and brought about the stratum's means afterwards: terms are already scaled. */
export function designOf(rows: ScanRows, stratum: Int32Array, strata: Float64Array): Design {
  const terms = termsOf(rows)
  const { size } = terms
  const { at, value, fill } = filler(terms)
  const products = Array.from(strata, () => new Float64Array(size * size))
  const means = Array.from(strata, () => new Float64Array(size))
  for (let row = 0; row < stratum.length; row++) {
    const [product, mean] = [products[stratum[row]!]!, means[stratum[row]!]!]
    const used = fill(row)
    for (let i = 0; i < used; i++) {
      const [column, one] = [at[i]!, value[i]!]
      for (let j = 0; j <= i; j++) product[column * size + at[j]!]! += one * value[j]!
      mean[column]! += one
    }
  }
  products.forEach((product, of) => {
    const mean = means[of]!
    for (let i = 0; i < size; i++) mean[i]! /= strata[of]!
    for (let i = 0; i < size; i++)
      for (let j = 0; j <= i; j++) {
        const raw = product[i * size + j]!
        const about = raw - mean[i]! * mean[j]! * strata[of]!
        product[i * size + j] = i === j && about <= 1e-9 * raw ? 0 : about
      }
  })
  return { terms, products, means, own: Array.from(strata, (n) => n >= rowsForOwnLine * (size + 1)) }
}

const added = (size: number, many: readonly Float64Array[]): Float64Array => {
  const sum = new Float64Array(size)
  for (const one of many) for (let at = 0; at < size; at++) sum[at]! += one[at]!
  return sum
}

/** Least squares of an outcome within each stratum; `fitted` is about the stratum's mean. */
export function fitLines(
  { terms, products, means, own }: Design,
  outcome: Float64Array,
  stratum: Int32Array,
  strata: Float64Array,
): { fitted: Float64Array; residual: Float64Array } {
  const many = outcome.length
  const { size } = terms
  const { at, value, fill } = filler(terms)
  let middle = 0
  for (let row = 0; row < many; row++) middle += outcome[row]! / many
  const withY = Array.from(strata, () => new Float64Array(size))
  const meanY = new Float64Array(strata.length)
  for (let row = 0; row < many; row++) {
    const of = stratum[row]!
    const sum = withY[of]!
    const used = fill(row)
    const y = outcome[row]! - middle
    for (let i = 0; i < used; i++) sum[at[i]!]! += value[i]! * y
    meanY[of]! += y
  }
  withY.forEach((sum, of) => {
    for (let i = 0; i < size; i++) sum[i]! -= means[of]![i]! * meanY[of]!
    meanY[of]! /= strata[of]!
  })
  const sharing = <T>(all: readonly T[]) => all.filter((_, of) => !own[of])
  const shared = solve(added(size * size, sharing(products)), added(size, sharing(withY)), size)
  const slopes = products.map((product, of) => (own[of] ? solve(product, withY[of]!, size) : shared))
  const base = slopes.map((slope, of) => slope.reduce((sum, one, i) => sum + one * means[of]![i]!, 0))
  const fitted = new Float64Array(many)
  const residual = new Float64Array(many)
  for (let row = 0; row < many; row++) {
    const of = stratum[row]!
    const slope = slopes[of]!
    const used = fill(row)
    let fit = -base[of]!
    for (let i = 0; i < used; i++) fit += slope[at[i]!]! * value[i]!
    fitted[row] = fit
    residual[row] = outcome[row]! - middle - meanY[of]! - fit
  }
  return { fitted, residual }
}
