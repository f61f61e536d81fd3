import type { Viewer } from '../../../platform/viewer.ts'
import type { Gap, GapsAsk } from '../domain/ask.ts'

/** Each group against everyone else of the same place, year and drop. */
export async function gaps(_viewer: Viewer, _ask: GapsAsk): Promise<Gap[]> {
  return []
}
