import { decimal } from '../../../../kernel/numbers.ts'
import type { StripProps } from '../../../../ui/index.ts'
import type { LookFinding } from './query.ts'
import { inUnit } from './words.ts'

/** The measure's own scale, or as far beyond it as the pupils of this picture lie, in tens of its length. */
function reachOf([low, high]: readonly [number, number], values: readonly number[]): [number, number] {
  const step = (high - low) / 10
  const least = values.reduce((one, other) => Math.min(one, other), low)
  const most = values.reduce((one, other) => Math.max(one, other), high)
  return [low - step * Math.ceil((low - least) / step), high + step * Math.ceil((most - high) / step)]
}

/** A finding's picture: its pupils where the viewer may see them, their mean, and where that of similar pupils would lie. */
export function stripOf({ measure, mean, gap, low, high, values, standing }: LookFinding): StripProps {
  const show = (value: number) => inUnit(measure, value)
  const ticks = measure.unit !== 'percent' || measure.rule.kind === 'sessions attended'
  const pupils = ticks ? values : []
  return {
    pupils,
    domain: reachOf(measure.domain, [...pupils, show(mean), show(mean - high), show(mean - low)]),
    range: [show(mean - high), show(mean - low)],
    mean: show(mean),
    below: standing === 'below',
    label: `The mean is ${decimal(show(mean), 1)}; for similar pupils ${decimal(show(mean - gap), 1)} would be usual.`,
  }
}
