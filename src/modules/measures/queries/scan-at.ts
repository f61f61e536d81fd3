import type { Viewer } from '../../../platform/viewer.ts'
import type { Drop } from '../../evidence/index.ts'
import { filesOf } from '../cells/manifest.ts'
import type { Measure } from '../domain/measure.ts'
import { type ScanOfEach, scanEach } from '../domain/scan/scan.ts'
import { remember } from '../pages/remember.ts'
import { type RowsAt, rowsAt } from '../scan/rows-at.ts'
import { measuresOf } from './measures.ts'

/** Of the findings shown to a trust, the share that may be chance. */
const rate = 0.1

export interface ScanAt {
  readonly measures: readonly Measure[]
  readonly sets: readonly RowsAt[]
  readonly found: ScanOfEach
}

/** What of a subject is looked at: its mean says more than the share at a standard. */
const rank = ({ rule }: Measure): number => {
  switch (rule.kind) {
    case 'sessions attended':
      return 0
    case 'mean':
      return 1
    case 'assessment mean':
      return 2
    case 'assessment share':
      return 3
    default:
      return 9
  }
}

/** Of each subject its mean, or else the share at what is expected; average grades beside them; and attendance. */
export function lookedAtMeasures(measures: readonly Measure[], filled: ReadonlySet<string>): Measure[] {
  const fit = measures
    .filter((measure) => filled.has(measure.id) && rank(measure) < 9)
    .sort((one, other) => rank(one) - rank(other))
  const graded = new Set(fit.filter(({ unit }) => unit === 'grade').map(({ subject }) => subject))
  const seen = new Set<string>()
  return fit.filter((measure) => {
    const { subject, id, unit } = measure
    if (rank(measure) === 3 && graded.has(subject)) return false
    const key = unit === 'grade' ? id : (subject ?? id)
    if (seen.has(key)) return false
    seen.add(key)
    return true
  })
}

/**
 * The scan of the whole trust at a drop, kept as long as the process lives: a snapshot never changes. It is of every school, so
 * whoever shows it must leave out what the viewer may not see.
 */
export async function scanAt(
  viewer: Viewer,
  drop: Pick<Drop, 'id' | 'kind'>,
  snapshot: number,
): Promise<ScanAt> {
  const trustWide: Viewer = { ...viewer, grants: [{ role: 'trustee', node: 'trust', schools: 'all' }] }
  return remember(trustWide, `scan|${snapshot}|${drop.id}`, async () => {
    const files = (await filesOf(viewer, snapshot, [drop.id])).get(drop.id) ?? []
    const every = await measuresOf(viewer)
    const wanted = every.filter((measure) => rank(measure) < 9).map(({ id }) => id)
    const all = (await rowsAt(viewer.house.lake, drop, files, wanted)).filter(
      ({ rows }) => rows.outcome.length > 0 && rows.outcome.some((value) => value !== rows.outcome[0]),
    )
    const measures = lookedAtMeasures(every, new Set(all.map(({ measure }) => measure)))
    const sets = measures.map((measure) => all.find((set) => set.measure === measure.id)!)
    return {
      measures,
      sets,
      found: scanEach(
        sets.map(({ rows }) => rows),
        { fdr: rate },
      ),
    }
  })
}
