import type { PlaceLayout } from './cells.ts'
import type { Combination } from './combinations.ts'
import type { Ordered } from './rows.ts'

/** Cells of one combination of places and one of groups. */
export interface Kind {
  readonly place: PlaceLayout
  readonly group: Combination
  /** Codes of the group: one for each combination of levels. */
  readonly width: number
}

/** Where and who, as column and value. */
export type Named = Readonly<Record<string, string>>

const whole = ['kind', 'block', 'code', 'example', 'n', 'pupils', 'parent'] as const
const real = ['gap', 'error', 'skewness', 'freedom', 'own'] as const

type Columns = { [name in (typeof whole)[number]]: Int32Array } & {
  [name in (typeof real)[number]]: Float64Array
}

/**
 * Every cell that can be told from chance, a column for each number: there are millions of them in a country. `code` is that of the place
 * in its block times the kind's width, plus that of the group; `parent` is the cell of the wider place or group, or −1.
 */
export class CellTable {
  readonly rows: Ordered
  readonly kinds: readonly Kind[]
  /** Of each kind, the kind of its parents, or −1. */
  readonly parentKind: Int32Array
  many = 0
  #room: number
  #columns: Columns

  constructor(rows: Ordered, kinds: readonly Kind[]) {
    this.rows = rows
    this.kinds = kinds
    this.parentKind = Int32Array.from(kinds, (kind) => {
      const [place, group] = parentOf(kind)
      return kinds.findIndex(
        (one) => same(one.place.columns, place) && same(one.group, group) && one !== kind,
      )
    })
    this.#room = Math.max(1024, rows.outcome.length)
    this.#columns = {} as Columns
    for (const name of whole) this.#columns[name] = new Int32Array(this.#room)
    for (const name of real) this.#columns[name] = new Float64Array(this.#room)
  }

  /** Longer than `many`: the rest is room. */
  get at(): Columns {
    return this.#columns
  }

  /** A place for one more cell. */
  next(): number {
    if (this.many === this.#room) {
      this.#room *= 2
      for (const name of whole) {
        const wider = new Int32Array(this.#room)
        wider.set(this.#columns[name])
        this.#columns[name] = wider
      }
      for (const name of real) {
        const wider = new Float64Array(this.#room)
        wider.set(this.#columns[name])
        this.#columns[name] = wider
      }
    }
    return this.many++
  }

  kindOf(cell: number): Kind {
    return this.kinds[this.at.kind[cell]!]!
  }

  /** How many columns name it. */
  columnsOf(cell: number): number {
    const { place, group } = this.kindOf(cell)
    return place.columns.length + group.length
  }

  /** Where and who a cell is of. */
  namesOf(cell: number): { readonly place: Named; readonly group: Named } {
    const { place, group } = this.kindOf(cell)
    const row = this.at.example[cell]!
    const named = (columns: Combination): Named =>
      Object.fromEntries(columns.map(({ name, levels, codes }) => [name, levels[codes[row]!]!]))
    return { place: named(place.columns), group: named(group) }
  }

  /** The rows of a cell, in order. */
  rowsOf(cell: number): Int32Array {
    const { place, group, width } = this.kindOf(cell)
    const block = this.at.block[cell]!
    const code = this.at.code[cell]!
    const found = new Int32Array(this.at.n[cell]!)
    let next = 0
    for (let row = place.blocks[block]!; row < place.blocks[block + 1]!; row++)
      if (place.codes[row]! * width + groupCode(group, row) === code) found[next++] = row
    return found
  }
}

/** The code of the combination of groups that a row is of. */
export const groupCode = (group: Combination, row: number): number => {
  let code = 0
  for (const { codes, levels } of group) code = code * levels.length + codes[row]!
  return code
}

const same = (one: Combination, other: Combination) =>
  one.length === other.length && one.every((column, at) => column === other[at])

/** Everyone at the place for a group; the first group for a pair; the wider place for a place. */
const parentOf = ({ place, group }: Kind): [Combination, Combination] =>
  group.length > 0 ? [place.columns, group.slice(0, -1)] : [place.columns.slice(0, -1), []]
