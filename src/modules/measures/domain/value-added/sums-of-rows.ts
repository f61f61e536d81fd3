import type { Coded, ScanRows } from '../scan/rows.ts'
import { type GroupSums, type Scaled, triangle } from './sums.ts'

interface Column {
  readonly name: string
  readonly values: Float64Array
}

const scaledOf = ({ name, values }: Column): Scaled => {
  let mean = 0
  for (const value of values) mean += value / values.length
  let square = 0
  for (const value of values) square += (value - mean) ** 2 / values.length
  return { name, mean, deviation: Math.sqrt(square) || 1 }
}

/** Each level but the first as a column of its own. */
const indicators = ({ name, levels, codes }: Coded): Column[] =>
  levels.slice(1).map((level, at) => ({
    name: `${name}=${level}`,
    values: Float64Array.from(codes, (code) => Number(code === at + 1)),
  }))

/**
 * The sums that the two-level model is fitted to, of rows in memory: predictors and categories as fixed effects, `group` random,
 * and where `slope` names a predictor the slope on it too.
 */
export function sumsOfRows(
  { outcome, predictors }: Pick<ScanRows, 'outcome' | 'predictors'>,
  group: Coded,
  categories: readonly Coded[] = [],
  slope?: string,
): GroupSums {
  const given = [...predictors, ...categories.flatMap(indicators), { name: 'outcome', values: outcome }]
  const scaled = given.map(scaledOf)
  const columns = given.length + 1
  const size = triangle(columns)
  const n = new Float64Array(group.levels.length)
  const products = new Float64Array(group.levels.length * size)
  const line = new Float64Array(columns)
  line[0] = 1
  for (let row = 0; row < outcome.length; row++) {
    const code = group.codes[row]!
    n[code]!++
    for (let at = 1; at < columns; at++)
      line[at] = (given[at - 1]!.values[row]! - scaled[at - 1]!.mean) / scaled[at - 1]!.deviation
    let into = code * size
    for (let one = 0; one < columns; one++)
      for (let other = one; other < columns; other++) products[into++]! += line[one]! * line[other]!
  }
  const sloping = slope === undefined ? -1 : given.findIndex(({ name }) => name === slope)
  return {
    groups: group.levels,
    n,
    ...(sloping < 0 ? {} : { slope: { column: scaled[sloping]!, at: sloping + 1 } }),
    fixed: [{ name: 'intercept', mean: 0, deviation: 1 }, ...scaled.slice(0, -1)],
    outcome: scaled.at(-1)!,
    columns,
    products,
  }
}
