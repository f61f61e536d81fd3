import { setImmediate as turn } from 'node:timers/promises'
import type { Viewer } from '../../../platform/viewer.ts'
import type { LakeFile } from '../../evidence/index.ts'
import type { DropKnown } from '../cells/make-cells.ts'
import { measuresOf } from '../queries/measures.ts'
import { lookedAtMeasures, mayBeLookedAt } from '../scan/looked-at.ts'
import { rowsAt } from '../scan/rows-at.ts'
import { isSealed, scanName } from '../scan/sealed-scan.ts'
import { type GroupedBy, modelOf } from './model-of.ts'
import { modelsName, type SealedModel, sealModels } from './sealed-models.ts'

const groupings: readonly GroupedBy[] = ['school', 'class']

/**
 * Models of every measure of a drop, by school and by class, of all year groups and of each, sealed beside its scan unless that was done
 * before. Others have their turn between two of them.
 */
export async function makeModels(viewer: Viewer, drop: DropKnown, files: readonly LakeFile[]): Promise<void> {
  const name = modelsName(scanName(viewer.trust, drop, files))
  if (isSealed(viewer.house.lake, name)) return
  const every = await measuresOf(viewer)
  const wanted = every.filter(mayBeLookedAt).map(({ id }) => id)
  const sets = await rowsAt(viewer.house.lake, drop, files, wanted)
  const filled = new Set(sets.filter(({ rows }) => rows.outcome.length > 0).map(({ measure }) => measure))
  const models: SealedModel[] = []
  for (const measure of lookedAtMeasures(every, filled)) {
    const set = sets.find((one) => one.measure === measure.id)!
    const years = set.rows.places[1]!.levels
    const asks = groupings.flatMap((by) => [
      { by },
      ...(years.length > 1 ? years.map((year) => ({ by, year })) : []),
    ])
    for (const ask of asks) {
      await turn()
      models.push({ measure: measure.id, ask, model: modelOf(set, measure, ask) })
    }
  }
  await sealModels(viewer, name, models)
}
