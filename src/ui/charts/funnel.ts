import { decimal, whole } from '../../kernel/numbers.ts'
import { colourOf, ink, widthOf } from './ink.ts'
import { ticksOf, tickWords } from './scale.ts'
import { dot, path, px, svg, text } from './svg.ts'

export interface FunnelDot {
  readonly name: string
  readonly size: number
  readonly value: number
  readonly status?: 'below' | 'better' | 'expected'
  /** Still stands out once it is allowed for how many were looked at: drawn with a ring. */
  readonly ringed?: boolean
}

export interface FunnelEdge {
  readonly size: number
  readonly low95: number
  readonly high95: number
  readonly low998: number
  readonly high998: number
}

export interface FunnelProps {
  readonly dots: readonly FunnelDot[]
  /** Smallest first. */
  readonly edges: readonly FunnelEdge[]
  readonly target: number
  /** `the trust`, `national` */
  readonly targetName: string
  readonly xName: string
  readonly yName: string
  readonly unit?: string
  readonly places?: number
  readonly width?: number
  readonly height?: number
  /** A sentence, when no table beside it holds the same. */
  readonly label?: string
}

const sides = { top: 26, right: 110, bottom: 38, left: 40 }

/** Each unit's rate against its size, between the limits of chance: 95% plain, 99.8% broken. */
export function funnelChart(props: FunnelProps): string {
  const { dots, edges, target, unit = '', places = 0, width = 860, height = 380 } = props
  const margin = width < 400 ? { ...sides, right: 40 } : sides
  const sizes = edges.map(({ size }) => size)
  const [xLow, xHigh] = [Math.min(...sizes), Math.max(...sizes)]
  const values = [...dots.map(({ value }) => value), target]
  const first = edges.find(({ size }) => size >= Math.min(...dots.map((one) => one.size)) * 0.8) ?? edges[0]!
  const [yLow, yHigh] = [
    Math.max(0, Math.min(...values, first.low998)),
    Math.max(...values, first.high998) * 1.02,
  ]
  const x = (size: number) =>
    margin.left + ((size - xLow) / Math.max(1, xHigh - xLow)) * (width - margin.left - margin.right)
  const floor = height - margin.bottom
  const y = (value: number) =>
    floor -
    ((Math.min(Math.max(value, yLow), yHigh) - yLow) / Math.max(1e-9, yHigh - yLow)) * (floor - margin.top)
  const [xTicks, yTicks] = [ticksOf([xLow, xHigh], width < 400 ? 3 : 7), ticksOf([yLow, yHigh], 5)]
  const ySaid = tickWords(yTicks, unit)
  const end = width - margin.right
  const line = (name: keyof Omit<FunnelEdge, 'size'>) =>
    edges.map((edge, at) => `${at === 0 ? 'M' : 'L'}${px(x(edge.size))},${px(y(edge[name]))}`).join('')
  let marks = text(props.yName, 0, 12, { fill: ink.quiet, size: 11.5 })
  marks += yTicks
    .map((tick, at) =>
      text(ySaid[at]!, margin.left - 7, y(tick), {
        fill: ink.quiet,
        size: 11.5,
        anchor: 'end',
        middle: true,
      }),
    )
    .join('')
  marks += xTicks
    .map((tick) => text(whole(tick), x(tick), floor + 15, { fill: ink.quiet, size: 11.5, anchor: 'middle' }))
    .join('')
  marks += text(props.xName, (margin.left + end) / 2, height - 4, {
    fill: ink.quiet,
    size: 11.5,
    anchor: 'middle',
  })
  marks += path(`M${margin.left},${floor}H${px(end)}`, ink.tick)
  marks += path(line('low998') + line('high998'), ink.tick, 'stroke-dasharray="4,3"')
  marks += path(line('low95') + line('high95'), ink.tick)
  marks += path(`M${margin.left},${px(y(target))}H${px(end)}`, ink.trust)
  const last = edges.at(-1)!
  const named = (said: string, value: number, bold = false) =>
    text(said, end + 5, y(value), { fill: bold ? ink.trust : ink.quiet, size: 11.5, bold, middle: true })
  const targetSaid = `${props.targetName} ${decimal(target, places)}`
  marks +=
    width < 400
      ? text(targetSaid, end, y(target) - 6, {
          fill: ink.trust,
          size: 11.5,
          bold: true,
          anchor: 'end',
          halo: true,
        })
      : named(targetSaid, target, true)
  if (y(last.low95) - y(last.high95) > 30) marks += named('95%', last.high95)
  if (y(last.high95) - y(last.high998) > 13) marks += named('99.8%', last.high998)
  return svg(width, height, marks + dotsOf(dots, x, y, width - 4), props.label)
}

/** Names stand beside the dots that chance does not explain, and beside all where they are few and find room. */
function dotsOf(
  dots: readonly FunnelDot[],
  x: (size: number) => number,
  y: (value: number) => number,
  end: number,
): string {
  const taken: (readonly [number, number, number])[] = []
  const order = dots.toSorted((one, other) => Number(plain(one)) - Number(plain(other)))
  const free = (from: number, to: number, at: number) =>
    taken.every(([start, stop, height]) => to < start || from > stop || Math.abs(at - height) > 12)
  const marks = order.map((one) => {
    const [cx, cy] = [x(one.size), y(one.value)]
    const colour = colourOf(one.status)
    const ring = one.ringed
      ? `<circle cx="${px(cx)}" cy="${px(cy)}" r="8" fill="none" stroke="${colour}" stroke-width="1.5"/>`
      : ''
    const long = widthOf(one.name, 12)
    const left = cx + 11 + long > end
    const from = left ? cx - 11 - long : cx + 11
    const room = (!plain(one) || dots.length <= 15) && free(from, from + long, cy)
    if (room) taken.push([from, from + long, cy])
    const name = room
      ? text(one.name, left ? cx - 11 : cx + 11, cy, {
          fill: ink.ink,
          size: 12,
          anchor: left ? 'end' : 'start',
          middle: true,
          halo: true,
        })
      : ''
    return { dot: ring + dot(cx, cy, 4.5, colour), name }
  })
  return marks.map(({ name }) => name).join('') + marks.map((one) => one.dot).join('')
}

const plain = ({ status, ringed }: FunnelDot): boolean => !ringed && (status ?? 'expected') === 'expected'
