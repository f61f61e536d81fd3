import { assessments, scales } from './assessments.ts'
import type { DemoPupil } from './demo-pupil.ts'
import { scaledScore } from './national.ts'

const limits = (value: number, low: number, high: number) => Math.min(high, Math.max(low, value))

/** A standing as it is written on a scale of scaled scores. */
export const scoreText = (pupil: DemoPupil, value: number): string => {
  const score = Math.round(scaledScore.mean + scaledScore.deviation * value)
  if (score < 80 && pupil.facts.some((fact) => fact.kind === 'sen-provision')) return 'B'
  return String(limits(score, 80, 120))
}

export const writingText = (value: number): string =>
  value >= 1.7 ? 'GDS' : value >= 0 ? 'EXS' : value >= -1.75 ? 'WTS' : 'PK'

export const gradeText = (subject: string, value: number): string => {
  if (subject !== 'combined-science') return value < 0.5 ? 'U' : String(limits(Math.round(value), 1, 9))
  const halves = limits(Math.round(value * 2), 1, 18)
  if (halves < 2) return 'U'
  return halves % 2 ? `${(halves + 1) / 2}-${(halves - 1) / 2}` : `${halves / 2}-${halves / 2}`
}

export interface Graded {
  readonly value: number | null
  readonly grade: string | null
  readonly status: string
  readonly expected: boolean | null
  readonly higher: boolean | null
}

const scaleOf = new Map(
  assessments.map((one) => [one.code, scales.find((scale) => scale.code === one.scale)!]),
)

/** What a raw text is worth on the scale of its assessment. */
export function graded(assessment: string, raw: string): Graded {
  const scale = scaleOf.get(assessment)!
  const grade = scale.grades.find((one) => one.code === raw)
  if (!grade) {
    const value = Number(raw)
    return {
      value,
      grade: null,
      status: 'result',
      expected: scale.expected === undefined ? null : value >= scale.expected,
      higher: scale.higher === undefined ? null : value >= scale.higher,
    }
  }
  const status = grade.status ?? 'result'
  if (status === 'result')
    return {
      value: grade.points ?? null,
      grade: raw,
      status,
      expected: grade.expected ?? false,
      higher: grade.higher ?? false,
    }
  return {
    value: null,
    grade: raw,
    status,
    expected: status === 'below test' ? false : null,
    higher: status === 'below test' ? false : null,
  }
}
