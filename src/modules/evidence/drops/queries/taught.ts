import { type YearGroup, yearGroups } from '../../../../kernel/year-group.ts'
import { read } from '../../../../platform/database/door.ts'
import type { Viewer } from '../../../../platform/viewer.ts'
import { schoolById } from '../../../organisation/index.ts'
import type { Drop } from '../domain/drop.ts'

/** Year groups that a school teaches in a drop's year: those of its pupils, or of its ages, or (neither known) all. */
export async function yearsTaught(
  viewer: Viewer,
  drop: Pick<Drop, 'academicYear'>,
  school: number,
): Promise<ReadonlySet<string>> {
  const placed = await read(viewer, (db) =>
    db
      .selectFrom('organisation.year_placement')
      .where('trust_id', '=', viewer.trust)
      .where('school_id', '=', school)
      .where('academic_year', '=', drop.academicYear)
      .select('year_group')
      .distinct()
      .execute(),
  )
  if (placed.length) return new Set(placed.map((one) => one.year_group))
  const { lowAge, highAge } = await schoolById(viewer, school)
  return new Set(yearGroups.filter((year) => withinAges(year, lowAge ?? 0, highAge ?? 99)))
}

/** A pupil starts Reception at 4 and Year 11 at 15; a school for ages 4 to 11 ends with Year 6. */
const withinAges = (year: YearGroup, low: number, high: number): boolean => {
  const age = yearGroups.indexOf(year) + 2
  return year === 'X' || (age >= low && age < high)
}
