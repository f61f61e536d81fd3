import { type Coded, type ScanRows, sharedColumns } from './rows.ts'

/** Columns that together say where or who. */
export type Combination = readonly Coded[]

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
  return subsets(columns)
    .filter(
      (some) =>
        owner === undefined ||
        !varies(owner) ||
        some.includes(owner) ||
        (!rows.withinFirst && some.every((column) => shared.has(column))),
    )
    .sort((one, other) => other.length - one.length)
}

/** Everyone, every group, and every pair of groups. */
export function groupsOf(rows: ScanRows): Combination[] {
  return subsets(rows.groups.filter(varies))
    .filter((some) => some.length <= 2)
    .filter(
      (some) => some.length < 2 || !rows.pairsWith || some.some(({ name }) => rows.pairsWith!.includes(name)),
    )
    .sort((one, other) => one.length - other.length)
}
