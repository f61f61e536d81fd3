import type { AcademicYear } from '../../../kernel/academic-year.ts'
import type { Phase } from '../domain/measure.ts'
import type { Benchmark, NationalRow } from './benchmark.ts'

/** Academic year, value, and whether it is known from memory only. */
type Point = readonly [
  year: AcademicYear,
  value: number,
  standing?: Benchmark['status'] | 'memory' | 'provisional memory',
]

const rows = (
  measure: string,
  population: string,
  source: string,
  points: readonly Point[],
  phase?: Phase,
): NationalRow[] =>
  points.map(([year, value, standing = 'published']) => ({
    measure,
    year,
    value,
    population,
    phase,
    status:
      standing === 'memory' ? 'published' : standing === 'provisional memory' ? 'provisional' : standing,
    source: standing.endsWith('memory') ? `${source}; recalled, to verify against the release` : source,
    toVerify: standing.endsWith('memory'),
  }))

const ks2Source = 'Department for Education, Key stage 2 attainment'
const ks4Source = 'Department for Education, Key stage 4 performance'
const profiles = 'Department for Education, School profiles, England performance 2024/25'
const allSchools = 'all schools'
const stateFunded = 'state-funded schools'

/** England's figures. Key stage 2 of 2020 and 2021 were cancelled; the year of 2025 results is 2024. */
export const national: readonly NationalRow[] = [
  ...rows('ks2-rwm-expected', allSchools, ks2Source, [
    [2018, 65],
    [2021, 59],
    [2022, 60, 'revised'],
    [2023, 61],
    [2024, 62],
  ]),
  ...rows('ks2-reading-expected', allSchools, ks2Source, [
    [2018, 73],
    [2021, 75],
    [2022, 73],
    [2023, 74],
    [2024, 75],
  ]),
  ...rows('ks2-writing-expected', allSchools, ks2Source, [
    [2018, 78],
    [2021, 69, 'memory'],
    [2022, 71],
    [2023, 72],
    [2024, 72],
  ]),
  ...rows('ks2-mathematics-expected', allSchools, ks2Source, [
    [2018, 79],
    [2021, 71, 'memory'],
    [2022, 73],
    [2023, 73],
    [2024, 74],
  ]),
  ...rows('ks2-gps-expected', allSchools, ks2Source, [
    [2018, 78],
    [2021, 72, 'memory'],
    [2022, 72],
    [2023, 72],
    [2024, 73],
  ]),
  ...rows('ks2-rwm-higher', allSchools, ks2Source, [
    [2018, 11, 'memory'],
    [2021, 7, 'memory'],
    [2022, 8, 'memory'],
    [2023, 8, 'memory'],
    [2024, 8, 'memory'],
  ]),
  ...rows('ks2-reading-average', allSchools, ks2Source, [
    [2018, 104, 'memory'],
    [2021, 105, 'memory'],
    [2022, 105, 'memory'],
    [2023, 105, 'memory'],
    [2024, 106, 'memory'],
  ]),
  ...rows('ks2-mathematics-average', allSchools, ks2Source, [
    [2018, 105, 'memory'],
    [2021, 104, 'memory'],
    [2022, 104, 'memory'],
    [2023, 104, 'memory'],
    [2024, 105, 'memory'],
  ]),
  ...rows('ks2-gps-average', allSchools, ks2Source, [
    [2018, 106, 'memory'],
    [2021, 105, 'memory'],
    [2022, 105, 'memory'],
    [2023, 105, 'memory'],
    [2024, 105, 'memory'],
  ]),

  ...rows('attainment-8', stateFunded, ks4Source, [
    [2018, 46.7],
    [2019, 50.2],
    [2020, 50.9],
    [2021, 48.8],
    [2022, 46.2, 'provisional'],
    [2023, 45.9, 'memory'],
  ]),
  ...rows('attainment-8', stateFunded, profiles, [[2024, 45.9]]),
  ...rows('english-maths-5', stateFunded, ks4Source, [
    [2018, 43.2],
    [2019, 49.9],
    [2020, 51.9],
    [2021, 49.8],
    [2022, 45.5, 'final'],
    [2023, 46.2],
  ]),
  ...rows('english-maths-5', stateFunded, profiles, [[2024, 45.2]]),
  ...rows('english-maths-4', stateFunded, ks4Source, [
    [2018, 64.6],
    [2019, 71.2],
    [2020, 72.2],
    [2021, 68.8],
    [2022, 65.4, 'final'],
    [2023, 65.4],
  ]),
  ...rows('english-maths-4', stateFunded, profiles, [[2024, 64.5]]),
  ...rows('progress-8', stateFunded, ks4Source, [
    [2018, -0.03],
    [2021, -0.03],
    [2022, -0.03],
    [2023, -0.03],
  ]),

  ...attendanceOf(
    'primary',
    'primary schools',
    { 2021: [6.26, 17.7], 2022: [5.9, 16.21], 2023: [5.53, 14.56] },
    [5.28, 13.77],
  ),
  ...attendanceOf(
    'secondary',
    'secondary schools',
    { 2021: [8.99, 27.71], 2022: [9.01, 26.52], 2023: [8.89, 25.56] },
    [8.49, 23.77],
  ),
  ...attendanceOf('special', 'special schools', {}, [13.17, 36.06]),
  ...attendanceOf(undefined, allSchools, {}, [6.88, 18.78]),
  ...rows('severe-absence', allSchools, 'Department for Education, Pupil absence in schools', [
    [2023, 2.3, 'memory'],
  ]),
]

/** Absence and persistent absence, in percent: by the school census to 2023/24, by daily registers in 2025/26. */
function attendanceOf(
  phase: Phase | undefined,
  population: string,
  census: Record<AcademicYear, readonly [absence: number, persistent: number]>,
  daily: readonly [absence: number, persistent: number],
): NationalRow[] {
  const censusSource =
    'Department for Education, Pupil absence in schools (school census; year matched to the release)'
  const dailySource =
    'Department for Education, Pupil attendance in schools (daily registers, year to July 2026)'
  const points = Object.entries(census).map(([year, values]) => [Number(year), ...values] as const)
  const attended = (absence: number) => Math.round((100 - absence) * 100) / 100
  return [
    ...rows(
      'attendance',
      population,
      censusSource,
      points.map(([year, absence]) => [year, attended(absence)]),
      phase,
    ),
    ...rows(
      'persistent-absence',
      population,
      censusSource,
      points.map(([year, , persistent]) => [year, persistent]),
      phase,
    ),
    ...rows('attendance', population, dailySource, [[2025, attended(daily[0])]], phase),
    ...rows('persistent-absence', population, dailySource, [[2025, daily[1]]], phase),
  ]
}
