import { type Measure, version } from '../domain/measure.ts'

const guide = 'Department for Education, primary school accountability technical guide'
const everyone =
  'All pupils at the end of key stage 2, also those who were absent or below the level of the tests'

const common = {
  unit: 'percent',
  direction: 'higher is better',
  places: 0,
  domain: [0, 100],
  interval: 'wilson',
  phases: ['primary', 'all-through', 'special'],
  year: '6',
  years: ['6'],
  drops: 'statutory',
  topic: 'key stage 2',
  population: everyone,
} as const

const subjects = [
  { code: 'reading', name: 'Reading', inSentence: 'reading', test: true },
  { code: 'writing', name: 'Writing', inSentence: 'writing', test: false },
  { code: 'mathematics', name: 'Maths', inSentence: 'mathematics', test: true },
  { code: 'gps', name: 'Grammar', inSentence: 'grammar, punctuation and spelling', test: true },
] as const

const expectedRule = (test: boolean) =>
  test ? 'a scaled score of 100 or more' : 'a teacher assessment of EXS or GDS'
const higherRule = (test: boolean) => (test ? 'a scaled score of 110 or more' : 'a teacher assessment of GDS')

const shares = subjects.flatMap((subject): Measure[] =>
  (['expected', 'higher'] as const).map((standard) => ({
    ...common,
    id: `ks2-${subject.code}-${standard}`,
    name: `Key stage 2: ${standard} standard in ${subject.inSentence}`,
    shortName: standard === 'expected' ? subject.name : `${subject.name}, higher`,
    rule: { kind: 'share', subjects: [subject.code], standard, among: 'everyone' },
    headline: false,
    subject: subject.code,
    versions: [
      version(
        2015,
        `Of all pupils at the end of key stage 2, those with ${standard === 'expected' ? expectedRule(subject.test) : higherRule(subject.test)} in ${subject.inSentence}. Pupils without a result count as not having met it.`,
        guide,
      ),
    ],
  })),
)

const inAllThree = (['expected', 'higher'] as const).map(
  (standard): Measure => ({
    ...common,
    id: `ks2-rwm-${standard}`,
    name: `Key stage 2: ${standard} standard in reading, writing and mathematics`,
    shortName: standard === 'expected' ? 'All three' : 'All three, higher',
    rule: { kind: 'share', subjects: ['reading', 'writing', 'mathematics'], standard, among: 'everyone' },
    headline: standard === 'expected',
    versions: [
      version(
        2015,
        standard === 'expected'
          ? 'Of all pupils at the end of key stage 2, those with a scaled score of 100 or more in reading and in mathematics, and a teacher assessment of EXS or GDS in writing. Worked out pupil by pupil.'
          : 'Of all pupils at the end of key stage 2, those with a scaled score of 110 or more in reading and in mathematics, and a teacher assessment of GDS in writing. Worked out pupil by pupil.',
        guide,
      ),
    ],
  }),
)

const averages = subjects
  .filter((subject) => subject.test)
  .map(
    (subject): Measure => ({
      ...common,
      id: `ks2-${subject.code}-average`,
      name: `Key stage 2: average scaled score in ${subject.inSentence}`,
      shortName: `${subject.name} score`,
      population: 'Pupils at the end of key stage 2 who have a scaled score',
      rule: { kind: 'mean', subject: subject.code, population: 'year group' },
      unit: 'scaled score',
      places: 1,
      domain: [90, 115],
      interval: 't',
      headline: false,
      subject: subject.code,
      versions: [
        version(
          2015,
          `The mean scaled score (80 to 120) in ${subject.inSentence} of the pupils who have one.`,
          guide,
        ),
      ],
    }),
  )

/** The statutory tests and teacher assessment at the end of Year 6. */
export const keyStage2: readonly Measure[] = [...inAllThree, ...shares, ...averages]
