import { normalQuantile } from '../distributions/normal.ts'
import type { CellTable } from './cell-table.ts'
import { cellsOf } from './cells.ts'
import { chanceOf, reachOf95 } from './chance.ts'
import { type Expected, expectedOf } from './expected.ts'
import { type Prepared, prepare } from './prepare.ts'
import type { ScanRows } from './rows.ts'
import { shrink } from './shrink.ts'

/** Every place and group of one outcome that can be told from chance: its gap, how sure it is, how likely by chance alone. */
export interface Look {
  readonly expected: Expected
  readonly cells: CellTable
  readonly family: number
  /** Standard deviation of results about their expectation. */
  readonly spread: number
  /** By cell: the gap drawn towards that of the wider place or group, as far as its own uncertainty asks. */
  readonly shrunk: Float64Array
  /** By cell, two-sided; 1 where it is above what was asked for. */
  readonly chance: Float64Array
}

/** Looks at every place and group; chances above `most` are of no interest and not worked out. */
export const lookAt = (rows: ScanRows, most = 1): Look => lookAtOutcome(prepare(rows), rows.outcome, most)

/** The same for one of several outcomes of the same pupils, in the order in which the rows were given. */
export function lookAtOutcome(prepared: Prepared, outcome: Float64Array, most = 1): Look {
  const expected = expectedOf(
    prepared,
    prepared.order ? Float64Array.from(prepared.order, (row) => outcome[row]!) : outcome,
  )
  const { cells, family } = cellsOf(prepared, expected)
  const spread = spreadOf(expected)
  return { expected, cells, family, spread, shrunk: shrink(cells, spread), chance: chancesOf(cells, most) }
}

/** A t is never likelier than the normal deviate of its size: what is above `most` as a normal needs no closer look. */
function chancesOf({ at, many }: CellTable, most: number): Float64Array {
  const chance = new Float64Array(many).fill(1)
  const bar = most < 1 ? -normalQuantile(most / 2) : 0
  for (let cell = 0; cell < many; cell++) {
    const t = at.gap[cell]! / at.error[cell]!
    if (Math.abs(t) >= bar) chance[cell] = chanceOf(t, at.freedom[cell]!, at.skewness[cell]!)
  }
  return chance
}

function spreadOf({ band, variance }: Expected): number {
  let squares = 0
  for (let row = 0; row < band.length; row++) squares += variance[band[row]!]!
  return Math.sqrt(squares / band.length)
}

/** Ends of the 95% interval of a cell's gap. */
export function intervalOf(
  { cells: { at } }: Pick<Look, 'cells'>,
  cell: number,
): { low: number; high: number } {
  const reach = reachOf95(at.freedom[cell]!) * at.error[cell]!
  return { low: at.gap[cell]! - reach, high: at.gap[cell]! + reach }
}
