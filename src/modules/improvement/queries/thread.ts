import { academicYearOf } from '../../../kernel/academic-year.ts'
import type { Day } from '../../../kernel/days.ts'
import { schoolsWhere } from '../../../kernel/viewer.ts'
import { keptWhileSame } from '../../../platform/database/changes.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { purposeOn } from '../../purpose/index.ts'
import { type JoinedThread, joined } from '../domain/thread.ts'
import { schoolYears } from './school-years.ts'

/** The whole thread as the viewer may see it: the plans of a day’s year and what was judged and decided, under that day’s aims. */
export const thread = (viewer: Viewer, day: Day = viewer.today): Promise<JoinedThread> =>
  keptWhileSame(viewer, `thread ${day}`, ['organisation', 'purpose', 'improvement'], async () => {
    const { aims } = await purposeOn(viewer, day)
    const years = await schoolYears(viewer, academicYearOf(day), day)
    return joined(
      aims,
      years.map((one) => one.strand),
      day,
      schoolsWhere(viewer, 'see figures'),
    )
  })
