import type { ScanCell } from './cells.ts'
import type { Combination } from './combinations.ts'

/** How far a cell is from similar pupils elsewhere, in the outcome's unit. */
export interface Distance {
  readonly gap: number
  readonly error: number
  /** The gap drawn towards that of the wider place or group, as far as its own uncertainty asks. */
  readonly shrunk: number
}

/** Differences of less than this share of a result's spread are taken as usual, however little cells seem to vary. */
const usual = 0.1

const slug = (columns: Combination['columns']) => columns.map(({ name }) => name).join('\u0000')

const kindOf = (place: Combination['columns'], group: Combination['columns']) =>
  `${slug(place)}\u0001${slug(group)}`

/** Everyone at the place for a group; both groups' one for a pair; the wider place for a place. */
function parentKind({
  place,
  group,
}: ScanCell): [Combination['columns'], Combination['columns']] | undefined {
  if (group.columns.length > 0) return [place.columns, group.columns.slice(0, -1)]
  if (place.columns.length > 0) return [place.columns.slice(0, -1), []]
  return undefined
}

/**
 * Draws every gap towards its parent's: by τ² / (τ² + error²), τ² being how much cells of its kind differ from their
 * parents beyond chance (DerSimonian and Laird 1986), kind by kind from the widest.
 */
export function shrink<T extends ScanCell>(cells: readonly T[], spread: number): (T & Distance)[] {
  const kinds = Map.groupBy(cells, (cell) => kindOf(cell.place.columns, cell.group.columns))
  const found = new Map<string, Map<number, number>>()
  const combinations = new Map<string, { place: Combination; group: Combination }>()
  for (const [kind, [first]] of kinds) combinations.set(kind, first!)
  const wideFirst = [...kinds].sort(
    ([, [one]], [, [other]]) =>
      one!.place.columns.length +
      one!.group.columns.length -
      other!.place.columns.length -
      other!.group.columns.length,
  )
  const held: (T & Distance)[] = []
  for (const [kind, some] of wideFirst) {
    const parents = some.map((cell) => parentGap(cell, combinations, found))
    const gaps = some.map((cell) => cell.sum / cell.n / (1 - cell.own))
    const errors = some.map((cell) => Math.sqrt(cell.variance / (1 - cell.own)) / cell.n)
    const between = Math.max(
      (usual * spread) ** 2,
      betweenOf(
        gaps.map((gap, at) => gap - parents[at]!),
        errors,
      ),
    )
    const mine = new Map<number, number>()
    some.forEach((cell, at) => {
      const error = errors[at]!
      const shrunk = parents[at]! + (between / (between + error ** 2)) * (gaps[at]! - parents[at]!)
      mine.set(cell.placeCode * cell.group.many + cell.groupCode, shrunk)
      held.push({ ...cell, gap: gaps[at]!, error, shrunk })
    })
    found.set(kind, mine)
  }
  return held
}

function parentGap(
  cell: ScanCell,
  combinations: ReadonlyMap<string, { place: Combination; group: Combination }>,
  found: ReadonlyMap<string, ReadonlyMap<number, number>>,
): number {
  const parent = parentKind(cell)
  if (!parent) return 0
  const kind = kindOf(...parent)
  const made = combinations.get(kind)
  if (!made) return 0
  const code = made.place.codes[cell.example]! * made.group.many + made.group.codes[cell.example]!
  return found.get(kind)?.get(code) ?? 0
}

function betweenOf(deviations: readonly number[], errors: readonly number[]): number {
  let weight = 0
  let q = 0
  let many = 0
  deviations.forEach((deviation, at) => {
    if (!(errors[at]! > 0)) return
    const w = 1 / errors[at]! ** 2
    weight += w
    q += w * deviation ** 2
    many++
  })
  return many < 3 ? 0 : Math.max(0, (q - many) / weight)
}
