import { academicYearOf } from '../../../kernel/academic-year.ts'
import { keptUntilWritten } from '../../../platform/database/kept.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { purposeOn } from '../../purpose/index.ts'
import { type ThreadMap, threadMap } from '../domain/thread.ts'
import { plansWith } from './plan.ts'

/** The whole thread as the viewer may see it: this academic year's plans under today's aims. */
export const thread = (viewer: Viewer): Promise<ThreadMap> =>
  keptUntilWritten(viewer, `thread ${viewer.today}`, async () => {
    const purpose = await purposeOn(viewer)
    const plans = await plansWith(viewer, { academicYear: academicYearOf(viewer.today) })
    return threadMap({ aims: purpose.aims, plans, judgements: [] }, viewer.today)
  })
