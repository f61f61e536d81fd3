import { decimal } from '../../kernel/numbers.ts'
import { ink, widthOf } from './ink.ts'
import { across, ticksOf, tickWords } from './scale.ts'
import { path, px, svg, text } from './svg.ts'

export interface StripProps {
  /** The score of each pupil, on the assessment's own scale. */
  readonly pupils: readonly number[]
  readonly domain: readonly [number, number]
  readonly ticks?: readonly number[]
  /** Where the mean of pupils like them usually is. */
  readonly range?: readonly [number, number]
  readonly rangeName?: string
  readonly standard?: number
  readonly mean?: number
  /** `mean 96` */
  readonly meanName?: string
  readonly below?: boolean
  readonly width?: number
  /** A sentence, when no table beside it holds the same. */
  readonly label?: string
}

const height = 58
const y = (share: number): number => px(height * (1 - share))

/** Pupils as ticks on the scale of the assessment, with the range in which the mean of pupils like them usually is. */
export function stripChart(props: StripProps): string {
  const { pupils, domain, range, standard, mean, width = 280 } = props
  const x = across(domain, width, 2)
  const ticks = props.ticks ?? ticksOf(domain, 5)
  const tickSaid = tickWords(ticks)
  const meanName = props.meanName ?? (mean === undefined ? '' : `mean ${decimal(mean, 1)}`)
  const colour = props.below ? ink.below : ink.data
  const half = widthOf(meanName) / 2
  /** As near to its place as keeps the whole word inside the drawing. */
  const within = (at: number, room: number) => Math.min(Math.max(at, room), width - room)
  const meanX = mean === undefined ? 0 : within(x(mean), half)
  let marks = ''
  if (range) {
    const [from, to] = [px(x(range[0])), px(x(range[1]))]
    const name = props.rangeName ?? 'expected mean'
    const room = widthOf(name) / 2
    marks += `<rect x="${from}" y="${y(0.74)}" width="${px(to - from)}" height="${px(y(0.32) - y(0.74))}" fill="${ink.range}"/>`
    marks += path(`M${from},${y(0.74)}V${y(0.32)}M${to},${y(0.74)}V${y(0.32)}`, ink.tick, 'stroke-width=".5"')
    marks += text(name, within((from + to) / 2, room), y(0.82), { fill: ink.quiet, anchor: 'middle' })
  }
  if (standard !== undefined) marks += path(`M${px(x(standard))},${y(0.74)}V${y(0.32)}`, ink.tick)
  marks += path(
    pupils.map((pupil) => `M${px(x(pupil))},${y(0.64)}V${y(0.42)}`).join(''),
    ink.ink,
    `stroke-width="1.5" stroke-opacity="${pupils.length > 60 ? 0.5 : 0.85}"`,
  )
  marks += path(`M${px(x(domain[0]))},${y(0.32)}H${px(x(domain[1]))}`, ink.tick)
  marks += ticks
    .map((tick, at) => {
      const said = tickSaid[at] ?? ''
      const room = widthOf(said, 11.5) / 2
      const centre = within(x(tick), room)
      return mean !== undefined && Math.abs(centre - meanX) < half + room + 4
        ? ''
        : text(said, centre, y(0.06), { fill: ink.quiet, size: 11.5, anchor: 'middle' })
    })
    .join('')
  if (mean !== undefined) {
    marks += path(`M${px(x(mean))},${y(0.25)}V${y(0.74)}`, colour, 'stroke-width="2.5"')
    marks += text(meanName, meanX, y(0.06), { fill: colour, anchor: 'middle', bold: true })
  }
  return svg(width, height, marks, props.label)
}
