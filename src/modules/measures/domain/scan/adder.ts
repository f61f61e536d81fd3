import { type CellTable, groupCode } from './cell-table.ts'
import type { Combination } from './combinations.ts'
import type { Expected } from './expected.ts'
import type { Ordered } from './rows.ts'
import { Seen } from './seen.ts'
import {
  addNarrower,
  atPupils,
  atRun,
  atSpent,
  atSquare,
  atSum,
  atThird,
  atTogether,
  ownFromNarrower,
  ownFromRows,
  parts,
  RowSums,
  type Sums,
  tallies,
} from './sums.ts'

/** Fewer pupils than this can’t be told from chance, and may not be shown outside their school. */
export const fewestPupils = 6
/** A place that holds more than this share of the pupils who are like its own has nobody to be held against. */
const mostOwn = 0.75
/** More codes than this in one block are not looked at. */
const widest = 20_000_000

const blankOf = (columns: Combination) =>
  columns.flatMap(({ levels, codes }) => {
    const blank = levels.indexOf('')
    return blank < 0 ? [] : [{ codes, blank }]
  })

/** Pupils of whom it is not known what group or class they are in are none. */
const isNobody = (blanks: ReturnType<typeof blankOf>, row: number) => {
  for (let at = 0; at < blanks.length; at++) if (blanks[at]!.codes[row] === blanks[at]!.blank) return true
  return false
}

const includes = (wide: Combination, narrow: Combination) => wide.every((column) => narrow.includes(column))

/** A kind with what is worked out once about it. */
interface Planned {
  readonly at: number
  readonly sums: Sums
  readonly blanks: ReturnType<typeof blankOf>
  /** The kind of the same group whose cells add up to this one’s. */
  readonly narrower?: Sums
  /** The kind of the same group whose cells are this one’s by stratum. */
  readonly byStratum?: Sums
}

/** Adds up the cells of a block of rows into the table. */
export class Adder {
  readonly #rows: Ordered
  readonly #expected: Expected
  readonly #cells: CellTable
  readonly #seen = new Seen()
  readonly #rowSums: RowSums
  readonly #plan: readonly Planned[]
  /** By kind, of the latest block: where a code’s cell stands in the table, counted from 1. */
  readonly #found: Int32Array[]
  #own = new Float64Array(0)

  constructor(rows: Ordered, expected: Expected, cells: CellTable) {
    this.#rows = rows
    this.#expected = expected
    this.#cells = cells
    this.#rowSums = new RowSums(rows, expected)
    this.#found = cells.kinds.map(() => new Int32Array(0))
    const sums = cells.kinds.map(
      (kind): Sums => ({ kind, values: new Float64Array(0), counts: new Int32Array(0) }),
    )
    this.#plan = cells.kinds.map((kind, at): Planned => {
      const finer = sums
        .slice(0, at)
        .filter(
          (one) =>
            one.kind.group === kind.group &&
            one.kind.place.blocks === kind.place.blocks &&
            includes(kind.place.columns, one.kind.place.columns),
        )
      const byStratum = finer.find(
        ({ kind: { place } }) =>
          place.inOneStratum &&
          place.columns.length === kind.place.columns.length + kind.place.strataWithout.length &&
          kind.place.strataWithout.every((column) => place.columns.includes(column)),
      )
      return {
        at,
        sums: sums[at]!,
        blanks: blankOf([...kind.place.columns, ...kind.group]),
        ...(rows.lone && finer.length > 0 ? { narrower: finer.at(-1)! } : {}),
        ...(byStratum ? { byStratum } : {}),
      }
    })
  }

  /** Adds up these kinds in a block; the answer is how many places and groups hold anyone. */
  block(kinds: readonly number[], block: number): number {
    if (kinds.length === 0) return 0
    this.#seen.clear()
    const first = this.#cells.many
    const { blocks } = this.#plan[kinds[0]!]!.sums.kind.place
    this.#rowSums.turnTo(blocks[block]!, blocks[block + 1]!)
    let family = 0
    for (const kind of kinds) family += this.#kind(this.#plan[kind]!, block)
    this.#findParents(first)
    return family
  }

  #kind(planned: Planned, block: number): number {
    const { sums, at, narrower, byStratum, blanks } = planned
    const { kind } = sums
    const codes = kind.place.many[block]! * kind.width
    if (codes > widest) return 0
    this.#clear(planned, codes)
    if (narrower) addNarrower(narrower, sums, block)
    else this.#rowSums.add(sums)
    if (!kind.place.inOneStratum) {
      if (this.#own.length < codes) this.#own = new Float64Array(2 * codes)
      if (byStratum) ownFromNarrower(byStratum, kind, block, this.#expected, this.#own)
      else ownFromRows(kind, block, this.#expected, this.#own)
    }
    const { counts } = sums
    let family = 0
    for (let code = 0; code < codes; code++) {
      const n = counts[code * tallies]!
      if (n === 0) continue
      const example = counts[code * tallies + 2]!
      if (isNobody(blanks, example)) continue
      if (!this.#seen.add(n, counts[code * tallies + 1]!)) continue
      family++
      if (n >= fewestPupils) this.#keep(sums, at, block, code, n, example)
    }
    return family
  }

  #clear({ sums, at }: Planned, codes: number): void {
    if (sums.counts.length < codes * tallies) {
      sums.values = new Float64Array(2 * codes * parts)
      sums.counts = new Int32Array(2 * codes * tallies)
      this.#found[at] = new Int32Array(2 * codes)
    }
    sums.values.fill(0, 0, codes * parts)
    sums.counts.fill(0, 0, codes * tallies)
    this.#found[at]!.fill(0, 0, codes)
  }

  /** Puts a cell that can be told from chance into the table. */
  #keep(
    { kind, values }: Sums,
    kindAt: number,
    block: number,
    code: number,
    n: number,
    example: number,
  ): void {
    const { likeness, strata, stratum } = this.#expected
    const { lone } = this.#rows
    const part = code * parts
    const pupils = lone ? n : values[part + atPupils]!
    if (pupils < fewestPupils) return
    const own = kind.place.inOneStratum ? n / strata[stratum[example]!]! : this.#own[code]! / n
    const square = values[part + atSquare]!
    const variance = lone
      ? square
      : (1 - likeness) * square + likeness * (values[part + atTogether]! + values[part + atRun]! ** 2)
    if (own > mostOwn || !(variance > 0)) return
    const to = this.#cells.next()
    const { at } = this.#cells
    const spent = values[part + atSpent]!
    at.kind[to] = kindAt
    at.block[to] = block
    at.code[to] = code
    at.example[to] = example
    at.n[to] = n
    at.pupils[to] = pupils
    at.gap[to] = values[part + atSum]! / n / (1 - own)
    at.error[to] = Math.sqrt(variance / (1 - own)) / n
    at.skewness[to] = values[part + atThird]! / square / Math.sqrt(variance)
    at.freedom[to] = spent > 0 ? (square * square) / spent : 1
    at.own[to] = own
    this.#found[kindAt]![code] = to + 1
  }

  #findParents(first: number): void {
    const { at, kinds, parentKind, many } = this.#cells
    for (let cell = first; cell < many; cell++) {
      const kind = parentKind[at.kind[cell]!]!
      at.parent[cell] = -1
      if (kind < 0) continue
      const { place, group, width } = kinds[kind]!
      const row = at.example[cell]!
      at.parent[cell] = (this.#found[kind]![place.codes[row]! * width + groupCode(group, row)] ?? 0) - 1
    }
  }
}
