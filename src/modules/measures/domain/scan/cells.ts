import type { Combination } from './combinations.ts'
import type { Expected } from './expected.ts'
import { combined, type ScanRows } from './rows.ts'

/** What one place and group add up to. */
export interface ScanCell {
  readonly place: Combination
  readonly placeCode: number
  readonly group: Combination
  readonly groupCode: number
  /** A row of it. */
  readonly example: number
  /** Results. */
  readonly n: number
  readonly pupils: number
  /** Sum of the differences from expectation. */
  readonly sum: number
  /** Variance of that sum if chance were all, the results of one pupil taken together. */
  readonly variance: number
  readonly skewness: number
  readonly freedom: number
  /** Share of the similar pupils who are in the cell itself. */
  readonly own: number
}

/** What is added up for a cell, side by side in one array: it is the memory's speed that counts here. */
const parts = 8
const [atN, atPupils, atSum, atSquare, atTogether, atRun, atThird, atSpent] = [
  0, 1, 2, 3, 4, 5, 6, 7,
] as const

/** Numbers without a pattern, the same each time, by which sets of rows are told apart. */
function marksOf(rows: number): Int32Array {
  const marks = new Int32Array(rows)
  let seed = 0x9e3779b9
  for (let row = 0; row < rows; row++) {
    seed = Math.imul(seed ^ (seed >>> 15), 0x85ebca6b) + 0x6d2b79f5
    seed ^= seed >>> 13
    marks[row] = seed
  }
  return marks
}

/** Pupils of whom it is not known what group or class they are in are none. */
const isNobody = ({ columns }: Combination, row: number) =>
  columns.some(({ levels, codes }) => levels[codes[row]!] === '')

/** A place's combination with the strata: which place and stratum each code of both stands for. */
function inStrata(place: Combination, { stratum, strata }: Expected) {
  const rows = stratum.length
  const { codes, many } = combined(
    [
      { codes: place.codes, levels: { length: place.many } },
      { codes: stratum, levels: strata },
    ],
    rows,
  )
  const placeOf = new Int32Array(many)
  const stratumOf = new Int32Array(many)
  for (let row = 0; row < rows; row++) {
    placeOf[codes[row]!] = place.codes[row]!
    stratumOf[codes[row]!] = stratum[row]!
  }
  return { codes, many, placeOf, stratumOf }
}

/** Of the pupils whom a cell is held against, the share that is the cell itself: Σ nₛ² / Nₛ over its strata, by n. */
function ownShares(
  { codes, many: both, placeOf, stratumOf }: ReturnType<typeof inStrata>,
  group: Combination,
  strata: Float64Array,
  n: (cell: number) => number,
  many: number,
): Float64Array {
  const counts = new Float64Array(both * group.many)
  for (let row = 0; row < codes.length; row++) counts[codes[row]! * group.many + group.codes[row]!]!++
  const own = new Float64Array(many)
  for (let at = 0; at < counts.length; at++) {
    if (counts[at] === 0) continue
    const code = Math.floor(at / group.many)
    const cell = placeOf[code]! * group.many + (at % group.many)
    own[cell]! += counts[at]! ** 2 / strata[stratumOf[code]!]! / n(cell)
  }
  return own
}

/**
 * Adds up every place and group in one pass over the rows for each pair of combinations. Rows of one pupil must stand
 * together. Of places and groups that hold the very same rows, the first is kept.
 */
export function cellsOf(
  rows: ScanRows,
  expected: Expected,
  places: readonly Combination[],
  groups: readonly Combination[],
): { cells: ScanCell[]; family: number } {
  const many = rows.outcome.length
  const marks = marksOf(many)
  const squares = expected.deviation.map((one) => one * one)
  const spent = squares.map((one, row) => (one * one) / expected.freedom[row]!)
  const known = new Set<string>()
  const cells: ScanCell[] = []
  const within = new Map(places.map((place) => [place, inStrata(place, expected)]))
  for (const group of groups) {
    for (const place of places) {
      const width = place.many * group.many
      if (width > 20_000_000) continue
      if (rows.pairsWith && group.columns.length > 1 && place.columns.includes(rows.places.at(-1)!)) continue
      const sums = new Float64Array(width * parts)
      const seen = new Int32Array(width * 3)
      const { residual, deviation, third } = expected
      for (let row = 0; row < many; row++) {
        const at = place.codes[row]! * group.many + group.codes[row]!
        const sum = at * parts
        const mark = at * 3
        const pupil = rows.pupils[row]! + 1
        if (seen[mark] !== pupil) {
          if (seen[mark] === 0) seen[mark + 2] = row
          seen[mark] = pupil
          sums[sum + atPupils]!++
          sums[sum + atTogether]! += sums[sum + atRun]! * sums[sum + atRun]!
          sums[sum + atRun] = 0
        }
        seen[mark + 1]! ^= marks[row]!
        sums[sum + atN]!++
        sums[sum + atSum]! += residual[row]!
        sums[sum + atSquare]! += squares[row]!
        sums[sum + atRun]! += deviation[row]!
        sums[sum + atThird]! += third[row]!
        sums[sum + atSpent]! += spent[row]!
      }
      const n = (at: number) => sums[at * parts + atN]!
      const own = ownShares(within.get(place)!, group, expected.strata, n, width)
      for (let at = 0; at < width; at++) {
        const part = at * parts
        const many = sums[part + atN]!
        if (many === 0) continue
        const example = seen[at * 3 + 2]!
        if (isNobody(group, example) || isNobody(place, example)) continue
        const key = `${many} ${seen[at * 3 + 1]}`
        if (known.has(key)) continue
        known.add(key)
        const square = sums[part + atSquare]!
        const variance =
          (1 - expected.likeness) * square +
          expected.likeness * (sums[part + atTogether]! + sums[part + atRun]! ** 2)
        const swelling = square > 0 ? variance / square : 1
        cells.push({
          place,
          placeCode: Math.floor(at / group.many),
          group,
          groupCode: at % group.many,
          example,
          n: many,
          pupils: sums[part + atPupils]!,
          sum: sums[part + atSum]!,
          variance,
          skewness: variance > 0 ? (sums[part + atThird]! * swelling) / variance ** 1.5 : 0,
          freedom: sums[part + atSpent]! > 0 ? square ** 2 / sums[part + atSpent]! : 1,
          own: own[at]!,
        })
      }
    }
  }
  return { cells, family: cells.length }
}
