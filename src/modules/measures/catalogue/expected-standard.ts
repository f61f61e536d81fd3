import { type Measure, version } from '../domain/measure.ts'

const subjects = [
  { code: 'reading', name: 'Reading', inSentence: 'reading' },
  { code: 'writing', name: 'Writing', inSentence: 'writing' },
  { code: 'mathematics', name: 'Maths', inSentence: 'mathematics' },
] as const

const common = {
  unit: 'percent',
  direction: 'higher is better',
  places: 0,
  domain: [0, 100],
  interval: 'wilson',
  phases: ['primary', 'all-through', 'special'],
  year: 'all',
  years: 'all',
  drops: 'termly',
  topic: 'expected standard',
} as const

const source = 'The trust’s own termly assessments, by the assessment’s scale in force at the drop'

/** At or above the expected standard at a termly drop, by subject and in all three. */
export const expectedStandard: readonly Measure[] = [
  ...subjects.map(
    (subject): Measure => ({
      ...common,
      id: `${subject.code}-expected`,
      name: `At or above the expected standard in ${subject.inSentence}`,
      shortName: subject.name,
      population: `Pupils on roll on the day of the drop, in year groups that were assessed in ${subject.inSentence}`,
      rule: { kind: 'share', subjects: [subject.code], standard: 'expected', among: 'with a result' },
      headline: true,
      subject: subject.code,
      versions: [
        version(
          2014,
          `Of the pupils with a result in ${subject.inSentence}, those whose result is at or above the expected standard of its scale. A pupil below the level of the test counts as not at the standard; a pupil who was absent or did not take it is shown as missing.`,
          source,
        ),
      ],
    }),
  ),
  {
    ...common,
    id: 'rwm-expected',
    name: 'At or above the expected standard in reading, writing and mathematics',
    shortName: 'All three',
    population:
      'Pupils on roll on the day of the drop, in year groups that were assessed in all three subjects',
    rule: {
      kind: 'share',
      subjects: ['reading', 'writing', 'mathematics'],
      standard: 'expected',
      among: 'with a result',
    },
    headline: true,
    versions: [
      version(
        2014,
        'Of the pupils with a result in each of reading, writing and mathematics, those at or above the expected standard in all three. Worked out pupil by pupil; it cannot be derived from the three percentages.',
        source,
      ),
    ],
  },
]
