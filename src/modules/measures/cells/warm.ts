import type { Viewer } from '../../../platform/viewer.ts'
import { drops, latestSnapshot } from '../../evidence/index.ts'
import { makeMissingCells } from './kept-cells.ts'
import { cellsAt, filesOf } from './manifest.ts'

/** Drops that pages read: a trend’s six, and the statutory results beside them. Older ones are read when somebody asks. */
const readAhead = 8

/** Works out and keeps the cells of a snapshot that are not yet there; for after a publish, and at start. */
export async function warmCells(viewer: Viewer, snapshot?: number): Promise<{ made: number }> {
  const number = snapshot ?? (await latestSnapshot(viewer))
  const every = await drops(viewer)
  const files = await filesOf(
    viewer,
    number,
    every.map((drop) => drop.id),
  )
  const made = await makeMissingCells(
    viewer.house.lake,
    every.map((drop) => ({ drop, files: files.get(drop.id)! })),
  )
  const filled = every.filter((drop) => files.get(drop.id)!.length > 0)
  const newest = filled.toSorted((a, b) => b.asAt.localeCompare(a.asAt)).slice(0, readAhead)
  for (const drop of newest) await cellsAt(viewer, number, [drop])
  return { made }
}
