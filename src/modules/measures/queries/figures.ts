import type { Figure } from '../../../kernel/figure.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import type { FiguresAsk } from '../domain/ask.ts'

/**
 * Figures for every combination asked for, in the order measures, periods, places, years, groups; `schools` opens into
 * the schools that the viewer sees and that the measure is about. What the viewer may not see is `suppressed`.
 */
export async function figures(_viewer: Viewer, _ask: FiguresAsk): Promise<Figure[]> {
  return []
}
