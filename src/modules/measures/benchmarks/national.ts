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
const exclusionsSource = 'Department for Education, Suspensions and permanent exclusions in England'
const allSchools = 'all schools'
const stateFunded = 'state-funded schools'

const reasons = [
  'authorised-absence',
  'unauthorised-absence',
  'lateness',
  'absence-illness',
  'absence-medical',
  'absence-holiday',
  'absence-other-unauthorised',
  'absence-no-reason',
  'absence-exclusion',
  'absence-part-time',
] as const

/** Shares of possible sessions of 2025/26, worked out from DfE’s counts of sessions by code. */
const absenceReasons2025 = (
  [
    ['primary', 'primary schools', [3.73, 1.55, 1.29, 2.79, 0.27, 0.53, 0.79, 0.05, 0.04, 0.17]],
    ['secondary', 'secondary schools', [5.22, 3.27, 3.09, 3.63, 0.38, 0.31, 2.61, 0.05, 0.29, 0.32]],
    ['special', 'special schools', [9.57, 3.6, 1.09, 5.02, 1.01, 0.41, 2.8, 0.07, 0.17, 1.59]],
    [undefined, allSchools, [4.52, 2.36, 2.09, 3.21, 0.33, 0.43, 1.65, 0.05, 0.15, 0.27]],
  ] as const
).flatMap(([phase, population, values]) =>
  reasons.flatMap((measure, at) =>
    rows(
      measure,
      population,
      'Department for Education, Pupil attendance in schools (daily registers, year to July 2026; sessions by code)',
      [[2025, values[at]!]],
      phase,
    ),
  ),
)

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

  ...rows(
    'good-level-of-development',
    allSchools,
    'Department for Education, Early years foundation stage profile results',
    [
      [2018, 71.8],
      [2021, 65.2],
      [2022, 67.2, 'memory'],
      [2023, 67.7],
      [2024, 68.3],
    ],
  ),
  ...rows('phonics-year-1', allSchools, 'Department for Education, Phonics screening check attainment', [
    [2017, 82],
    [2021, 75],
    [2022, 79],
    [2023, 80],
    [2024, 80],
  ]),
  ...rows(
    'multiplication-average',
    stateFunded,
    'Department for Education, Multiplication tables check attainment',
    [
      [2021, 19.8, 'memory'],
      [2022, 20.2, 'memory'],
      [2023, 20.6, 'memory'],
      [2024, 21, 'memory'],
    ],
  ),
  ...rows(
    'multiplication-full-marks',
    stateFunded,
    'Department for Education, Multiplication tables check attainment',
    [
      [2021, 27, 'memory'],
      [2022, 29, 'memory'],
      [2023, 34, 'memory'],
      [2024, 37, 'memory'],
    ],
  ),
  ...rows('suspension-rate', 'state-funded schools, a whole year', exclusionsSource, [
    [2022, 9.33],
    [2023, 11.31],
  ]),
  ...rows('permanent-exclusion-rate', 'state-funded schools, a whole year', exclusionsSource, [
    [2022, 0.11, 'memory'],
    [2023, 0.13, 'memory'],
  ]),
  ...absenceReasons2025,

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
