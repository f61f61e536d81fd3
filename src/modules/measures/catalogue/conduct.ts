import { type Measure, version } from '../domain/measure.ts'

const guide = 'Department for Education, Suspensions and permanent exclusions in England: methodology'
const own =
  'The schools’ own records of behaviour and praise: what each counts as an event is its own, so schools compare with care'

const common = {
  direction: 'lower is better',
  phases: ['primary', 'secondary', 'special', 'all-through'],
  year: 'all',
  years: 'all',
  drops: 'any',
  headline: false,
  topic: 'behaviour',
} as const

const onRoll = 'Pupils on roll on the day of the drop, at schools that sent their'

/** Suspensions, exclusions, behaviour and praise, of the academic year up to the day of the drop. */
export const conduct: readonly Measure[] = [
  {
    ...common,
    id: 'suspension-rate',
    name: 'Suspensions per 100 pupils',
    shortName: 'Suspensions',
    population: `${onRoll} suspensions and exclusions`,
    rule: { kind: 'events', fact: 'exclusion', of: 'suspensions' },
    unit: 'per 100 pupils',
    places: 1,
    domain: [0, 40],
    interval: 'ratio',
    versions: [
      version(
        2006,
        'Suspensions (also those of lunchtimes) for each 100 pupils. DfE’s rate is of a whole year; at a drop it is of the year so far.',
        guide,
      ),
    ],
  },
  {
    ...common,
    id: 'suspended-once',
    name: 'Pupils suspended at least once',
    shortName: 'Suspended once or more',
    population: `${onRoll} suspensions and exclusions`,
    rule: { kind: 'suspended' },
    unit: 'percent',
    places: 1,
    domain: [0, 20],
    interval: 'wilson',
    versions: [
      version(
        2006,
        'Pupils with one suspension or more this academic year, as a percentage of pupils.',
        guide,
      ),
    ],
  },
  {
    ...common,
    id: 'permanent-exclusion-rate',
    name: 'Permanent exclusions per 100 pupils',
    shortName: 'Permanent exclusions',
    population: `${onRoll} suspensions and exclusions`,
    rule: { kind: 'events', fact: 'exclusion', of: 'permanent' },
    unit: 'per 100 pupils',
    places: 2,
    domain: [0, 2],
    interval: 'ratio',
    versions: [version(2006, 'Permanent exclusions for each 100 pupils, of the year so far.', guide)],
  },
  {
    ...common,
    id: 'behaviour-per-pupil',
    name: 'Behaviour events per pupil',
    shortName: 'Behaviour',
    population: `${onRoll} records of behaviour`,
    rule: { kind: 'events', fact: 'behaviour', of: 'behaviour' },
    unit: 'per pupil',
    places: 1,
    domain: [0, 20],
    interval: 'ratio',
    versions: [
      version(2000, 'Events of behaviour that were recorded this academic year, for each pupil.', own),
    ],
  },
  {
    ...common,
    id: 'praise-per-pupil',
    name: 'Praise per pupil',
    shortName: 'Praise',
    population: `${onRoll} records of praise`,
    rule: { kind: 'events', fact: 'behaviour', of: 'praise' },
    unit: 'per pupil',
    direction: 'higher is better',
    places: 1,
    domain: [0, 40],
    interval: 'ratio',
    versions: [version(2000, 'Events of praise that were recorded this academic year, for each pupil.', own)],
  },
  {
    ...common,
    id: 'mobility',
    name: 'Joined the school during the year',
    shortName: 'Joined this year',
    population: 'Pupils on roll on the day of the drop',
    rule: { kind: 'joined this year' },
    unit: 'percent',
    places: 1,
    domain: [0, 30],
    interval: 'wilson',
    topic: 'roll',
    versions: [
      version(
        2000,
        'Pupils who went on roll after 30 September of the academic year, as a percentage of pupils on roll. Neither good nor bad: it says how settled the cohort is.',
        'The school’s own roll, by the day on which a pupil came on it',
      ),
    ],
  },
]
