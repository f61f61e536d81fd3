import type { Codes, ScanRows } from './rows.ts'

/** The columns of the regression: some numbers of every row, and of each category at most one column that is 1. */
export interface Terms {
  readonly size: number
  /** Predictors about their mean in their spread, and the squares of those that take more than two values. */
  readonly numbers: readonly Float64Array[]
  /** `first[category][code]` is the column of that level; −1 for the level that the others are held against. */
  readonly categories: readonly { readonly codes: Codes; readonly columns: Int32Array }[]
}

export function termsOf({ predictors, categories = [], outcome }: ScanRows): Terms {
  const numbers = predictors.flatMap(({ values }) => {
    let [sum, square] = [0, 0]
    for (let row = 0; row < values.length; row++) sum += values[row]!
    const mean = sum / outcome.length
    for (let row = 0; row < values.length; row++) square += (values[row]! - mean) ** 2
    const spread = Math.sqrt(square / outcome.length) || 1
    const line = new Float64Array(values.length)
    for (let row = 0; row < values.length; row++) line[row] = (values[row]! - mean) / spread
    if (new Set(values.subarray(0, 1000)).size <= 2) return [line]
    const squares = new Float64Array(values.length)
    for (let row = 0; row < values.length; row++) squares[row] = line[row]! * line[row]!
    return [line, squares]
  })
  let size = numbers.length
  const words = categories.map(({ codes, levels }) => {
    const columns = Int32Array.from(levels, (_, level) => (level === 0 ? -1 : size + level - 1))
    size += Math.max(0, levels.length - 1)
    return { codes, columns }
  })
  return { size, numbers, categories: words }
}
