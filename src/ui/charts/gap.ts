import { signed } from '../../kernel/numbers.ts'
import type { Shown } from '../shown.ts'
import { colourOf, ink, widthOf } from './ink.ts'
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
  const ticks = ticksOf(domain, 4)
  const places = Math.max(0, ...ticks.map((tick) => (String(tick).split('.')[1] ?? '').length))
  const taken: (readonly [number, number])[] = []
  return ticks
    .toSorted((one, other) => Number(other === 0) - Number(one === 0) || Math.abs(other) - Math.abs(one))
    .map((tick) => {
      const said = tick === 0 ? level : signed(tick, places)
      const half = widthOf(said, 11.5) / 2
      const [from, to] = [x(tick) - half, x(tick) + half]
      if (from < -8 || to > width + 8 || taken.some(([start, end]) => from < end + 8 && to > start - 8))
        return ''
      taken.push([from, to])
      return text(said, x(tick), 13, { fill: ink.quiet, size: 11.5, anchor: 'middle' })
    })
    .join('')
}
