import { academicYearEnd, academicYearOf } from '../../../kernel/academic-year.ts'
import type { Day } from '../../../kernel/days.ts'
import { piecesBySchool } from '../../../platform/database/changes.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { belongedOn, schools } from '../../organisation/index.ts'
import { type MetObjective, metIn, type PlanLine, planLineOf } from '../domain/plan-line.ts'
import { type Strand, strandOf } from '../domain/strand.ts'
import { readStrands } from './strands.ts'

/** A school’s (or the trust’s own) academic year: its strand of the thread, its plans in a line each, what was met. */
export interface SchoolYear {
  readonly strand: Strand
  readonly lines: readonly PlanLine[]
  readonly met: readonly MetObjective[]
}

/** The day on which an academic year is read: its last when it is over, today otherwise. */
export const dayOfYear = (viewer: Pick<Viewer, 'today'>, academicYear: number): Day =>
  academicYear < academicYearOf(viewer.today) ? academicYearEnd(academicYear) : viewer.today

/**
 * Every school’s year as it stood on a day, of the schools that belonged to the trust on it. Of ninety schools the one that was written to is read again, so that pages over
 * all of them stay quick while plans are worked on.
 */
export async function schoolYears(viewer: Viewer, academicYear: number, day: Day): Promise<SchoolYear[]> {
  const all = [
    null,
    ...(await schools(viewer)).filter((school) => belongedOn(school, day)).map((school) => school.id),
  ]
  return piecesBySchool(viewer, `year ${academicYear} ${day}`, 'improvement', all, async (some) => {
    const parts = await readStrands(viewer, some, academicYear, day)
    return new Map(
      parts.map((part) => [
        part.school,
        {
          strand: strandOf(part, day),
          lines: part.plans.map((plan) => planLineOf(plan, day)),
          met: part.plans.flatMap(metIn),
        },
      ]),
    )
  })
}
