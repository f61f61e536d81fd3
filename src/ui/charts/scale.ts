import { scaleLinear } from 'd3-scale'
import { decimal } from '../../kernel/numbers.ts'

export type Scale = (value: number) => number

/** From a measure's unit to pixels, with the chart's margin of four at both ends. */
export const across = ([start, end]: readonly [number, number], width: number, margin = 4): Scale => {
  const each = (width - 2 * margin) / (end - start)
  return (value) => margin + (value - start) * each
}

export const clamp = (value: number, [least, most]: readonly [number, number]): number =>
  Math.min(Math.max(value, least), most)

/** Round numbers inside the domain; `many` is about how many fit. */
export const ticksOf = (domain: readonly [number, number], many = 4): readonly number[] =>
  scaleLinear([domain[0], domain[1]], [0, 1]).ticks(many)

/** As many places as the ticks need, with a true minus. */
export const tickWords = (ticks: readonly number[], unit = ''): readonly string[] => {
  const places = Math.max(0, ...ticks.map((tick) => (String(tick).split('.')[1] ?? '').length))
  return ticks.map((tick) => decimal(tick, places) + unit)
}

/**
 * One scale for a set of panels: the ends of all the numbers, widened to round ones, and by no less than `least`, so that
 * a change of a point never looks like a cliff.
 */
export function fitDomain(values: readonly (number | undefined)[], least = 10): [number, number] {
  const known = values.filter((value): value is number => value !== undefined && Number.isFinite(value))
  if (known.length === 0) return [0, 100]
  let low = Math.min(...known)
  let high = Math.max(...known)
  if (high - low < least) {
    const middle = (low + high) / 2
    low = middle - least / 2
    high = middle + least / 2
  }
  const [start, end] = scaleLinear([low, high], [0, 1]).nice(5).domain()
  return [start ?? low, end ?? high]
}

/** A scale about zero for gaps: the same distance at both sides when both are used, round ends. */
export function gapDomain(values: readonly (number | undefined)[], least = 20): [number, number] {
  const known = values.filter((value): value is number => value !== undefined && Number.isFinite(value))
  const most = Math.max(least, ...known.map(Math.abs))
  const [start, end] = scaleLinear([-most, most], [0, 1]).nice(6).domain()
  return [start ?? -most, end ?? most]
}

/** Two lines that would run into one another are drawn three pixels apart about their middle, in their order. */
export function apart(first: number, second: number, least = 3): [number, number] {
  if (Math.abs(first - second) >= least) return [first, second]
  const middle = (first + second) / 2
  return first <= second ? [middle - least / 2, middle + least / 2] : [middle + least / 2, middle - least / 2]
}

/** Moves labels down a page's height until none is nearer than `least` to the one above; keeps their order. */
export function spread(places: readonly number[], least: number, top: number, bottom: number): number[] {
  const order = places.map((_, at) => at).sort((a, b) => places[a]! - places[b]!)
  const out = [...places]
  let floor = top
  for (const at of order) {
    out[at] = Math.max(places[at]!, floor)
    floor = out[at]! + least
  }
  let ceiling = bottom
  for (const at of order.reverse()) {
    out[at] = Math.min(out[at]!, ceiling)
    ceiling = out[at]! - least
  }
  return out
}
