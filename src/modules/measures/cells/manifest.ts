import type { Database } from '../../../platform/database/open.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { type LakeFile, rewritings, snapshotFiles } from '../../evidence/index.ts'
import type { CellSet } from './cell-set.ts'
import { cellsOfFiles } from './kept-cells.ts'
import type { DropKnown } from './make-cells.ts'

const most = 400

/**
 * Lists of sealed files by trust, snapshot and drop. What a snapshot lists changes only when rows are let go, so a list is
 * asked for once until then.
 */
const lists = new WeakMap<Database, Map<string, readonly LakeFile[]>>()

/**
 * The sealed files of a drop in a snapshot that exists. The manifest is the trust's: what a viewer may see of it is decided
 * where figures are made.
 */
export async function filesOf(
  viewer: Viewer,
  snapshot: number,
  drops: readonly number[],
): Promise<Map<number, readonly LakeFile[]>> {
  const known = lists.get(viewer.house.database) ?? new Map<string, readonly LakeFile[]>()
  lists.set(viewer.house.database, known)
  const since = await rewritings(viewer)
  const name = (drop: number) => `${viewer.trust} ${since} ${snapshot} ${drop}`
  const missing = drops.filter((drop) => !known.has(name(drop)))
  if (missing.length > 0) {
    const byDrop = Map.groupBy(await snapshotFiles(viewer, snapshot, { drops: missing }), (file) => file.drop)
    for (const drop of missing) known.set(name(drop), byDrop.get(drop) ?? [])
  }
  const found = new Map(drops.map((drop) => [drop, known.get(name(drop))!]))
  for (const oldest of known.keys()) {
    if (known.size <= most) break
    known.delete(oldest)
  }
  return found
}

export const forgetLists = (database: Database): boolean => lists.delete(database)

/** Cells of every school with files at one drop, by school. */
export interface DropCells extends ReadonlyMap<number, CellSet> {
  /** Schools that did not belong to the trust on the drop’s day: their figures are theirs alone. */
  readonly apart: ReadonlySet<number>
}

/** The one door to facts: the cells of every school with files at each drop, as a snapshot has them. */
export async function cellsAt(
  viewer: Viewer,
  snapshot: number,
  drops: readonly DropKnown[],
): Promise<Map<number, DropCells>> {
  const files = await filesOf(
    viewer,
    snapshot,
    drops.map((drop) => drop.id),
  )
  const found = await Promise.all(
    drops.map(async (drop): Promise<[number, DropCells]> => {
      const own = files.get(drop.id)!
      const cells = await cellsOfFiles(viewer.house.lake, drop, own)
      const apart = new Set(own.filter((file) => !file.inTrust).map((file) => file.school))
      return [drop.id, Object.assign(cells, { apart })]
    }),
  )
  return new Map(found)
}
