import type { Viewer } from '../../../platform/viewer.ts'
import { drops, latestSnapshot } from '../../evidence/index.ts'
import { makeMissingCells } from './kept-cells.ts'
import { cellsAt, filesOf } from './manifest.ts'

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
  for (const drop of every) await cellsAt(viewer, number, [drop])
  return { made }
}
