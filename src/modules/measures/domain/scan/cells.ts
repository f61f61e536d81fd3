import { Adder } from './adder.ts'
import { CellTable, type Kind } from './cell-table.ts'
import { type Combination, groupsOf, placesOf } from './combinations.ts'
import type { Expected } from './expected.ts'
import { type Layout, layOutCodes, oneBlock } from './layout.ts'
import type { Prepared } from './prepare.ts'
import type { Coded, Ordered } from './rows.ts'

/** A combination of place columns with the code of every row, in blocks. */
export interface PlaceLayout extends Layout {
  readonly columns: Combination
  readonly blocks: Int32Array
  /** Does such a place lie in one stratum? And which columns of the strata does it not name? */
  readonly inOneStratum: boolean
  readonly strataWithout: readonly Coded[]
  /** Are pairs of groups looked at in it? */
  readonly pairs: boolean
}

const layoutOf = (
  rows: Ordered,
  whole: Int32Array,
  strata: readonly Coded[],
  columns: Combination,
): PlaceLayout => {
  const blocks = rows.blocks && columns.includes(rows.places[0]!) ? rows.blocks : whole
  const strataWithout = strata.filter((column) => !columns.includes(column))
  return {
    ...layOutCodes(columns, blocks),
    columns,
    blocks,
    inOneStratum: strataWithout.length === 0,
    strataWithout,
    pairs: !(rows.pairsWith && columns.includes(rows.places.at(-1)!)),
  }
}

/**
 * Adds up every place and group, block by block, each block once for each pair of combinations, with all that is added up in the
 * nearest memory. Of places and groups that hold the very same rows the first is kept; those that can be told from chance
 * go into the table, and the family counts them all.
 */
export function cellsOf(
  { rows, places }: Prepared,
  expected: Expected,
): { cells: CellTable; family: number } {
  const kinds: Kind[] = groupsOf(rows).flatMap((group) =>
    places
      .filter(({ pairs }) => pairs || group.length < 2)
      .map((place) => ({
        place,
        group,
        width: group.reduce((product, { levels }) => product * levels.length, 1),
      })),
  )
  const cells = new CellTable(rows, kinds)
  const adder = new Adder(rows, expected, cells)
  const those = (parted: boolean) =>
    [...kinds.keys()].filter((at) => (kinds[at]!.place.blocks === rows.blocks) === parted)
  let family = adder.block(those(false), 0)
  const parted = those(true)
  const blocks = rows.blocks ? rows.blocks.length - 1 : 0
  for (let block = 0; block < blocks; block++) family += adder.block(parted, block)
  return { cells, family }
}

/** Every combination of places, each row with its code. */
export function placeLayouts(rows: Ordered, shared: readonly Coded[]): PlaceLayout[] {
  const strata = shared.filter(({ levels }) => levels.length > 1)
  const whole = oneBlock(rows.outcome.length)
  return placesOf(rows).map((columns) => layoutOf(rows, whole, strata, columns))
}
