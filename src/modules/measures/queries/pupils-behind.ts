import type { FigureKey } from '../../../kernel/figure.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import type { PupilBehind } from '../domain/ask.ts'

/** The pupils whom a figure is about, for those who may see them there; others get NotHere. The page audits it. */
export async function pupilsBehind(_viewer: Viewer, _key: FigureKey): Promise<PupilBehind[]> {
  return []
}

/** Those of them who are in the population and not counted. @throws NotHere */
export const missingFrom = async (viewer: Viewer, key: FigureKey): Promise<PupilBehind[]> =>
  (await pupilsBehind(viewer, key)).filter((pupil) => !pupil.counted)
