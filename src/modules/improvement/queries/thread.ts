import { academicYearOf } from '../../../kernel/academic-year.ts'
import { keptUntilWritten } from '../../../platform/database/kept.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { purposeOn } from '../../purpose/index.ts'
import { type JudgementSeen, type ThreadMap, threadMap } from '../domain/thread.ts'
import { evaluationLines } from './evaluation.ts'
import { plansWith } from './plan.ts'

/** The whole thread as the viewer may see it: this academic year's plans and confirmed judgements under today's aims. */
export const thread = (viewer: Viewer): Promise<ThreadMap> =>
  keptUntilWritten(viewer, `thread ${viewer.today}`, async () => {
    const purpose = await purposeOn(viewer)
    const plans = await plansWith(viewer, { academicYear: academicYearOf(viewer.today) })
    const judgements = (await evaluationLines(viewer)).flatMap((line) =>
      line.judgements.map(
        ({ id, area, document }): JudgementSeen => ({
          id,
          title: `${document.areaName}: ${document.gradeName.toLowerCase()}`,
          href: `/improvement/evaluations/${line.id}#${area}`,
          school: line.school,
          figures: document.lines.map((one) => one.stem).filter(Boolean),
          objectives: document.lines.flatMap((one) => (one.objective === null ? [] : [one.objective])),
        }),
      ),
    )
    return threadMap({ aims: purpose.aims, plans, judgements }, viewer.today)
  })
