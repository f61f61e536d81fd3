import { curveStepAfter, line } from 'd3-shape'
import { decimal } from '../../kernel/numbers.ts'
import type { Shown } from '../shown.ts'
import { ink } from './ink.ts'
import { type Scale, spread, ticksOf, tickWords } from './scale.ts'
import { dot, path, px, svg, text } from './svg.ts'

export interface TimePoint extends Pick<Shown, 'value' | 'low' | 'high'> {
  /** `snapshot 14`, `Spring 2026` */
  readonly name: string
  /** For narrow screens: `14`, `Spr`. */
  readonly short?: string
  /** The national figure and the trust's at that time. */
  readonly national?: number
  readonly trust?: number
}

export interface TimeChartProps {
  readonly points: readonly TimePoint[]
  readonly domain: readonly [number, number]
  readonly unit?: string
  readonly places?: number
  /** One national figure for the whole chart; or give each point its own. */
  readonly national?: number
  readonly nationalName?: string
  readonly trustName?: string
  /** A sentence; without it the chart is hidden from screen readers, as its table holds the same. */
  readonly label?: string
  readonly width?: number
  readonly height?: number
  /** `steps`: one number that is corrected. `lines`: one that is measured again. */
  readonly join: 'steps' | 'lines'
}

const margin = { top: 16, bottom: 28, left: 46 }

const draw = (values: readonly (number | undefined)[], x: Scale, y: Scale, steps = false): string => {
  const shape = line<number | undefined>()
    .defined((value) => value !== undefined)
    .x((_, at) => px(x(at)))
    .y((value) => px(y(value ?? 0)))
  return (steps ? shape.curve(curveStepAfter) : shape)([...values]) ?? ''
}

/** One figure over snapshots, drops or years: intervals, values, the trust's line and the national one, named at their ends. */
export function timeChart(props: TimeChartProps): string {
  const { points, domain, unit = '', places = 0, width = 500, height = 170 } = props
  const narrow = width < 400
  const nationals = points.map((point) => point.national ?? props.national)
  const trusts = points.map((point) => point.trust)
  const ends = lineEnds(props, nationals, trusts)
  const right =
    width -
    (ends.length === 0
      ? 12
      : ends.length === 1 && !nationals.some((value) => value !== undefined)
        ? 56
        : narrow
          ? 78
          : 90)
  const start = margin.left + 12
  const each = points.length < 2 ? 0 : (right - start - 6) / (points.length - 1)
  const x: Scale = (at) => (points.length < 2 ? (start + right) / 2 : start + at * each)
  const y: Scale = (value) =>
    height -
    margin.bottom -
    ((height - margin.top - margin.bottom) * (value - domain[0])) / (domain[1] - domain[0])
  const ticks = ticksOf(domain, 3)
  const steps = props.join === 'steps'
  const one = new Set(nationals.filter((value) => value !== undefined))
  const last = points.length - 1

  let marks = path(
    ticks.map((tick) => `M${margin.left - 6},${px(y(tick))}H${px(right)}`).join(''),
    ink.rule,
    'stroke-width=".75"',
  )
  const tickSaid = tickWords(ticks, unit)
  ticks.forEach((tick, at) => {
    marks += text(tickSaid[at] ?? '', 0, y(tick), { fill: ink.quiet, middle: true })
  })
  const national =
    one.size === 1 ? `M${px(start)},${px(y([...one][0] ?? 0))}H${px(right)}` : draw(nationals, x, y)
  marks += path(national, ink.national, 'stroke-dasharray="3,3"')
  marks += path(draw(trusts, x, y), ink.trust, 'stroke-width="1.25"')
  marks += path(
    draw(
      points.map((point) => point.value),
      x,
      y,
      steps,
    ),
    ink.data,
    steps ? 'stroke-width="1" stroke-opacity=".6"' : 'stroke-width="2"',
  )
  marks += path(
    points
      .map(({ low, high }, at) =>
        low === undefined || high === undefined ? '' : `M${px(x(at))},${px(y(low))}V${px(y(high))}`,
      )
      .join(''),
    ink.data,
    'stroke-width="1.5"',
  )
  // Each value is written where there is room; the last of a line stands among the names at its end, as on the slopes.
  const every = steps || points.length <= 4
  points.forEach(({ value }, at) => {
    if (value === undefined) return
    marks += dot(x(at), y(value), 5, ink.data)
    if (!every || (!steps && at === last) || (at !== last && x(last) - x(at) < 60)) return
    const over = [nationals[at], trusts[at]].some(
      (other) => other !== undefined && y(value) - y(other) > 2 && y(value) - y(other) < 30,
    )
    const where = over && y(value) < height - margin.bottom - 20 ? 18 : -10
    const atEnd = at === last && last > 0
    marks += text(decimal(value, places) + unit, x(at) + (atEnd ? -9 : 9), y(value) + where, {
      fill: ink.ink,
      size: 14,
      bold: true,
      halo: true,
      anchor: atEnd ? 'end' : 'start',
    })
  })
  const at = spread(
    ends.map((end) => y(end.value)),
    15,
    8,
    height - margin.bottom,
  )
  ends.forEach((end, which) => {
    marks += text(end.said, right + 6, at[which] ?? 0, {
      fill: end.fill,
      bold: end.bold,
      size: end.size,
      middle: true,
    })
  })
  const step = each === 0 ? 1 : Math.ceil((narrow ? 46 : 84) / each)
  points.forEach(({ name, short }, which) => {
    if ((last - which) % step !== 0) return
    const said = narrow ? (short ?? (name.replace(/\D+/g, '') || name)) : name
    marks += text(said, x(which), height - 6, { fill: ink.quiet, anchor: 'middle' })
  })
  return svg(width, height, marks, props.label)
}

const lineEnds = (
  props: TimeChartProps,
  nationals: readonly (number | undefined)[],
  trusts: readonly (number | undefined)[],
): readonly { said: string; value: number; fill: string; bold: boolean; size?: number }[] => {
  const national = nationals.findLast((value) => value !== undefined)
  const trust = trusts.findLast((value) => value !== undefined)
  const said = (name: string, value: number) => `${name} ${decimal(value, props.places)}`
  const own =
    props.join === 'lines' ? props.points.findLast((point) => point.value !== undefined)?.value : undefined
  return [
    ...(own === undefined
      ? []
      : [
          {
            said: `${decimal(own, props.places)}${props.unit ?? ''}`,
            value: own,
            fill: ink.data,
            bold: true,
            size: 14,
          },
        ]),
    ...(national === undefined
      ? []
      : [
          {
            said: said(props.nationalName ?? 'national', national),
            value: national,
            fill: ink.national,
            bold: false,
          },
        ]),
    ...(trust === undefined
      ? []
      : [{ said: said(props.trustName ?? 'trust', trust), value: trust, fill: ink.trust, bold: true }]),
  ]
}
