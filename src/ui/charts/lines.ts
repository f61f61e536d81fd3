import { ink, widthOf } from './ink.ts'
import { fitDomain, spread, ticksOf, tickWords } from './scale.ts'
import { path, px, svg, text } from './svg.ts'

type Point = readonly [number, number]

export interface ChartLine {
  readonly name: string
  readonly from: Point
  readonly to: Point
}

export interface LinesProps {
  readonly lines: readonly ChartLine[]
  /** The line of everyone together, drawn black. */
  readonly common: ChartLine
  /** `Prior attainment` */
  readonly xName: string
  readonly yName: string
  readonly width?: number
  readonly height?: number
  /** A sentence, when no table beside it holds the same. */
  readonly label?: string
}

const margin = { top: 26, bottom: 38, left: 34 }

/** How an outcome rises with where pupils started: one line a school, named at its end, the common one black. */
export function linesChart({
  lines,
  common,
  xName,
  yName,
  width = 640,
  height = 320,
  label,
}: LinesProps): string {
  const all = [...lines, common]
  const right = Math.min(width / 3, 16 + Math.max(...all.map(({ name }) => widthOf(name, 12))))
  const ends = (at: 0 | 1) => all.flatMap(({ from, to }) => [from[at], to[at]])
  const xDomain = [Math.min(...ends(0)), Math.max(...ends(0))] as const
  const yDomain = fitDomain(ends(1), 1)
  const along = (value: number) =>
    margin.left +
    ((value - xDomain[0]) / Math.max(1e-9, xDomain[1] - xDomain[0])) * (width - margin.left - right)
  const up = (value: number) =>
    height -
    margin.bottom -
    ((value - yDomain[0]) / (yDomain[1] - yDomain[0])) * (height - margin.top - margin.bottom)
  const [xTicks, yTicks] = [ticksOf(xDomain, width < 400 ? 4 : 7), ticksOf(yDomain, 5)]
  const [xSaid, ySaid] = [tickWords(xTicks), tickWords(yTicks)]
  const floor = height - margin.bottom
  let marks = text(yName, 0, 12, { fill: ink.quiet, size: 11.5 })
  marks += yTicks
    .map(
      (tick, at) =>
        path(`M${margin.left},${px(up(tick))}H${px(width - right)}`, ink.rule) +
        text(ySaid[at]!, margin.left - 6, up(tick), {
          fill: ink.quiet,
          size: 11.5,
          anchor: 'end',
          middle: true,
        }),
    )
    .join('')
  marks += xTicks
    .map((tick, at) =>
      text(xSaid[at]!, along(tick), floor + 15, { fill: ink.quiet, size: 11.5, anchor: 'middle' }),
    )
    .join('')
  marks += text(xName, (margin.left + width - right) / 2, height - 4, {
    fill: ink.quiet,
    size: 11.5,
    anchor: 'middle',
  })
  const drawn = ({ from, to }: ChartLine) =>
    `M${px(along(from[0]))},${px(up(from[1]))}L${px(along(to[0]))},${px(up(to[1]))}`
  marks += lines.map((line) => path(drawn(line), ink.data, 'stroke-width="2" stroke-opacity=".75"')).join('')
  marks += path(drawn(common), ink.trust, 'stroke-width="1.5" stroke-dasharray="5,3"')
  const places = spread(
    all.map(({ to }) => up(to[1])),
    14,
    10,
    floor,
  )
  marks += all
    .map(({ name, to }, at) =>
      text(name, along(to[0]) + 6, places[at]!, {
        fill: at === lines.length ? ink.trust : ink.ink,
        size: 12,
        bold: at === lines.length,
        middle: true,
        halo: true,
      }),
    )
    .join('')
  return svg(width, height, marks, label)
}
