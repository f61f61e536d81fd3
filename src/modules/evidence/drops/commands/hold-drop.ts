import type { Writing } from '../../../../platform/database/door.ts'
import type { Viewer } from '../../../../platform/viewer.ts'
import { inTurn } from '../../snapshots/index.ts'
import type { Drop } from '../domain/drop.ts'
import { dropIn } from '../queries/drops.ts'

/** The drop, held: who publishes, signs off or locks takes turns until this transaction ends. @throws NotHere */
export async function holdDrop(tx: Writing, viewer: Viewer, code: string): Promise<Drop> {
  await inTurn(viewer, tx)
  return dropIn(tx, viewer, code)
}
