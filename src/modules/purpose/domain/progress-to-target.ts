import type { Day } from '../../../kernel/days.ts'
import type { Figure } from '../../../kernel/figure.ts'

/** How a figure stands to its target. Inside the interval nobody can tell, and we say so. */
export type TargetStanding = 'met' | 'not yet' | 'missed' | 'can’t tell' | 'no figure' | 'withdrawn'

export function standingToTarget(
  figure: Pick<Figure, 'kind' | 'value' | 'low' | 'high'> | undefined,
  target: { readonly value: number; readonly by: Day; readonly lowerIsBetter?: boolean },
  today: Day,
): TargetStanding {
  if (figure === undefined || figure.kind !== 'value' || figure.value === undefined) return 'no figure'
  const sign = target.lowerIsBetter ? -1 : 1
  if (sign * (figure.value - target.value) >= 0) return 'met'
  if (today <= target.by) return 'not yet'
  const best = target.lowerIsBetter ? figure.low : figure.high
  return best !== undefined && sign * (best - target.value) >= 0 ? 'can’t tell' : 'missed'
}
