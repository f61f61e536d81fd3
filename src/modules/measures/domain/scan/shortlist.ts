import type { Named } from './cell-table.ts'
import { intervalOf, type Look } from './look.ts'

/** A cell with all that is told of it. */
export interface Told {
  readonly place: Named
  readonly group: Named
  readonly n: number
  readonly pupils: number
  readonly gap: number
  readonly low: number
  readonly high: number
  readonly shrunk: number
  readonly chance: number
  /** Standard deviation of results of its outcome about their expectation. */
  readonly spread: number
}

interface Listed extends Told {
  readonly sum: number
  readonly own: number
  readonly error: number
  /** How many columns name it. */
  readonly columns: number
}

/** The cells of a look that lie furthest out, with who is in which: all that is needed of it to fold them. */
export interface Shortlist {
  readonly cells: readonly Listed[]
  readonly strata: Float64Array
  /** Of each cell the results in each stratum. */
  readonly inStratum: Float64Array
  /** Numbers of the results of a cell, and the cells of such a number: not rows, but counted among those of the list. */
  readonly rowsOf: (cell: number) => Int32Array
  readonly cellsOf: (number: number) => Int32Array
}

const mostListed = 2000

/** The strongest of the cells that are no likelier than `most`. */
export function shortlist(look: Look, most: number): Shortlist {
  const { cells, chance, shrunk, spread, expected } = look
  const { gap, error, own, n } = cells.at
  const chosen = strongestOf(look, most)
  const rows = chosen.map((cell) => cells.rowsOf(cell))
  const strata = expected.strata
  const inStratum = new Float64Array(chosen.length * strata.length)
  rows.forEach((some, one) => {
    for (const row of some) inStratum[one * strata.length + expected.stratum[row]!]!++
  })
  return {
    cells: chosen.map((cell) => ({
      ...cells.namesOf(cell),
      n: n[cell]!,
      pupils: cells.at.pupils[cell]!,
      gap: gap[cell]!,
      ...intervalOf(look, cell),
      shrunk: shrunk[cell]!,
      chance: chance[cell]!,
      spread,
      sum: gap[cell]! * n[cell]! * (1 - own[cell]!),
      own: own[cell]!,
      error: error[cell]!,
      columns: cells.columnsOf(cell),
    })),
    strata,
    inStratum,
    ...membership(rows, expected.stratum.length),
  }
}

/** Of the cells that are no likelier than `most` those that lie furthest out, these first; of a country there are a million to choose from. */
function strongestOf({ cells, chance }: Look, most: number): number[] {
  const { gap, error } = cells.at
  let low = 0
  for (let cell = 0; cell < cells.many; cell++) if (chance[cell]! <= most) low++
  const strengths = new Float64Array(low)
  for (let cell = 0, next = 0; cell < cells.many; cell++)
    if (chance[cell]! <= most) strengths[next++] = Math.abs(gap[cell]! / error[cell]!)
  strengths.sort()
  const least = strengths[Math.max(0, low - mostListed)] ?? 0
  const chosen: number[] = []
  for (let cell = 0; cell < cells.many; cell++)
    if (chance[cell]! <= most && Math.abs(gap[cell]! / error[cell]!) >= least) chosen.push(cell)
  const strength = (cell: number) => Math.abs(gap[cell]! / error[cell]!)
  return chosen.sort((one, other) => strength(other) - strength(one)).slice(0, mostListed)
}

/** Who is in which cell, both ways. */
function membership(rows: readonly Int32Array[], many: number): Pick<Shortlist, 'rowsOf' | 'cellsOf'> {
  const numbers = new Int32Array(many).fill(-1)
  let next = 0
  let places = 0
  for (const some of rows) {
    places += some.length
    for (const row of some) if (numbers[row] === -1) numbers[row] = next++
  }
  const starts = new Int32Array(next + 1)
  const numbered = rows.map((some) => Int32Array.from(some, (row) => numbers[row]!))
  for (const some of numbered) for (const one of some) starts[one + 1]!++
  for (let one = 0; one < next; one++) starts[one + 1]! += starts[one]!
  const cells = new Int32Array(places)
  const to = starts.slice()
  numbered.forEach((some, cell) => {
    for (const one of some) cells[to[one]!++] = cell
  })
  return {
    rowsOf: (cell) => numbered[cell]!,
    cellsOf: (one) => cells.subarray(starts[one]!, starts[one + 1]!),
  }
}
