import { academicYearOf } from '../../../kernel/academic-year.ts'
import type { Day } from '../../../kernel/days.ts'
import { keptWhileSame } from '../../../platform/database/changes.ts'
import { read } from '../../../platform/database/door.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import type { MetObjective, PlanLine } from '../domain/plan-line.ts'
import type { TierName } from '../tables.ts'
import { dayOfYear, schoolYears } from './school-years.ts'

/** Every plan that the viewer sees, this year's unless another is asked for; those with most late first. */
export const planLines = async (
  viewer: Viewer,
  academicYear: number = academicYearOf(viewer.today),
): Promise<PlanLine[]> =>
  (await schoolYears(viewer, academicYear, dayOfYear(viewer, academicYear)))
    .flatMap((one) => one.lines)
    .toSorted((a, b) => b.late - a.late || a.id - b.id)

/** Every objective of the year that is said to be met, the latest first. */
export const metObjectives = async (viewer: Viewer, academicYear: number): Promise<MetObjective[]> =>
  (await schoolYears(viewer, academicYear, dayOfYear(viewer, academicYear)))
    .flatMap((one) => one.met)
    .toSorted((a, b) => b.on.localeCompare(a.on) || a.id - b.id)

export interface Tier {
  readonly school: number
  readonly tier: TierName
  readonly reason: string
  readonly wouldChange: string
  readonly from: Day
  readonly by: string | null
}

/** Tiers of support with their dates, latest first. The first of a school holds today. */
export const tiers = (viewer: Viewer): Promise<Tier[]> =>
  keptWhileSame(viewer, 'tiers', ['improvement', 'organisation'], () =>
    read(viewer, (db) =>
      db
        .selectFrom('improvement.tier as t')
        .leftJoin('organisation.person as p', (join) =>
          join.onRef('p.trust_id', '=', 't.trust_id').onRef('p.person_id', '=', 't.person_id'),
        )
        .where('t.trust_id', '=', viewer.trust)
        .select([
          't.school_id as school',
          't.tier',
          't.reason',
          't.would_change as wouldChange',
          't.from_day as from',
        ])
        .select('p.name as by')
        .orderBy('t.from_day', 'desc')
        .execute(),
    ),
  )
