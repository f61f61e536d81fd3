import { chanceBeyond } from '../distributions/normal.ts'
import type { ScanCell } from './cells.ts'
import type { Expected } from './expected.ts'
import type { Distance } from './shrink.ts'

export interface Candidate extends ScanCell, Distance {
  readonly chance: number
}

export interface Kept extends Candidate {
  /** Of its own gap, or of what the stronger findings leave of it, whichever is the likelier. */
  readonly chance: number
  /** How many other cells say the same and are folded into this one. */
  readonly folded: number
}

const mostCandidates = 2000
const mostFindings = 200

/** A cell has to explain this much more, in squared standard errors, for each column that it names beyond another. */
const plainness = 3

/**
 * Folds cells that say the same into the one that explains them best: the strongest is taken, its gap is taken off its
 * pupils, and what then no longer stands out has been explained by it; and again, until nothing stands out.
 */
export function fold(candidates: readonly Candidate[], expected: Expected, least: number): Kept[] {
  const strongest = [...candidates]
    .sort((one, other) => Math.abs(other.gap) / other.error - Math.abs(one.gap) / one.error)
    .slice(0, mostCandidates)
  const { rowsOf, cellsOf } = membership(strongest, expected.stratum.length)
  const strata = expected.strata.length
  const inStratum = new Float64Array(strongest.length * strata)
  const sums = Float64Array.from(strongest, ({ sum }) => sum)
  strongest.forEach((_, at) => {
    for (const row of rowsOf(at)) inStratum[at * strata + expected.stratum[row]!]!++
  })
  const score = (at: number) => {
    const cell = strongest[at]!
    return sums[at]! / cell.n / (1 - cell.own) / cell.error
  }
  const open = new Set(strongest.keys())
  const kept: Kept[] = []
  while (open.size > 0 && kept.length < mostFindings) {
    let best = -1
    let most = Number.NEGATIVE_INFINITY
    for (const at of open) {
      const cell = strongest[at]!
      const worth = score(at) ** 2 - plainness * (cell.place.columns.length + cell.group.columns.length)
      if (worth > most) {
        most = worth
        best = at
      }
    }
    const cell = strongest[best]!
    const chance = Math.max(cell.chance, kept.length === 0 ? 0 : chanceBeyond(score(best)))
    open.delete(best)
    takeOff(best)
    let folded = 0
    for (const at of open) {
      const left = score(at)
      if (Math.abs(left) >= least && Math.sign(left) === Math.sign(strongest[at]!.gap)) continue
      open.delete(at)
      folded++
    }
    kept.push({ ...cell, chance, folded })
  }
  return kept

  function takeOff(best: number): void {
    const cell = strongest[best]!
    const gap = sums[best]! / cell.n / (1 - cell.own)
    for (const row of rowsOf(best)) for (const at of cellsOf(row)) sums[at]! -= gap
    for (let stratum = 0; stratum < strata; stratum++) {
      const mine = inStratum[best * strata + stratum]!
      if (mine === 0) continue
      const shift = (gap * mine) / expected.strata[stratum]!
      for (const at of open) sums[at]! += shift * inStratum[at * strata + stratum]!
    }
  }
}

/**
 * Benjamini and Hochberg's step-up rule once more, counting each folded finding once: many cells that say the same must not
 * make room for a weak one that says something else.
 */
export function survivors<T extends { readonly chance: number }>(
  kept: readonly T[],
  tested: number,
  fdr: number,
): (T & { q: number })[] {
  const order = [...kept].sort((one, other) => other.chance - one.chance)
  let least = 1
  return order
    .map((cell, place) => {
      least = Math.min(least, (cell.chance * tested) / (order.length - place))
      return { ...cell, q: least }
    })
    .filter(({ q }) => q <= fdr)
}

/** Which rows are in which cell, both ways. */
function membership(cells: readonly Candidate[], rows: number) {
  const kinds = [...Map.groupBy(cells.keys(), (at) => cells[at]!.place).values()].flatMap((some) => [
    ...Map.groupBy(some, (at) => cells[at]!.group).values(),
  ])
  const lookups = kinds.map((some) => {
    const { place, group } = cells[some[0]!]!
    const at = new Int32Array(place.many * group.many).fill(-1)
    for (const cell of some) at[cells[cell]!.placeCode * group.many + cells[cell]!.groupCode] = cell
    return { place, group, at }
  })
  const starts = new Int32Array(rows + 1)
  const sizes = new Int32Array(cells.length + 1)
  const each = (take: (row: number, cell: number) => void) => {
    for (const { place, group, at } of lookups)
      for (let row = 0; row < rows; row++) {
        const cell = at[place.codes[row]! * group.many + group.codes[row]!]!
        if (cell >= 0) take(row, cell)
      }
  }
  each((row, cell) => {
    starts[row + 1]!++
    sizes[cell + 1]!++
  })
  for (let row = 0; row < rows; row++) starts[row + 1]! += starts[row]!
  for (let cell = 0; cell < cells.length; cell++) sizes[cell + 1]! += sizes[cell]!
  const byRow = new Int32Array(starts.at(-1)!)
  const byCell = new Int32Array(byRow.length)
  const nextRow = starts.slice()
  const nextCell = sizes.slice()
  each((row, cell) => {
    byRow[nextRow[row]!++] = cell
    byCell[nextCell[cell]!++] = row
  })
  return {
    cellsOf: (row: number) => byRow.subarray(starts[row]!, starts[row + 1]!),
    rowsOf: (cell: number) => byCell.subarray(sizes[cell]!, sizes[cell + 1]!),
  }
}
