/** The drops of the demo, in order of time, each with the days and moments of its story. */
export interface DemoDrop {
  readonly code: string
  readonly name: string
  readonly academicYear: number
  readonly term: number
  readonly kind: 'termly' | 'statutory'
  readonly opens: string
  readonly due: string
  readonly asAt: string
  /** Sessions that were possible from 1 September to the day. */
  readonly sessions: number
  /** Terms ago, counted from the drop that is open now: 0 now, 1 the one before. */
  readonly termsAgo: number
  readonly purpose: string
  readonly decides: string
  readonly minutes: number
}

const purposes = {
  autumn: [
    'See where pupils start the year, so that help begins before half-term has gone.',
    'Who gets small-group teaching from January, and which classes a subject leader visits first.',
  ],
  spring: [
    'See who is not yet reading well enough to learn from books, while there is still time to help this year.',
    'Which year groups get fluency partners after Easter.',
  ],
  summer: [
    'See what this year’s help has done, and what next year’s teachers must know.',
    'Which help goes on next year, and what each school’s plan begins with.',
  ],
  results: [
    'Hold the published results of Year 6 and Year 11 beside our own assessments.',
    'Which subjects are looked at in each school’s autumn review.',
  ],
} as const

const termly = (
  season: 'autumn' | 'spring' | 'summer',
  academicYear: number,
  days: { opens: string; due: string; asAt: string },
  sessions: number,
  termsAgo: number,
): DemoDrop => ({
  code: `${days.asAt.slice(0, 4)}-${season}`,
  name: season === 'autumn' ? 'Autumn' : season === 'spring' ? 'Spring' : 'Summer',
  academicYear,
  term: season === 'autumn' ? 1 : season === 'spring' ? 2 : 3,
  kind: 'termly',
  ...days,
  sessions,
  termsAgo,
  purpose: purposes[season][0],
  decides: purposes[season][1],
  minutes: 40,
})

const results = (
  academicYear: number,
  days: { opens: string; due: string; asAt: string },
  termsAgo: number,
): DemoDrop => ({
  code: `${academicYear + 1}-results`,
  name: 'Results',
  academicYear,
  term: 4,
  kind: 'statutory',
  ...days,
  sessions: 300,
  termsAgo,
  purpose: purposes.results[0],
  decides: purposes.results[1],
  minutes: 10,
})

export const tidewellDrops: readonly DemoDrop[] = [
  termly('autumn', 2023, { opens: '2023-11-20', due: '2023-12-08', asAt: '2023-11-24' }, 112, 7),
  termly('spring', 2023, { opens: '2024-03-04', due: '2024-03-22', asAt: '2024-03-08' }, 230, 6),
  termly('summer', 2023, { opens: '2024-06-10', due: '2024-06-28', asAt: '2024-06-14' }, 338, 5),
  results(2023, { opens: '2024-07-09', due: '2024-09-13', asAt: '2024-05-13' }, 5),
  termly('autumn', 2024, { opens: '2024-11-18', due: '2024-12-06', asAt: '2024-11-22' }, 112, 4),
  termly('spring', 2024, { opens: '2025-03-10', due: '2025-03-28', asAt: '2025-03-14' }, 236, 3),
  termly('summer', 2024, { opens: '2025-06-09', due: '2025-06-27', asAt: '2025-06-13' }, 336, 2),
  results(2024, { opens: '2025-07-08', due: '2025-09-12', asAt: '2025-05-12' }, 2),
  termly('autumn', 2025, { opens: '2025-11-17', due: '2025-12-05', asAt: '2025-11-21' }, 112, 1),
  termly('spring', 2025, { opens: '2026-03-09', due: '2026-03-27', asAt: '2026-03-13' }, 234, 0),
]

/** The drop that stands open. */
export const springDrop = tidewellDrops.at(-1)!

const halfTerms: readonly (readonly [string, string, number])[] = [
  ['autumn-1', '10-17', 64],
  ['autumn-2', '12-12', 138],
  ['spring-1', '02-06', 194],
  ['spring-2', '03-13', 234],
  ['summer-1', '05-15', 296],
  ['summer-2', '07-03', 366],
]

/** Eighteen drops over three years: a drop each half-term, and the results of two summers. For the large trust. */
export const largeDrops: readonly DemoDrop[] = [2023, 2024, 2025]
  .flatMap((academicYear): DemoDrop[] => [
    ...halfTerms.map(([code, day, sessions], at) => {
      const asAt = `${code.startsWith('autumn') ? academicYear : academicYear + 1}-${day}`
      return {
        ...termly('spring', academicYear, { opens: asAt, due: asAt, asAt }, sessions, 0),
        code: `${asAt.slice(0, 4)}-${code}`,
        name: `${code[0]!.toUpperCase()}${code.slice(1, -2)} ${code.at(-1)}`,
        term: at + 1,
      }
    }),
    {
      ...results(
        academicYear,
        {
          opens: `${academicYear + 1}-07-09`,
          due: `${academicYear + 1}-09-13`,
          asAt: `${academicYear + 1}-05-13`,
        },
        0,
      ),
      term: 7,
    },
  ])
  .filter((drop) => drop.asAt <= '2026-03-13')
  .map((drop, at, all) => ({ ...drop, termsAgo: Math.round((all.length - 1 - at) / 2) }))
