import { type Coded, combined, type ScanRows, sharedColumns } from './rows.ts'

/** Columns that together say where or who: every row has the code of the combination it belongs to. */
export interface Combination {
  readonly columns: readonly Coded[]
  readonly codes: Int32Array
  readonly many: number
  /** A row of each code, to read its levels from. */
  readonly example: Int32Array
}

function combination(columns: readonly Coded[], rows: number): Combination {
  const { codes, many } = combined(columns, rows)
  const example = new Int32Array(many)
  for (let row = rows - 1; row >= 0; row--) example[codes[row]!] = row
  return { columns, codes, many, example }
}

const subsets = <T>(items: readonly T[]): T[][] =>
  Array.from({ length: 2 ** items.length }, (_, bits) => items.filter((_, at) => bits & (1 << at)))

const varies = ({ levels }: Coded) => levels.length > 1

/**
 * Every combination of place columns, the fullest first. A column that belongs to one place, as a class does, stands only
 * together with the first.
 */
export function placesOf(rows: ScanRows): Combination[] {
  const columns = rows.places.filter(varies)
  const shared = new Set(sharedColumns(rows))
  const [owner] = rows.places
  const sensible = subsets(columns).filter(
    (some) =>
      owner === undefined ||
      !varies(owner) ||
      some.includes(owner) ||
      (!rows.withinFirst && some.every((column) => shared.has(column))),
  )
  return sensible
    .sort((one, other) => other.length - one.length)
    .map((some) => combination(some, rows.outcome.length))
}

/** Everyone, every group, and every pair of groups. */
export function groupsOf(rows: ScanRows): Combination[] {
  return subsets(rows.groups.filter(varies))
    .filter((some) => some.length <= 2)
    .filter(
      (some) => some.length < 2 || !rows.pairsWith || some.some(({ name }) => rows.pairsWith!.includes(name)),
    )
    .sort((one, other) => one.length - other.length)
    .map((some) => combination(some, rows.outcome.length))
}
