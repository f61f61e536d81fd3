import { type Measure, version } from '../domain/measure.ts'
import { gradeShares } from './grade-shares.ts'
import { averageGrade, keyStage4 } from './key-stage-4.ts'

/** What measures need to know of a trust's own assessment: the shape that evidence gives. */
export interface AssessmentKnown {
  readonly code: string
  readonly name: string
  readonly kind: 'termly' | 'statutory'
  readonly subject: { readonly code: string; readonly name: string }
  readonly scale: {
    readonly kind: 'number' | 'grade'
    readonly low: number | null
    readonly high: number | null
    readonly step: number | null
    readonly expected: number | null
    readonly grades: readonly {
      readonly code: string
      readonly expected: boolean
      readonly points: number | null
    }[]
  }
}

const placesOf = (step: number | null) => (step === null || step < 0.1 ? 2 : 1)

const common = {
  direction: 'higher is better',
  phases: ['primary', 'secondary', 'special', 'all-through'],
  year: 'all',
  years: 'all',
  drops: 'any',
  headline: false,
  topic: 'assessments',
} as const

const source = 'The trust’s own assessment, on its scale in force at the drop'

/** "Average X" of every assessment on a scale of numbers. */
const average = (assessment: AssessmentKnown): Measure => ({
  ...common,
  id: `average-${assessment.code}`,
  name: `Average ${assessment.name}`,
  shortName: assessment.name,
  population: `Pupils on roll on the day of the drop, in year groups that were assessed in ${assessment.name}`,
  rule: { kind: 'assessment mean', assessment: assessment.code },
  unit: 'points',
  places: placesOf(assessment.scale.step),
  domain: [assessment.scale.low ?? 0, assessment.scale.high ?? 100],
  interval: 't',
  subject: assessment.subject.code,
  versions: [version(2000, `The mean of ${assessment.name} over the pupils who have a result.`, source)],
})

/** "At the expected standard" of every assessment whose scale says what is expected. */
const share = (assessment: AssessmentKnown): Measure => ({
  ...common,
  id: `expected-${assessment.code}`,
  name: `At or above expectation, ${assessment.name}`,
  shortName: assessment.name,
  population: `Pupils on roll on the day of the drop, in year groups that were assessed in ${assessment.name}`,
  rule: { kind: 'assessment share', assessment: assessment.code },
  unit: 'percent',
  places: 0,
  domain: [0, 100],
  interval: 'wilson',
  subject: assessment.subject.code,
  versions: [
    version(
      2000,
      `Of the pupils with a result in ${assessment.name}, those at or above what its scale calls expected.`,
      source,
    ),
  ],
})

/** Names of languages keep their capital within a sentence. */
const properName = /^(English|French|Spanish|German|Latin|Welsh|Italian|Mandarin|Urdu)\b/

const declared = new Set(keyStage4.map((measure) => measure.id))

/** Average grade in a subject graded 9 to 1, once a subject, where the catalogue does not declare it. */
const otherGrades = (assessments: readonly AssessmentKnown[]): Measure[] => {
  const nineToOne = assessments.filter(({ scale }) =>
    ['9', '1'].every((code) =>
      scale.grades.some((grade) => grade.code === code && grade.points === Number(code)),
    ),
  )
  const subjects = new Map(nineToOne.map(({ subject }) => [subject.code, subject.name]))
  return [...subjects]
    .flatMap(([code, name]) => {
      const inSentence = properName.test(name)
        ? name
        : name.replace(/^\p{Lu}(?=\p{Ll})/u, (first) => first.toLowerCase())
      return [averageGrade(code, name, inSentence), ...gradeShares(code, inSentence)]
    })
    .filter((measure) => !declared.has(measure.id))
}

/** The measures that follow from a trust's own assessments: no measure needs declaring for a new test. */
export const measuresOfAssessments = (assessments: readonly AssessmentKnown[]): Measure[] => [
  ...otherGrades(assessments),
  ...assessments.flatMap((assessment) => [
    ...(assessment.scale.kind === 'number' ? [average(assessment)] : []),
    ...(assessment.scale.expected !== null || assessment.scale.grades.some((grade) => grade.expected)
      ? [share(assessment)]
      : []),
  ]),
]
