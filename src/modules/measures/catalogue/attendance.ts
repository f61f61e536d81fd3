import { type Measure, version } from '../domain/measure.ts'

const guide =
  'Department for Education, pupil attendance and absence: methodology; register codes in force from 19 August 2024'

const common = {
  unit: 'percent',
  places: 1,
  phases: ['primary', 'secondary', 'special', 'all-through'],
  year: 'all',
  years: 'all',
  drops: 'any',
  topic: 'attendance',
  population:
    'Pupils on roll on the day of the drop; counted when they had a possible session this academic year',
} as const

/** From the registers, for the academic year up to the day of the drop. */
export const attendance: readonly Measure[] = [
  {
    ...common,
    id: 'attendance',
    name: 'Attendance',
    shortName: 'Attendance',
    rule: { kind: 'sessions attended' },
    direction: 'higher is better',
    domain: [80, 100],
    interval: 'ratio',
    headline: true,
    versions: [
      version(
        2006,
        'Sessions attended as a percentage of possible sessions, this academic year up to the day of the drop. Sessions coded as not possible are left out of both.',
        guide,
      ),
    ],
  },
  {
    ...common,
    id: 'persistent-absence',
    name: 'Persistently absent',
    shortName: 'Persistent absence',
    rule: { kind: 'absent at least', share: 0.1 },
    direction: 'lower is better',
    domain: [0, 60],
    interval: 'wilson',
    headline: true,
    versions: [
      version(
        2015,
        'Pupils who missed 10% or more of their own possible sessions, compared exactly, as a percentage of pupils.',
        guide,
      ),
    ],
  },
  {
    ...common,
    id: 'severe-absence',
    name: 'Severely absent',
    shortName: 'Severe absence',
    rule: { kind: 'absent at least', share: 0.5 },
    direction: 'lower is better',
    domain: [0, 20],
    interval: 'wilson',
    headline: false,
    versions: [
      version(
        2015,
        'Pupils who missed 50% or more of their own possible sessions, compared exactly, as a percentage of pupils.',
        guide,
      ),
    ],
  },
]
