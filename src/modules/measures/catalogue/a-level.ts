import { type Measure, version } from '../domain/measure.ts'

/** Points of an A level grade in DfE’s 16 to 18 measures, from 2015/16 on. */
export const aLevelPoints: Readonly<Record<string, number>> = {
  'A*': 60,
  A: 50,
  B: 40,
  C: 30,
  D: 20,
  E: 10,
  U: 0,
}

export const aLevel: readonly Measure[] = [
  {
    id: 'a-level-average-points',
    name: 'A level: average points per entry',
    shortName: 'A level points',
    population: 'Pupils of Year 13 with an A level grade; an entry without a grade is shown as missing',
    rule: { kind: 'a level points' },
    unit: 'points',
    direction: 'higher is better',
    places: 1,
    domain: [0, 60],
    interval: 'ratio',
    phases: ['secondary', 'all-through', 'special'],
    year: '13',
    years: ['12', '13'],
    drops: 'any',
    headline: false,
    topic: 'sixth form',
    versions: [
      version(
        2015,
        'The points of all A level entries (A* 60, A 50, B 40, C 30, D 20, E 10, U 0), divided by the number of entries.',
        'Department for Education, 16 to 18 accountability measures: technical guide',
      ),
    ],
  },
]
