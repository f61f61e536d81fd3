import type { FigureKey } from '../../../kernel/figure.ts'
import { NotHere } from '../../../kernel/refusal.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import type { FigureDetail } from '../domain/ask.ts'

/** The key that a path names: `year-6` → `6`, `all-years` → `all`. */
export const keyAt = (params: {
  measure: string
  place: string
  year: string
  group: string
  period: string
  snapshot: string
}): FigureKey => {
  const year = params.year === 'all-years' ? 'all' : params.year.replace(/^year-/, '').toUpperCase()
  return { ...params, year, snapshot: Number(params.snapshot) }
}

/** Everything about one figure, for its own page. The same number for ever. @throws NotHere */
export async function figureAt(_viewer: Viewer, _key: FigureKey): Promise<FigureDetail> {
  throw new NotHere()
}
