import type { Wanted } from './describe-pupil.ts'

/**
 * What was put into the demo on purpose, so that a test can ask whether the product finds it. Everything else in the demo
 * fell by chance.
 */
export interface PlantedResult {
  readonly id: string
  /** As the product should be able to say it. */
  readonly what: string
  readonly school: string
  readonly year: string
  readonly subject: 'reading' | 'writing' | 'mathematics'
  readonly group: 'all' | 'disadvantaged' | 'eal'
  /** Academic year of the cohort. */
  readonly academicYear: number
  /** How many of how many at the standard in spring 2026. */
  readonly share: number
  /** First drop at which it shows. */
  readonly since: string
  /** How the scan of spring 2026 begins the finding. */
  readonly says: string
}

export const plantedResults: readonly PlantedResult[] = [
  {
    id: 'saltmarsh-year-4-disadvantaged-reading',
    what: 'At Saltmarsh, about one in five disadvantaged pupils in Year 4 reads at the expected standard; about six in ten would be usual.',
    school: 'saltmarsh',
    year: '4',
    subject: 'reading',
    group: 'disadvantaged',
    academicYear: 2025,
    share: 0.22,
    since: '2025-autumn',
    says: 'Disadvantaged pupils in Year 4 reading, scaled score at Saltmarsh',
  },
  {
    id: 'fenwick-road-year-2-eal-reading',
    what: 'At Fenwick Road, nearly every Year 2 pupil learning English as an additional language reads at the expected standard, for the third drop running.',
    school: 'fenwick-road',
    year: '2',
    subject: 'reading',
    group: 'eal',
    academicYear: 2025,
    share: 0.97,
    since: '2025-summer',
    says: 'Pupils learning English as an additional language in Year 2 reading, scaled score at Fenwick Road',
  },
]

export const plantedAbsence = {
  id: 'northquay-year-10-attendance',
  what: 'At Northquay, Year 10 missed about 1 session in 8 in the spring term; other year groups there missed about 1 in 10.',
  school: 'northquay',
  year: '10',
  since: '2026-spring',
  says: 'Pupils in Year 10 attendance at Northquay',
  /** Times as many sessions missed as before. */
  times: 2.1,
} as const

export const plantedSameMarks = {
  id: 'harbour-lane-3p-writing',
  what: 'Every pupil of Harbour Lane 3P has the same writing assessment, EXS, in spring 2026.',
  school: 'harbour-lane',
  form: '3P',
  assessment: 'writing-teacher',
  drop: '2026-spring',
  raw: 'EXS',
} as const

export const plantedJump = {
  id: 'saltmarsh-year-5-maths-jump',
  what: 'Saltmarsh’s Year 5 rose by about 9 points in maths between autumn 2025 and spring 2026, where others hardly moved.',
  school: 'saltmarsh',
  year: '5',
  assessment: 'maths-scaled',
  drop: '2026-spring',
  points: 9,
} as const

export const plantedRollChange = {
  id: 'gull-rock-roll',
  what: 'Twelve pupils joined Gull Rock’s Reception and Year 2 in January 2026, when the new houses on the harbour were let.',
  school: 'gull-rock',
  academicYear: 2025,
  joined: 12,
  from: '2026-01-05',
  /** The year groups that they joined, in turn. */
  years: ['R', '2'],
} as const

/** Faults in the two files that are still to be sent, as the people who typed them made them. */
export const plantedFileFaults = {
  saltmarsh: {
    file: 'saltmarsh-spring-2026.xlsx',
    shortUpn: 'Callum Tierney',
    letterForDigit: { pupil: 'Devon Oakes', column: 'Reading', says: '1O4' },
    twice: 'Isla Peters',
    unknown: 'Marnie Field',
  },
  gullRock: {
    file: 'gull-rock-spring-2026.csv',
    shortUpn: 'Ellie Dawes',
    letterForDigit: { pupil: 'Jack Treloar', assessment: 'Reading SS', says: '1O4' },
    noUpn: 'Sam Price',
    notADay: { pupil: 'Tom Bell', says: '31/02/2015' },
  },
} as const

/** Pupils with a part in the story, by school and form of 2025/26; they take the first places of their form. */
export const namedPupils: Readonly<Record<string, Readonly<Record<string, readonly Wanted[]>>>> = {
  saltmarsh: {
    '4C': [
      {
        forename: 'Ayesha',
        surname: 'Rahman',
        sex: 'F',
        ethnicity: 'APKN',
        language: 'URD',
        disadvantaged: true,
      },
      {
        forename: 'Callum',
        surname: 'Tierney',
        sex: 'M',
        ethnicity: 'WBRI',
        language: 'ENG',
        disadvantaged: true,
      },
      {
        forename: 'Daisy',
        surname: 'Holt',
        sex: 'F',
        ethnicity: 'WBRI',
        language: 'ENG',
        disadvantaged: false,
      },
      {
        forename: 'Kofi',
        surname: 'Boateng',
        sex: 'M',
        ethnicity: 'BAFR',
        language: 'ENG',
        disadvantaged: true,
      },
    ],
    '4L': [
      {
        forename: 'Maja',
        surname: 'Wojcik',
        sex: 'F',
        ethnicity: 'WOTH',
        language: 'POL',
        disadvantaged: false,
      },
      {
        forename: 'Isla',
        surname: 'Peters',
        sex: 'F',
        ethnicity: 'WBRI',
        language: 'ENG',
        disadvantaged: true,
      },
    ],
    '3C': [
      {
        forename: 'Devon',
        surname: 'Oakes',
        sex: 'M',
        ethnicity: 'MWBC',
        language: 'ENG',
        disadvantaged: true,
      },
    ],
  },
  'gull-rock': {
    '6A': [
      { forename: 'Zara', surname: 'Ahmed', sex: 'F', ethnicity: 'APKN', language: 'ENG' },
      { forename: 'Tom', surname: 'Bell', sex: 'M', ethnicity: 'WBRI', language: 'ENG', born: '2015-02-28' },
      {
        forename: 'Ellie',
        surname: 'Dawes',
        sex: 'F',
        ethnicity: 'WBRI',
        language: 'ENG',
        disadvantaged: true,
      },
      { forename: 'Zoë', surname: 'Fairweather', sex: 'F', ethnicity: 'WBRI', language: 'ENG' },
      { forename: 'Sam', surname: 'Price', sex: 'M', ethnicity: 'WBRI', language: 'ENG', born: '2015-03-05' },
      { forename: 'Niamh', surname: 'O’Connor', sex: 'F', ethnicity: 'WIRI', language: 'ENG' },
      { forename: 'Jack', surname: 'Treloar', sex: 'M', ethnicity: 'WBRI', language: 'ENG' },
    ],
    '6B': [
      { forename: 'Sam', surname: 'Price', sex: 'M', ethnicity: 'WBRI', language: 'ENG', born: '2015-08-20' },
      { forename: 'Renée', surname: 'Laurent', sex: 'F', ethnicity: 'MOTH', language: 'ENG' },
      { forename: 'Beatriz', surname: 'Ferreira', sex: 'F', ethnicity: 'WOTH', language: 'POR' },
    ],
  },
}
