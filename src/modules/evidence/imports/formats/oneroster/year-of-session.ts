import { academicYearOf } from '../../../../../kernel/academic-year.ts'
import { readDate } from '../../domain/read-date.ts'

/** The academic year of a session, by the day on which it starts or else by the year in which its school year ends. */
export function yearOfSession(schoolYear: string, startDate: string): number | undefined {
  const start = readDate(startDate)
  if (start.kind === 'day') return academicYearOf(start.day)
  return /^20\d\d$/.test(schoolYear) ? Number(schoolYear) - 1 : undefined
}
