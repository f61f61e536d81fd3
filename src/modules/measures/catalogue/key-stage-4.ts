import { type Element, elements, type Measure, version } from '../domain/measure.ts'

const guide = 'Department for Education, secondary accountability measures guide'

const common = {
  direction: 'higher is better',
  phases: ['secondary', 'all-through', 'special'],
  year: '11',
  years: ['10', '11'],
  drops: 'any',
  topic: 'key stage 4',
  population:
    'Pupils in Year 11 on roll on the day of the drop: all of them when results come, at a termly drop those with a grade',
} as const

const elementNames: Record<Element, string> = {
  english: 'English',
  mathematics: 'maths',
  ebacc: 'EBacc',
  open: 'open',
}
const elementTops: Record<Element, number> = { english: 18, mathematics: 18, ebacc: 27, open: 27 }

const capital = (text: string) => text[0]!.toUpperCase() + text.slice(1)

const attainment8: readonly Measure[] = [
  {
    ...common,
    id: 'attainment-8',
    name: 'Attainment 8',
    shortName: 'Attainment 8',
    rule: { kind: 'attainment 8' },
    unit: 'points',
    places: 1,
    domain: [20, 80],
    interval: 't',
    headline: true,
    versions: [
      version(
        2016,
        'The mean over pupils of ten slots: English twice (the higher of language and literature, doubled when both were taken), mathematics twice, the best three EBacc subjects, the best three others. An empty slot is 0. At a termly drop, pupils without any grade are shown as missing.',
        guide,
      ),
    ],
  },
  ...elements.map(
    (element): Measure => ({
      ...common,
      id: `attainment-8-${element}`,
      name: `Attainment 8: ${elementNames[element]} element`,
      shortName: `${capital(elementNames[element])} element`,
      rule: { kind: 'attainment 8', element },
      unit: 'points',
      places: 1,
      domain: [0, elementTops[element]],
      interval: 't',
      headline: false,
      versions: [
        version(
          2016,
          `The mean points of the ${elementNames[element]} slots of Attainment 8, at most ${elementTops[element]}.`,
          guide,
        ),
      ],
    }),
  ),
]

const progressVersions = (what: string) => [
  version(
    2016,
    'Progress 8 was published for these years, but their national estimates are not held here.',
    guide,
    { to: 2018, produced: false },
  ),
  version(2019, 'Not produced: examinations were cancelled in 2020 and 2021.', guide, {
    to: 2020,
    produced: false,
  }),
  version(
    2021,
    `${what} National estimates of 2022, revised.`,
    'Department for Education, key stage 4 ready reckoner, 2 February 2023',
    { to: 2021 },
  ),
  version(
    2022,
    `${what} National estimates of 2023, revised.`,
    'Department for Education, key stage 4 ready reckoner, 1 February 2024',
    { to: 2022 },
  ),
  version(
    2023,
    `${what} National estimates of 2024, provisional.`,
    'Department for Education, key stage 4 ready reckoner, 5 December 2024',
    { to: 2023 },
  ),
  version(
    2024,
    'Not produced for 2024/25 and 2025/26: these pupils sat no key stage 2 tests in 2020 and 2021, so there is nothing to measure progress from.',
    'Department for Education, key stage 4 performance 2024 to 2025, data guidance',
    { to: 2025, produced: false },
  ),
]

const progressPopulation =
  'Pupils in Year 11 on roll on the day of the drop; counted when they have key stage 2 results'

const progress8: readonly Measure[] = [
  {
    ...common,
    id: 'progress-8',
    name: 'Progress 8',
    shortName: 'Progress 8',
    population: progressPopulation,
    rule: { kind: 'progress 8' },
    drops: 'statutory',
    unit: 'grade',
    places: 2,
    domain: [-1.5, 1.5],
    interval: 'national deviation',
    headline: true,
    versions: progressVersions(
      'The mean of each pupil’s Attainment 8 less the national mean of pupils with the same key stage 2 results, divided by ten.',
    ),
  },
  ...elements.map(
    (element): Measure => ({
      ...common,
      id: `progress-8-${element}`,
      name: `Progress 8: ${elementNames[element]} element`,
      shortName: `${capital(elementNames[element])} progress`,
      population: progressPopulation,
      rule: { kind: 'progress 8', element },
      drops: 'statutory',
      unit: 'grade',
      places: 2,
      domain: [-1.5, 1.5],
      interval: 'national deviation',
      headline: false,
      versions: progressVersions(
        `The mean of each pupil’s ${elementNames[element]} points less the national mean of pupils with the same key stage 2 results, divided by ${element === 'english' || element === 'mathematics' ? 'two' : 'three'}.`,
      ),
    }),
  ),
]

const englishAndMathematics = ([5, 4] as const).map(
  (grade): Measure => ({
    ...common,
    id: `english-maths-${grade}`,
    name: `Grade ${grade} or above in English and maths`,
    shortName: `English and maths ${grade}+`,
    rule: { kind: 'english and mathematics', grade },
    unit: 'percent',
    places: 0,
    domain: [0, 100],
    interval: 'wilson',
    headline: true,
    versions: [
      version(
        2016,
        `Pupils with grade ${grade} or above in mathematics and in English language or English literature, as a percentage of all pupils in the year group; at a termly drop, of those with a grade in mathematics and in English.`,
        guide,
      ),
    ],
  }),
)

/** The mean grade in one subject: declared for the common ones, made for any other that a trust grades 9 to 1. */
export const averageGrade = (code: string, name: string, inSentence = name): Measure => ({
  ...common,
  id: `grade-${code}`,
  name: `Average grade in ${inSentence}`,
  shortName: name,
  population: `Pupils in Year 11 who are entered for ${inSentence}`,
  rule: { kind: 'mean', subject: code, population: 'entered' },
  unit: 'grade',
  places: 1,
  domain: [1, 9],
  interval: 't',
  headline: false,
  subject: code,
  versions: [
    version(
      2016,
      'The mean grade, 9 to 1 with U as 0, of the pupils who have one. A double award counts as the mean of its two grades.',
      guide,
    ),
  ],
})

const averageGrades = [
  averageGrade('english-language', 'English language'),
  averageGrade('english-literature', 'English literature'),
  averageGrade('mathematics', 'Maths', 'mathematics'),
  averageGrade('combined-science', 'Combined science', 'combined science'),
  averageGrade('biology', 'Biology', 'biology'),
  averageGrade('chemistry', 'Chemistry', 'chemistry'),
  averageGrade('physics', 'Physics', 'physics'),
  averageGrade('computer-science', 'Computer science', 'computer science'),
  averageGrade('history', 'History', 'history'),
  averageGrade('geography', 'Geography', 'geography'),
  averageGrade('french', 'French'),
  averageGrade('spanish', 'Spanish'),
  averageGrade('german', 'German'),
]

/** Year 11: at a statutory drop by examination results, at a termly drop by the grades that teachers gave. */
export const keyStage4: readonly Measure[] = [
  ...englishAndMathematics,
  ...attainment8,
  ...progress8,
  ...averageGrades,
]
