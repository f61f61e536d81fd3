import type { Measure } from '../domain/measure.ts'

/** What of a subject is looked at: its mean says more than the share at a standard. */
const rank = ({ rule }: Measure): number => {
  switch (rule.kind) {
    case 'sessions attended':
      return 0
    case 'mean':
      return 1
    case 'assessment mean':
      return 2
    case 'assessment share':
      return 3
    default:
      return 9
  }
}

export const mayBeLookedAt = (measure: Measure): boolean => rank(measure) < 9

/** Of each subject its mean, or else the share at what is expected; average grades beside them; and attendance. */
export function lookedAtMeasures(measures: readonly Measure[], filled: ReadonlySet<string>): Measure[] {
  const fit = measures
    .filter((measure) => filled.has(measure.id) && mayBeLookedAt(measure))
    .sort((one, other) => rank(one) - rank(other))
  const graded = new Set(fit.filter(({ unit }) => unit === 'grade').map(({ subject }) => subject))
  const seen = new Set<string>()
  return fit.filter((measure) => {
    const { subject, id, unit } = measure
    if (rank(measure) === 3 && graded.has(subject)) return false
    const key = unit === 'grade' ? id : (subject ?? id)
    if (seen.has(key)) return false
    seen.add(key)
    return true
  })
}
