import type { Figure } from '../../../kernel/figure.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import type { PlaceAsked } from '../domain/ask.ts'

/** One measure of one or several places over the drops at which it is read, oldest first, as known in one snapshot. */
export async function trend(
  _viewer: Viewer,
  _ask: {
    measure: string
    places: readonly PlaceAsked[]
    year?: string
    group?: string
    snapshot?: number
    upTo?: string
  },
): Promise<{ place: string; figures: Figure[] }[]> {
  return []
}
