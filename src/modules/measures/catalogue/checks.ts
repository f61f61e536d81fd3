import { type Measure, version } from '../domain/measure.ts'

const common = {
  unit: 'percent',
  direction: 'higher is better',
  places: 0,
  domain: [0, 100],
  interval: 'wilson',
  phases: ['primary', 'all-through', 'special'],
  drops: 'statutory',
  headline: false,
  topic: 'early years and checks',
} as const

/** What is measured before key stage 2: the early years profile, phonics in Year 1, multiplication tables in Year 4. */
export const checks: readonly Measure[] = [
  {
    ...common,
    id: 'good-level-of-development',
    name: 'Good level of development at the end of Reception',
    shortName: 'Good level of development',
    population: 'Children at the end of Reception, also those without a profile',
    rule: { kind: 'share', subjects: ['early-years'], standard: 'expected', among: 'everyone' },
    year: 'R',
    years: ['R'],
    subject: 'early-years',
    versions: [
      version(
        2012,
        'Of all children at the end of Reception, those at least at the expected level in the goals of the prime areas, literacy and mathematics, as the profile then had them.',
        'Department for Education, Early years foundation stage profile results: methodology',
        { to: 2020 },
      ),
      version(
        2021,
        'Of all children at the end of Reception, those at the expected level in the 12 early learning goals of communication and language, personal, social and emotional development, physical development, literacy and mathematics. A child without a profile counts as not there.',
        'Department for Education, Early years foundation stage profile results: methodology (reformed profile, from 2021/22)',
      ),
    ],
  },
  {
    ...common,
    id: 'phonics-year-1',
    name: 'Met the expected standard in phonics in Year 1',
    shortName: 'Phonics, Year 1',
    population: 'All pupils of Year 1, also those who were absent or did not take the check',
    rule: { kind: 'share', subjects: ['phonics'], standard: 'expected', among: 'everyone' },
    year: '1',
    years: ['1'],
    subject: 'phonics',
    versions: [
      version(
        2011,
        'Of all pupils of Year 1, those with at least 32 of 40 words in the phonics screening check. Pupils without a mark count as not having met it.',
        'Department for Education, Phonics screening check attainment: methodology',
      ),
    ],
  },
  {
    ...common,
    id: 'phonics-year-2-again',
    name: 'Met the expected standard in phonics when checked again in Year 2',
    shortName: 'Phonics again, Year 2',
    population: 'Pupils of Year 2 who took the check again, as they had not met the standard in Year 1',
    rule: { kind: 'share', subjects: ['phonics'], standard: 'expected', among: 'with a result' },
    year: '2',
    years: ['2'],
    subject: 'phonics',
    versions: [
      version(
        2012,
        'Of the pupils of Year 2 who took the phonics screening check again, those with at least 32 of 40 words. Who met the standard in Year 1 is not among them, so it is not the share of all pupils by the end of Year 2.',
        'Department for Education, Phonics screening check attainment: methodology',
      ),
    ],
  },
  {
    ...common,
    id: 'multiplication-average',
    name: 'Average score in the multiplication tables check',
    shortName: 'Multiplication check',
    population: 'Pupils of Year 4 who took the check',
    rule: { kind: 'mean', subject: 'multiplication', population: 'year group' },
    unit: 'points',
    places: 1,
    domain: [0, 25],
    interval: 't',
    year: '4',
    years: ['4'],
    subject: 'multiplication',
    versions: [
      version(
        2018,
        'The mean score, of 25, of the pupils of Year 4 who took the check.',
        'Department for Education, Multiplication tables check attainment: methodology',
      ),
    ],
  },
  {
    ...common,
    id: 'multiplication-full-marks',
    name: 'Full marks in the multiplication tables check',
    shortName: 'Multiplication, full marks',
    population: 'Pupils of Year 4 who took the check',
    rule: { kind: 'share', subjects: ['multiplication'], standard: 'higher', among: 'with a result' },
    year: '4',
    years: ['4'],
    subject: 'multiplication',
    versions: [
      version(
        2018,
        'Of the pupils of Year 4 who took the check, those with 25 of 25.',
        'Department for Education, Multiplication tables check attainment: methodology',
      ),
    ],
  },
]
