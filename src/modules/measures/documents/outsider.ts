import { type Grant, schoolsWhere } from '../../../kernel/viewer.ts'
import type { Viewer } from '../../../platform/viewer.ts'

/** The same reach without small groups and without pupils: a paper may be carried out of the school. */
export function asOutsider(viewer: Viewer): Viewer {
  const schools = schoolsWhere(viewer, 'see figures')
  const grant: Grant = { role: 'local-governor', node: schools === 'all' ? 'trust' : 'school', schools }
  return { ...viewer, grants: [grant] }
}
