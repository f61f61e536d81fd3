import { chanceBeyond } from '../../domain/distributions/normal.ts'

/** One comparison that could be a finding: a school's or group's figure against the line it is held to. */
export interface Candidate<T> {
  readonly about: T
  readonly value: number
  readonly low: number
  readonly high: number
  /** Pupils whom the figure is about. */
  readonly pupils: number
  /** National or trust figure, in the same unit. */
  readonly line: number
  /** What one pupil can differ by at most, in the same unit: 100 for a share. */
  readonly spread: number
  readonly direction: 'higher' | 'lower'
}

export interface Found<T> extends Candidate<T> {
  readonly standing: 'below' | 'better'
  /** Pupils that the distance from the line amounts to, for the order of the list. */
  readonly concerned: number
}

export interface Look<T> {
  readonly found: readonly Found<T>[]
  readonly looked: number
}

/**
 * How surprising the figure is if the line were the truth: the side of its 95% interval that faces the line, taken
 * as 1.96 standard errors. Intervals need not be symmetrical (Wilson's are not), so the facing side is the one to use.
 */
export function chanceOf(candidate: Pick<Candidate<unknown>, 'value' | 'low' | 'high' | 'line'>): number {
  const { value, low, high, line } = candidate
  if (value === line) return 1
  const reach = line > value ? high - value : value - low
  if (reach <= 0) return 0
  return chanceBeyond((1.96 * (line - value)) / reach)
}

/** Which of these chances survive Benjamini and Hochberg's step-up rule (1995) at `rate`. */
export function survivors(chances: readonly number[], rate = 0.1): boolean[] {
  const order = chances.map((chance, index) => ({ chance, index })).sort((a, b) => a.chance - b.chance)
  let last = -1
  order.forEach(({ chance }, place) => {
    if (chance <= (rate * (place + 1)) / chances.length) last = place
  })
  const kept = chances.map(() => false)
  for (const { index } of order.slice(0, last + 1)) kept[index] = true
  return kept
}

/**
 * Where to look first: figures whose whole 95% interval lies on one side of the line and that still stand out once
 * it is allowed for how many were looked at. Most pupils concerned first, good news by the same rule.
 */
export function whereToLook<T>(candidates: readonly Candidate<T>[]): Look<T> {
  const kept = survivors(candidates.map(chanceOf))
  const found = candidates.flatMap((candidate, index): Found<T>[] => {
    const under = candidate.high < candidate.line
    const over = candidate.low > candidate.line
    if (!kept[index] || (!under && !over)) return []
    const standing = under === (candidate.direction === 'higher') ? 'below' : 'better'
    const concerned = (Math.abs(candidate.value - candidate.line) / candidate.spread) * candidate.pupils
    return [{ ...candidate, standing, concerned }]
  })
  found.sort((a, b) => b.concerned - a.concerned)
  return { found, looked: candidates.length }
}
