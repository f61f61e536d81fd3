import type { Viewer } from '../../../platform/viewer.ts'
import type { DropKnown } from '../cells/make-cells.ts'
import { filesOf } from '../cells/manifest.ts'
import type { Measure } from '../domain/measure.ts'
import { type ModelAsk, type ModelAt, modelOf } from '../models/model-of.ts'
import { readModel } from '../models/sealed-models.ts'
import { remember } from '../pages/remember.ts'
import { rowsAt } from '../scan/rows-at.ts'

/**
 * The model of a measure at a drop as a snapshot has it: as it was sealed with the scan, or else worked out now and remembered. It is of
 * the whole trust, so whoever shows it must leave out what the viewer may not see.
 */
export function modelAt(
  viewer: Viewer,
  drop: DropKnown,
  snapshot: number,
  measure: Measure,
  ask: ModelAsk,
): Promise<ModelAt> {
  const trustWide: Viewer = { ...viewer, grants: [{ role: 'trustee', node: 'trust', schools: 'all' }] }
  return remember(
    trustWide,
    `value-added|${snapshot}|${drop.id}|${measure.id}|${ask.by}|${ask.year ?? ''}`,
    async () => {
      const files = ((await filesOf(viewer, snapshot, [drop.id])).get(drop.id) ?? []).filter(
        (file) => file.inTrust,
      )
      const sealed = await readModel(viewer, drop, files, measure.id, ask)
      if (sealed) return sealed
      const [set] = await rowsAt(viewer.house.lake, drop, files, [measure.id])
      return modelOf(set, measure, ask)
    },
  )
}
