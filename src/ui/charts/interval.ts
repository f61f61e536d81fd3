import { decimal } from '../../kernel/numbers.ts'
import type { Axis, Shown } from '../shown.ts'
import { colourOf, ink, widthOf } from './ink.ts'
import { across, apart, clamp, ticksOf, tickWords } from './scale.ts'
import { dot, moved, path, px, svg, text } from './svg.ts'

/** Where the national and the trust line stand, in pixels; undefined where there is none or it lies off the scale. */
function linesAt(axis: Axis, width: number): { national?: number; trust?: number } {
  const x = across(axis.domain, width)
  const inside = (value: number | undefined) =>
    value !== undefined && value >= axis.domain[0] && value <= axis.domain[1] ? x(value) : undefined
  const national = inside(axis.national)
  const trust = inside(axis.trust)
  if (national === undefined || trust === undefined) return { national, trust }
  const [first, second] = apart(national, trust)
  return { national: first, trust: second }
}

const lines = (axis: Axis, width: number, top: number, bottom: number, trustTop = top): string => {
  const { national, trust } = linesAt(axis, width)
  return (
    (national === undefined
      ? ''
      : path(`M${px(national)},${top}V${bottom}`, ink.national, 'stroke-dasharray="3,3"')) +
    (trust === undefined ? '' : path(`M${px(trust)},${trustTop}V${bottom}`, ink.trust))
  )
}

/** One value with its interval, and the two lines that run unbroken down a column. Off the scale it is an arrow at the edge. */
export function intervalMarks(shown: Shown, axis: Axis, width: number, height: number, base = false): string {
  const x = across(axis.domain, width)
  const [start, end] = axis.domain
  const middle = height / 2
  const colour = colourOf(shown.status)
  const { value, low, high } = shown
  let marks = ''
  if (base) {
    marks += path(`M${px(x(start))},${middle}H${px(x(end))}`, ink.rule)
    marks += path(`M${px(x(start))},${middle - 4}v8M${px(x(end))},${middle - 4}v8`, ink.tick)
  }
  marks += lines(axis, width, 0, height)
  if (low !== undefined && high !== undefined && high >= start && low <= end)
    marks += path(
      `M${px(x(clamp(low, axis.domain)))},${middle}H${px(x(clamp(high, axis.domain)))}`,
      colour,
      'stroke-width="2"',
    )
  if (value === undefined) return marks
  if (value >= start && value <= end) return marks + dot(x(value), middle, 4.5, colour)
  const edge = value < start ? `M0,${middle}l7,-4.5v9z` : `M${width},${middle}l-7,-4.5v9z`
  return `${marks}<path d="${edge}" fill="${colour}" stroke="${ink.paper}"/>`
}

export const headHeight = 46

/** On which side of its line a label stands: away from the other line, unless there is no room. */
function side(
  at: number,
  said: string,
  other: number | undefined,
  width: number,
  left: boolean,
): 'start' | 'end' {
  const away =
    other === undefined
      ? left
        ? 'end'
        : 'start'
      : at < other
        ? 'end'
        : at > other
          ? 'start'
          : left
            ? 'end'
            : 'start'
  const room = widthOf(said) + 4
  if (away === 'end' && at - room < -6) return 'start'
  if (away === 'start' && at + room > width + (width < 250 ? 34 : 8)) return 'end'
  return away
}

/**
 * The head of a column: ticks of the scale, then the names of the two lines on the lines. Each name has its own row,
 * national above trust, so that they can neither collide nor change places when the lines nearly meet.
 */
export function intervalHeadMarks(axis: Axis, width: number): string {
  const x = across(axis.domain, width)
  const ticks = axis.ticks ?? ticksOf(axis.domain, width < 160 ? 4 : 6)
  const tickSaid = tickWords(ticks, axis.unit === '%' && width > 250 ? '%' : '')
  const { national, trust } = linesAt(axis, width)
  let marks = ticks
    .map((tick, at) =>
      text(tickSaid[at] ?? '', x(tick), 10, { fill: ink.quiet, size: 11.5, anchor: 'middle' }),
    )
    .join('')
  marks += lines(axis, width, 17, headHeight, 31)
  if (national !== undefined) {
    const said = `${axis.nationalName ?? 'national'} ${decimal(axis.national ?? 0, axis.places)}`
    const anchor = side(national, said, trust, width, true)
    marks += text(said, national + (anchor === 'end' ? -4 : 4), 25, {
      fill: ink.national,
      anchor,
      halo: true,
    })
  }
  if (trust !== undefined) {
    const said = `${axis.trustName ?? 'trust'} ${decimal(axis.trust ?? 0, axis.places)}`
    const anchor = side(trust, said, national, width, false)
    marks += text(said, trust + (anchor === 'end' ? -4 : 4), 40, {
      fill: ink.trust,
      anchor,
      bold: true,
      halo: true,
    })
  }
  return marks
}

export const intervalHead = (axis: Axis, width: number): string =>
  svg(width, headHeight, intervalHeadMarks(axis, width))

/** A value on its scale. With `head`, its scale and the names of its lines stand above it. */
export const intervalChart = (
  shown: Shown,
  axis: Axis,
  { width = 136, height = 28, base = false, head = false } = {},
): string =>
  head
    ? svg(
        width,
        height + headHeight,
        intervalHeadMarks(axis, width) +
          moved(0, headHeight, intervalMarks(shown, axis, width, height, base)),
      )
    : svg(width, height, intervalMarks(shown, axis, width, height, base))
