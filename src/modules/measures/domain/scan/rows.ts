/** A column of words as numbers: `codes[row]` is the place of the row's word in `levels`. */
export interface Coded {
  readonly name: string
  readonly levels: readonly string[]
  readonly codes: Int32Array
}

/** Results to look through, one a row, each with everything that the scan needs: nothing is missing here. */
export interface ScanRows {
  readonly outcome: Float64Array
  /** Numbers that say which pupils are similar: prior attainment first. */
  readonly predictors: readonly { readonly name: string; readonly values: Float64Array }[]
  /** From the widest to the narrowest: school, subject, year, class. */
  readonly places: readonly Coded[]
  readonly groups: readonly Coded[]
  /** Whose result it is, counted from 0. */
  readonly pupils: Int32Array
  /** Look only at places that name the first column: differences between groups at large are part of what is expected. */
  readonly withinFirst?: boolean
  /**
   * Group columns of which one must be in a pair, and no pairs in the narrowest place: every look that is not asked for
   * makes what is asked for harder to find.
   */
  readonly pairsWith?: readonly string[]
}

const narrow = /class|form|set$|^set|teacher|tutor/i

/**
 * Place columns besides the first that mean the same everywhere (a subject, a year group) and not something of one place
 * (a class). Similar pupils are looked for within these.
 */
export function sharedColumns({ places, outcome }: Pick<ScanRows, 'places' | 'outcome'>): Coded[] {
  const [owner, ...others] = places
  if (!owner) return []
  return others.filter((column) => {
    if (narrow.test(column.name)) return false
    if (owner.levels.length === 1) return true
    const first = new Int32Array(column.levels.length).fill(-1)
    const shared = new Uint8Array(column.levels.length)
    for (let row = 0; row < outcome.length; row++) {
      const level = column.codes[row]!
      if (first[level] === -1) first[level] = owner.codes[row]!
      else if (first[level] !== owner.codes[row]) shared[level] = 1
    }
    return shared.reduce((sum, one) => sum + one, 0) * 2 > column.levels.length
  })
}

/** Combines columns into one: the same number for rows that agree in all of them, counted from 0. */
export function combined(
  columns: readonly { readonly codes: Int32Array; readonly levels: { readonly length: number } }[],
  rows: number,
) {
  let codes = new Int32Array(rows)
  let many = 1
  for (const { codes: other, levels } of columns) {
    const width = levels.length
    const made = new Int32Array(rows)
    if (many * width <= 5_000_000) {
      const seen = new Int32Array(many * width).fill(-1)
      let next = 0
      for (let row = 0; row < rows; row++) {
        const key = codes[row]! * width + other[row]!
        if (seen[key] === -1) seen[key] = next++
        made[row] = seen[key]!
      }
      many = next
    } else {
      const seen = new Map<number, number>()
      for (let row = 0; row < rows; row++) {
        const key = codes[row]! * width + other[row]!
        let code = seen.get(key)
        if (code === undefined) {
          code = seen.size
          seen.set(key, code)
        }
        made[row] = code
      }
      many = seen.size
    }
    codes = made
  }
  return { codes, many }
}

/** Rows in the order of their pupils, so that the results of one pupil stand together. */
export function byPupil(rows: ScanRows): ScanRows {
  const { pupils } = rows
  let sorted = true
  let most = 0
  for (let row = 0; row < pupils.length; row++) {
    if (row > 0 && pupils[row]! < pupils[row - 1]!) sorted = false
    if (pupils[row]! > most) most = pupils[row]!
  }
  if (sorted) return rows
  const starts = new Int32Array(most + 2)
  for (const pupil of pupils) starts[pupil + 1]!++
  for (let at = 1; at < starts.length; at++) starts[at]! += starts[at - 1]!
  const order = new Int32Array(pupils.length)
  for (let row = 0; row < pupils.length; row++) order[starts[pupils[row]!]!++] = row
  const numbers = (values: Float64Array) => Float64Array.from(order, (row) => values[row]!)
  const codes = (values: Int32Array) => Int32Array.from(order, (row) => values[row]!)
  return {
    ...rows,
    outcome: numbers(rows.outcome),
    predictors: rows.predictors.map(({ name, values }) => ({ name, values: numbers(values) })),
    places: rows.places.map((column) => ({ ...column, codes: codes(column.codes) })),
    groups: rows.groups.map((column) => ({ ...column, codes: codes(column.codes) })),
    pupils: codes(pupils),
  }
}
