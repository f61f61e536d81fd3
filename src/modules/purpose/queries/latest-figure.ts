import type { Figure } from '../../../kernel/figure.ts'
import { NotHere } from '../../../kernel/refusal.ts'
import { keptUntilWritten } from '../../../platform/database/kept.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { type Measure, measureById, trend } from '../../measures/index.ts'

/** Whose figure, without the drop and snapshot at which it is read. */
export interface FigureWanted {
  readonly measure: string
  /** None: of the trust as a whole. */
  readonly school: number | null
  readonly year: string
  readonly group: string
}

/** What such a figure is now, and what it was at each drop before, oldest first. */
export interface LatestFigure {
  readonly measure: Measure
  readonly figure?: Figure
  readonly earlier: readonly Figure[]
}

/** The latest reading; nothing when the measure was withdrawn, or is of a school that the viewer does not see. */
export const latestFigure = (viewer: Viewer, wanted: FigureWanted): Promise<LatestFigure | undefined> =>
  keptUntilWritten(
    viewer,
    `latest ${wanted.measure} ${wanted.school} ${wanted.year} ${wanted.group}`,
    async () => {
      try {
        const measure = await measureById(viewer, wanted.measure)
        const [line] = await trend(viewer, {
          measure: wanted.measure,
          places: [wanted.school === null ? 'trust' : { school: wanted.school }],
          year: wanted.year,
          group: wanted.group,
        })
        const known = (line?.figures ?? []).filter((figure) => figure.kind === 'value')
        return { measure, figure: known.at(-1) ?? line?.figures.at(-1), earlier: known.slice(0, -1) }
      } catch (error) {
        if (error instanceof NotHere) return undefined
        throw error
      }
    },
  )
