import type { CellTable } from './cell-table.ts'

/** Differences of less than this share of a result's spread are taken as usual, however little cells seem to vary. */
const usual = 0.1

/** The cells of each kind, one kind after another. */
function byKind({ at, kinds, many }: CellTable): { order: Int32Array; starts: Int32Array } {
  const starts = new Int32Array(kinds.length + 1)
  for (let cell = 0; cell < many; cell++) starts[at.kind[cell]! + 1]!++
  for (let kind = 0; kind < kinds.length; kind++) starts[kind + 1]! += starts[kind]!
  const order = new Int32Array(many)
  const next = starts.slice()
  for (let cell = 0; cell < many; cell++) order[next[at.kind[cell]!]!++] = cell
  return { order, starts }
}

/**
 * Draws every gap towards its parent's: by τ² / (τ² + error²), τ² being how much cells of its kind differ from their
 * parents beyond chance (DerSimonian and Laird 1986), kind by kind from the widest.
 */
export function shrink(cells: CellTable, spread: number): Float64Array {
  const { at, kinds, many } = cells
  const { gap, error } = at
  const shrunk = new Float64Array(many)
  const { order, starts } = byKind(cells)
  const columns = (kind: number) => kinds[kind]!.place.columns.length + kinds[kind]!.group.length
  const parentOf = (cell: number) => (at.parent[cell]! < 0 ? 0 : shrunk[at.parent[cell]!]!)
  for (const kind of [...kinds.keys()].sort((one, other) => columns(one) - columns(other))) {
    const mine = order.subarray(starts[kind]!, starts[kind + 1]!)
    let [weight, q] = [0, 0]
    for (const cell of mine) {
      const w = 1 / error[cell]! ** 2
      weight += w
      q += w * (gap[cell]! - parentOf(cell)) ** 2
    }
    const beyond = mine.length < 3 ? 0 : (q - mine.length) / weight
    const between = Math.max((usual * spread) ** 2, beyond)
    for (const cell of mine) {
      const parent = parentOf(cell)
      shrunk[cell] = parent + (between / (between + error[cell]! ** 2)) * (gap[cell]! - parent)
    }
  }
  return shrunk
}
