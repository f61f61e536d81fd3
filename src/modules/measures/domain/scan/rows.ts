/** A column of words as numbers: `codes[row]` is the place of the row's word in `levels`. */
export interface Coded {
  readonly name: string
  readonly levels: readonly string[]
  readonly codes: Codes
}

/** Codes of few levels take a byte a row. */
export type Codes = Int32Array | Uint8Array

/** Results to look through, one a row, each with everything that the scan needs: nothing is missing here. */
export interface ScanRows {
  readonly outcome: Float64Array
  /** Numbers that say which pupils are similar: prior attainment first. */
  readonly predictors: readonly { readonly name: string; readonly values: Float64Array }[]
  /** Words that say the same: similar pupils are of one level. */
  readonly categories?: readonly Coded[]
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

/** Rows in an order in which the results of a pupil stand together, and wherever it can be the rows of a place of the first column. */
export interface Ordered extends ScanRows {
  /** Where the rows of each place of the first column begin, and the end of the last; undefined where a pupil is in several. */
  readonly blocks?: Int32Array
  /** Has every pupil one result? */
  readonly lone: boolean
}

const rising = (values: Codes): boolean => {
  for (let row = 1; row < values.length; row++) if (values[row]! < values[row - 1]!) return false
  return true
}

const mostOf = (values: Codes): number => {
  let most = -1
  for (let row = 0; row < values.length; row++) if (values[row]! > most) most = values[row]!
  return most
}

/** The rows in the order of a key, those of one key as they stood. */
function sortedBy(key: Codes, within?: Int32Array): Int32Array {
  const starts = new Int32Array(mostOf(key) + 2)
  for (let row = 0; row < key.length; row++) starts[key[row]! + 1]!++
  for (let at = 1; at < starts.length; at++) starts[at]! += starts[at - 1]!
  const order = new Int32Array(key.length)
  for (let place = 0; place < key.length; place++) {
    const row = within ? within[place]! : place
    order[starts[key[row]!]!++] = row
  }
  return order
}

function rearranged(rows: ScanRows, order: Int32Array): ScanRows {
  const numbers = (values: Float64Array) => Float64Array.from(order, (row) => values[row]!)
  const codes = (values: Codes) => {
    const made = values instanceof Uint8Array ? new Uint8Array(order.length) : new Int32Array(order.length)
    for (let place = 0; place < order.length; place++) made[place] = values[order[place]!]!
    return made
  }
  const columns = (all: readonly Coded[]) => all.map((column) => ({ ...column, codes: codes(column.codes) }))
  return {
    ...rows,
    outcome: numbers(rows.outcome),
    predictors: rows.predictors.map(({ name, values }) => ({ name, values: numbers(values) })),
    ...(rows.categories ? { categories: columns(rows.categories) } : {}),
    places: columns(rows.places),
    groups: columns(rows.groups),
    pupils: codes(rows.pupils) as Int32Array,
  }
}

/** Brings rows into the order in which they are added up. */
export function ordered(given: ScanRows): { rows: Ordered; order?: Int32Array } {
  const owner = given.places[0]
  const { pupils } = given
  const many = pupils.length
  const of = new Int32Array(mostOf(pupils) + 1).fill(-1)
  const owned = Boolean(owner && owner.levels.length > 1)
  let [nested, lone] = [owned, true]
  for (let row = 0; row < many; row++) {
    const pupil = pupils[row]!
    const place = owned ? owner!.codes[row]! : 0
    if (of[pupil] !== -1) {
      lone = false
      if (of[pupil] !== place) nested = false
    }
    of[pupil] = place
  }
  const standing = lone || rising(pupils)
  const byPupil = standing ? undefined : sortedBy(pupils)
  const order = nested && (byPupil || !rising(owner!.codes)) ? sortedBy(owner!.codes, byPupil) : byPupil
  const rows = order ? rearranged(given, order) : given
  const moved = order ? { order } : {}
  if (!nested) return { rows: { ...rows, lone }, ...moved }
  const { codes } = rows.places[0]!
  const starts = [0]
  for (let row = 1; row < many; row++) if (codes[row] !== codes[row - 1]) starts.push(row)
  return { rows: { ...rows, blocks: Int32Array.from([...starts, many]), lone }, ...moved }
}
