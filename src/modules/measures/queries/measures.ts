import { NotHere } from '../../../kernel/refusal.ts'
import { keptUntilWritten } from '../../../platform/database/kept.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { assessments } from '../../evidence/index.ts'
import { catalogue, declaredMeasure } from '../catalogue/catalogue.ts'
import { measuresOfAssessments } from '../catalogue/of-assessments.ts'
import type { Measure } from '../domain/measure.ts'

/** The catalogue, and the measures that follow from the trust's own assessments. */
export const measuresOf = (viewer: Viewer): Promise<readonly Measure[]> =>
  keptUntilWritten(viewer, 'measures', async () => [
    ...catalogue,
    ...measuresOfAssessments(await assessments(viewer)),
  ])

/** Measures by their ids, in that order; the trust's assessments are looked up only when one is of them. @throws NotHere */
export async function measuresById(viewer: Viewer, ids: readonly string[]): Promise<Measure[]> {
  const all = ids.every((id) => declaredMeasure(id)) ? catalogue : await measuresOf(viewer)
  return ids.map((id) => {
    const measure = declaredMeasure(id) ?? all.find((one) => one.id === id)
    if (!measure) throw new NotHere(`There is no measure called ${id}.`)
    return measure
  })
}

/** One measure by its id, declared or of one of the trust's assessments. @throws NotHere */
export const measureById = async (viewer: Viewer, id: string): Promise<Measure> =>
  (await measuresById(viewer, [id]))[0]!
