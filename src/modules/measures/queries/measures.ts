import { NotHere } from '../../../kernel/refusal.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { assessments } from '../../evidence/index.ts'
import { catalogue, declaredMeasure } from '../catalogue/catalogue.ts'
import { measuresOfAssessments } from '../catalogue/of-assessments.ts'
import type { Measure } from '../domain/measure.ts'

/** The catalogue, and the measures that follow from the trust's own assessments. */
export const measuresOf = async (viewer: Viewer): Promise<Measure[]> => [
  ...catalogue,
  ...measuresOfAssessments(await assessments(viewer)),
]

/** One measure by its id, declared or of one of the trust's assessments. @throws NotHere */
export async function measureById(viewer: Viewer, id: string): Promise<Measure> {
  const measure = declaredMeasure(id) ?? (await measuresOf(viewer)).find((one) => one.id === id)
  if (!measure) throw new NotHere(`There is no measure called ${id}.`)
  return measure
}
