import { signed } from '../../kernel/numbers.ts'
import type { Shown } from '../shown.ts'
import { colourOf, ink } from './ink.ts'
import { across, clamp, ticksOf } from './scale.ts'
import { dot, path, px, text } from './svg.ts'

type Domain = readonly [number, number]

/** A gap between two groups: dot and interval about a black line of no gap; left of it is behind. */
export function gapMarks(shown: Shown, domain: Domain, width: number, height = 30): string {
  const x = across(domain, width)
  const middle = height / 2
  const { value, low, high } = shown
  const colour = colourOf(shown.status)
  let marks = path(`M${px(x(0))},0V${height}`, ink.ink)
  if (value === undefined) return marks
  if (low !== undefined && high !== undefined)
    marks += path(
      `M${px(x(clamp(low, domain)))},${middle}H${px(x(clamp(high, domain)))}`,
      colour,
      'stroke-width="2"',
    )
  return marks + dot(x(clamp(value, domain)), middle, 4.5, colour)
}

/** `−40`, `−20`, `no gap`, `+20`: the scale over a column of gaps. */
export function gapHeadMarks(domain: Domain, width: number, level = 'no gap'): string {
  const x = across(domain, width)
  const ticks = ticksOf(domain, 4).filter((tick) => x(tick) > 12 && x(tick) < width - 12)
  const places = Math.max(0, ...ticks.map((tick) => (String(tick).split('.')[1] ?? '').length))
  return ticks
    .map((tick) => {
      const said = tick === 0 ? level : signed(tick, places)
      return text(said, x(tick), 13, { fill: ink.quiet, size: 11.5, anchor: 'middle' })
    })
    .join('')
}
