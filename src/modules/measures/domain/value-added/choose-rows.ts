import type { Coded, ScanRows } from '../scan/rows.ts'

/** What the model needs of the scan's rows. */
export type ModelRows = Pick<ScanRows, 'outcome' | 'predictors' | 'categories' | 'places'>

/** A column of words without the words that nobody has any more. */
function recoded({ name, levels, codes }: Coded, rows: readonly number[]): Coded {
  const used = new Set(rows.map((row) => codes[row]!))
  const kept = levels.map((_, code) => code).filter((code) => used.has(code))
  const place = new Map(kept.map((code, at) => [code, at]))
  return {
    name,
    levels: kept.map((code) => levels[code]!),
    codes: Int32Array.from(rows, (row) => place.get(codes[row]!)!),
  }
}

/** Some of the rows; a predictor that is the same for all of them is left out. */
export function chooseRows(
  { outcome, predictors, categories = [], places }: ModelRows,
  wanted: (row: number) => boolean,
): ModelRows {
  const rows: number[] = []
  for (let row = 0; row < outcome.length; row++) if (wanted(row)) rows.push(row)
  return {
    outcome: Float64Array.from(rows, (row) => outcome[row]!),
    predictors: predictors
      .map(({ name, values }) => ({ name, values: Float64Array.from(rows, (row) => values[row]!) }))
      .filter(({ values }) => values.some((value) => value !== values[0])),
    categories: categories.map((column) => recoded(column, rows)),
    places: places.map((column) => recoded(column, rows)),
  }
}
