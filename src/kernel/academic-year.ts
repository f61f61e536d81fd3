/** An academic year by the calendar year in which it starts: 2025 is 2025/26, 1 September 2025 to 31 August 2026. */
export type AcademicYear = number

/** `2025` → `2025/26` */
export const academicYearName = (year: AcademicYear): string =>
  `${year}/${String((year + 1) % 100).padStart(2, '0')}`

/** The academic year that holds a day (`2026-08-31` → 2025, `2026-09-01` → 2026). */
export function academicYearOf(day: string): AcademicYear {
  const [year, month] = day.split('-').map(Number) as [number, number]
  return month >= 9 ? year : year - 1
}

/** First day of the academic year, as `yyyy-mm-dd`. */
export const academicYearStart = (year: AcademicYear): string => `${year}-09-01`

/** Last day of the academic year, as `yyyy-mm-dd`. */
export const academicYearEnd = (year: AcademicYear): string => `${year + 1}-08-31`
