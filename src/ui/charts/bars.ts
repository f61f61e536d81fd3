import { ink, widthOf } from './ink.ts'
import { path, px, svg, text } from './svg.ts'

export interface BarsProps {
  readonly bars: readonly {
    /** Under the bar, where there is room. */
    readonly label?: string
    readonly value: number
    /** What it would usually be: a line across the bar. */
    readonly usual?: number
    /** What the picture is about. */
    readonly here?: boolean
  }[]
  /** A sentence that says the same. */
  readonly label: string
  readonly width?: number
}

const height = 86
const foot = 18

/** Counts or means as columns from 0, the one that is asked about in the colour of what lies below. */
export function barsChart({ bars, label, width = 280 }: BarsProps): string {
  const most = Math.max(0, ...bars.flatMap(({ value, usual = 0 }) => [value, usual]))
  const least = Math.min(0, ...bars.flatMap(({ value, usual = 0 }) => [value, usual]))
  const y = (value: number) => px(6 + ((most - value) / (most - least || 1)) * (height - foot - 10))
  const step = width / Math.max(1, bars.length)
  const room = Math.min(36, step * 0.72)
  /** Where not all labels have room, only what is asked about is named. */
  const all = bars.every(({ label: said = '' }) => widthOf(said, 11.5) <= step)
  let marks = ''
  bars.forEach(({ value, usual, here, label: said }, at) => {
    const middle = step * (at + 0.5)
    const [top, bottom] = [Math.min(y(value), y(0)), Math.max(y(value), y(0))]
    marks += `<rect x="${px(middle - room / 2)}" y="${top}" width="${px(room)}" height="${px(Math.max(1, bottom - top))}" fill="${here ? ink.below : ink.data}" fill-opacity="${here ? 1 : 0.55}"/>`
    if (usual !== undefined)
      marks += path(
        `M${px(middle - step / 2)},${y(usual)}H${px(middle + step / 2)}`,
        ink.ink,
        'stroke-width="1.5"',
      )
    if (said && (all || here)) {
      const half = widthOf(said, 11.5) / 2
      const x = Math.min(Math.max(middle, half), width - half)
      marks += text(said, x, height - 3, { fill: here ? ink.ink : ink.quiet, anchor: 'middle', size: 11.5 })
    }
  })
  marks += path(`M0,${y(0)}H${width}`, ink.tick)
  return svg(width, height, marks, label)
}
