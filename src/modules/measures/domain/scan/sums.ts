import { groupCode, type Kind } from './cell-table.ts'
import type { Expected } from './expected.ts'
import type { Ordered } from './rows.ts'
import { markOf } from './seen.ts'

/** What is added up of the cells of one kind in one block, side by side. */
export interface Sums {
  readonly kind: Kind
  /** By code times `parts`. */
  values: Float64Array
  /** By code times `tallies`: results, marks of the rows, a row, the pupil of the latest. */
  counts: Int32Array
}

export const parts = 7
export const [atSum, atSquare, atThird, atSpent, atPupils, atTogether, atRun] = [0, 1, 2, 3, 4, 5, 6] as const
export const tallies = 4

/** Adds up the rows of a block for one kind after another, with what a row adds laid side by side once. */
export class RowSums {
  readonly #rows: Ordered
  readonly #expected: Expected
  readonly #spent: Float64Array
  readonly #deviation: Float64Array
  #values = new Float64Array(0)
  #marks = new Int32Array(0)
  #codes = new Int32Array(0)
  #from = 0
  #to = 0

  constructor(rows: Ordered, expected: Expected) {
    this.#rows = rows
    this.#expected = expected
    const { variance, freedom } = expected
    this.#spent = variance.map((one, band) => (one * one) / freedom[band]!)
    this.#deviation = variance.map(Math.sqrt)
  }

  /** Turns to the rows of a block. */
  turnTo(from: number, to: number): void {
    const many = to - from
    if (this.#marks.length < many) {
      this.#values = new Float64Array(8 * many)
      this.#marks = new Int32Array(2 * many)
      this.#codes = new Int32Array(2 * many)
    }
    this.#from = from
    this.#to = to
    const { residual, band, variance, third } = this.#expected
    for (let row = from, at = 0; row < to; row++, at++) {
      const of = band[row]!
      this.#values[4 * at] = residual[row]!
      this.#values[4 * at + 1] = variance[of]!
      this.#values[4 * at + 2] = third[of]!
      this.#values[4 * at + 3] = this.#spent[of]!
      this.#marks[at] = markOf(row)
    }
  }

  add(into: Sums): void {
    this.#code(into.kind)
    if (this.#rows.lone) this.#addLone(into)
    else this.#addRuns(into)
  }

  #code({ place, group, width }: Kind): void {
    const [from, to, into] = [this.#from, this.#to, this.#codes]
    const places = place.codes
    const [one, two] = group
    if (!one) for (let row = from; row < to; row++) into[row - from] = places[row]!
    else if (!two)
      for (let row = from; row < to; row++) into[row - from] = places[row]! * width + one.codes[row]!
    else {
      const inner = two.levels.length
      for (let row = from; row < to; row++)
        into[row - from] = places[row]! * width + one.codes[row]! * inner + two.codes[row]!
    }
  }

  /** Every pupil has one result. */
  #addLone({ values: sums, counts }: Sums): void {
    const [values, marks, codes, from] = [this.#values, this.#marks, this.#codes, this.#from]
    const many = this.#to - from
    for (let at = 0; at < many; at++) {
      const count = codes[at]! * tallies
      const sum = codes[at]! * parts
      const value = 4 * at
      if (counts[count]! === 0) counts[count + 2] = from + at
      counts[count]!++
      counts[count + 1]! ^= marks[at]!
      sums[sum]! += values[value]!
      sums[sum + 1]! += values[value + 1]!
      sums[sum + 2]! += values[value + 2]!
      sums[sum + 3]! += values[value + 3]!
    }
  }

  /** The results of one pupil stand together, and are taken together. */
  #addRuns({ values: sums, counts }: Sums): void {
    const [values, marks, codes, from] = [this.#values, this.#marks, this.#codes, this.#from]
    const { pupils } = this.#rows
    const { band } = this.#expected
    const many = this.#to - from
    for (let at = 0; at < many; at++) {
      const count = codes[at]! * tallies
      const sum = codes[at]! * parts
      const value = 4 * at
      const pupil = pupils[from + at]! + 1
      if (counts[count + 3] !== pupil) {
        if (counts[count]! === 0) counts[count + 2] = from + at
        counts[count + 3] = pupil
        sums[sum + atPupils]!++
        sums[sum + atTogether]! += sums[sum + atRun]! * sums[sum + atRun]!
        sums[sum + atRun] = 0
      }
      counts[count]!++
      counts[count + 1]! ^= marks[at]!
      sums[sum]! += values[value]!
      sums[sum + 1]! += values[value + 1]!
      sums[sum + 2]! += values[value + 2]!
      sums[sum + 3]! += values[value + 3]!
      sums[sum + atRun]! += this.#deviation[band[from + at]!]!
    }
  }
}

/** A wider place is the sum of the narrower ones in it, where every pupil has one result. */
export function addNarrower({ values: from, counts, kind }: Sums, into: Sums, block: number): void {
  const { place, width } = into.kind
  const [to, tally, wide] = [into.values, into.counts, place.codes]
  for (let narrow = 0, code = 0; narrow < kind.place.many[block]!; narrow++)
    for (let group = 0; group < width; group++, code++) {
      const n = counts[code * tallies]!
      if (n === 0) continue
      const example = counts[code * tallies + 2]!
      const at = wide[example]! * width + group
      const count = at * tallies
      if (tally[count]! === 0 || tally[count + 2]! > example) tally[count + 2] = example
      tally[count]! += n
      tally[count + 1]! ^= counts[code * tallies + 1]!
      to[at * parts]! += from[code * parts]!
      to[at * parts + 1]! += from[code * parts + 1]!
      to[at * parts + 2]! += from[code * parts + 2]!
      to[at * parts + 3]! += from[code * parts + 3]!
    }
}

/** Σ nₛ² / Nₛ over the strata of each cell, from cells of the same group that each lie in one stratum, one cell a stratum. */
export function ownFromNarrower(
  narrow: Sums,
  wide: Kind,
  block: number,
  expected: Expected,
  own: Float64Array,
) {
  const { width } = wide
  const codes = narrow.kind.place.many[block]! * width
  own.fill(0, 0, wide.place.many[block]! * width)
  for (let code = 0; code < codes; code++) {
    const n = narrow.counts[code * tallies]!
    if (n === 0) continue
    const example = narrow.counts[code * tallies + 2]!
    own[wide.place.codes[example]! * width + (code % width)]! +=
      (n * n) / expected.strata[expected.stratum[example]!]!
  }
}

/** The same from the rows. */
export function ownFromRows(
  { place, group, width }: Kind,
  block: number,
  expected: Expected,
  own: Float64Array,
) {
  const { stratum, strata } = expected
  const cells = place.many[block]! * width
  const counts = new Float64Array(cells * strata.length)
  for (let row = place.blocks[block]!; row < place.blocks[block + 1]!; row++)
    counts[(place.codes[row]! * width + groupCode(group, row)) * strata.length + stratum[row]!]!++
  for (let cell = 0; cell < cells; cell++) {
    own[cell] = 0
    for (let one = 0; one < strata.length; one++) {
      const n = counts[cell * strata.length + one]!
      if (n > 0) own[cell]! += (n * n) / strata[one]!
    }
  }
}
