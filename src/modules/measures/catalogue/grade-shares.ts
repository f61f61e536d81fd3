import { type Measure, version } from '../domain/measure.ts'

/** The grades at which shares are figures of their own; the page of grades has them all. */
export const thresholds = [4, 5, 7] as const

/** Grade 4, 5 or 7 or above in a subject graded 9 to 1. */
export const gradeShares = (code: string, inSentence: string): Measure[] =>
  thresholds.map((grade) => ({
    id: `grade-${grade}-or-above-${code}`,
    name: `Grade ${grade} or above in ${inSentence}`,
    shortName: `Grade ${grade} or above`,
    population: `Pupils of Years 10 and 11 on roll on the day of the drop who are entered for ${inSentence}`,
    rule: { kind: 'grade at least', subject: code, grade },
    unit: 'percent',
    direction: 'higher is better',
    places: 0,
    domain: [0, 100],
    interval: 'wilson',
    phases: ['secondary', 'all-through', 'special'],
    year: '11',
    years: ['10', '11'],
    drops: 'any',
    headline: false,
    topic: 'grades',
    subject: code,
    versions: [
      version(
        2016,
        `Of the pupils with a grade in ${inSentence}, those with ${grade} or above. At a termly drop the grade is the one the school gives now.`,
        'Ofqual, grades 9 to 1; the trust’s own current grades at termly drops',
      ),
    ],
  }))
