import { decimal } from '../../kernel/numbers.ts'
import { absentWords, type Shown } from '../shown.ts'
import type { GapTableProps } from '../tables/gap-table.tsx'
import { type MultiColumn, ofShort } from '../tables/multi-cells.ts'
import { type MultiTableProps, ordered } from '../tables/multi-table.tsx'
import { changeWords, companyPath, type SlopePanelsProps, slopeScale } from '../tables/slope-panels.tsx'
import { gapHeadMarks, gapMarks } from './gap.ts'
import { ink, widthOf } from './ink.ts'
import { headHeight, intervalHeadMarks, intervalMarks } from './interval.ts'
import { gapDomain } from './scale.ts'
import { slopeMarks } from './slope.ts'
import { moved, path, svg, text } from './svg.ts'

/** What stands over and under a picture that leaves the page: title, and where the numbers come from. */
export interface Frame {
  readonly title: string
  /** `Summer drop, snapshot 14, data as at 3 July 2026. Throughline, Tidewell Learning Trust.` */
  readonly source: string
}

const margin = 20
const xmlns = ' xmlns="http://www.w3.org/2000/svg"'

/** A picture with its title over it, its source under it, on the page's paper. */
export function framed({ title, source }: Frame, width: number, height: number, inside: string): string {
  const all = [
    Math.ceil(Math.max(width, widthOf(source, 12.5), widthOf(title, 18))) + 2 * margin,
    height + 84,
  ] as const
  return svg(
    all[0],
    all[1],
    `<rect width="${all[0]}" height="${all[1]}" fill="${ink.paper}"/>` +
      text(title, margin, 30, { fill: ink.ink, size: 17, bold: true }) +
      moved(margin, 46, inside.replace(/^<svg /, '<svg overflow="visible" ')) +
      text(source, margin, all[1] - 14, { fill: ink.quiet, size: 12 }),
    title,
    xmlns,
  )
}

const cellWords = (column: MultiColumn, shown: Shown, x: number, middle: number): string =>
  shown.value === undefined
    ? text(absentWords(shown.absent), x, middle, { fill: ink.quiet, size: 13, middle: true })
    : text(decimal(shown.value, column.places), x + 176, middle, {
        fill: ink.ink,
        size: 15,
        bold: true,
        anchor: 'end',
        middle: true,
      }) + text(ofShort(shown), x + 181, middle, { fill: ink.quiet, size: 12.5, middle: true })

/** The interval table as one picture. */
export function multiPicture(props: MultiTableProps, frame: Frame): string {
  const rows = ordered(props.rows, props.order)
  const [first, each, height] = [170, 240, rows.length > 20 ? 22 : 28]
  const top = 20 + headHeight
  let inside = text(props.head, 0, top - 6, { fill: ink.ink, size: 15, bold: true })
  props.columns.forEach((column, at) => {
    const head =
      text(column.name, 0, 12, { fill: ink.ink, size: 14, bold: true }) +
      moved(0, 20, intervalHeadMarks(column, 136))
    inside += moved(first + at * each, 0, head)
  })
  rows.forEach((row, down) => {
    const y = top + down * height
    const middle = y + height / 2
    inside += text(row.name, 0, middle, { fill: ink.ink, size: 15, middle: true })
    const cells = Array.isArray(row.cells) ? (row.cells as readonly Shown[]) : undefined
    props.columns.forEach((column, at) => {
      const shown = cells?.[at] ?? { absent: 'not applicable' }
      const x = first + at * each
      if (shown.value !== undefined) inside += moved(x, y, intervalMarks(shown, column, 136, height))
      inside += cellWords(column, shown, x, middle)
    })
  })
  return framed(frame, first + props.columns.length * each, top + rows.length * height, inside)
}

/** The slope panels as one picture, seven in a row. */
export function slopesPicture(props: SlopePanelsProps, frame: Frame): string {
  const scale = slopeScale(props, 138)
  const { panels, trust, national } = props
  const all = [...(trust ? [{ name: 'The trust', values: trust, below: false }] : []), ...panels]
  const across = Math.min(7, all.length)
  const each = scale.height + 46
  let inside = companyPath(panels, scale, 'company')
  all.forEach((panel, at) => {
    const isTrust = trust !== undefined && at === 0
    const marks =
      text(panel.name, 0, 14, { fill: ink.ink, size: 14, bold: true }) +
      text(changeWords(panel.values, scale.places), 0, 30, { fill: ink.quiet, size: 13 }) +
      moved(
        0,
        34,
        slopeMarks(scale, {
          own: panel.values,
          trust,
          national,
          company: 'company',
          below: panel.below,
          isTrust,
        }),
      )
    inside += moved((at % across) * scale.width, Math.floor(at / across) * each, marks)
  })
  return framed(frame, Math.max(420, across * scale.width), Math.ceil(all.length / across) * each, inside)
}

/** The gaps as one picture. */
export function gapsPicture({ rows, domain, places = 0 }: GapTableProps, frame: Frame): string {
  const scale =
    domain ??
    gapDomain(
      rows.flatMap(({ gap }) => [gap.value, gap.low, gap.high]),
      places > 0 ? 1 : 20,
    )
  const [first, width, height] = [240, 300, 34]
  let inside = moved(first, 0, gapHeadMarks(scale, width))
  rows.forEach(({ name, gap }, down) => {
    const y = 22 + down * height
    const middle = y + height / 2
    inside += path(`M0,${y}H${first + width + 60}`, ink.rule)
    inside += text(name, 0, middle, { fill: ink.ink, size: 15, middle: true })
    inside +=
      gap.value === undefined
        ? text(absentWords(gap.absent), first, middle, { fill: ink.quiet, size: 14, middle: true })
        : moved(first, y, gapMarks(gap, scale, width, height)) +
          text(decimal(gap.value, places), first + width + 60, middle, {
            fill: ink.ink,
            size: 15,
            bold: true,
            anchor: 'end',
            middle: true,
          })
  })
  return framed(frame, first + width + 60, 22 + rows.length * height, inside)
}

/** One figure on its scale, with its lines, as a picture. */
export const figurePicture = (shown: Shown, axis: MultiColumn, frame: Frame): string =>
  framed(
    frame,
    640,
    110,
    (shown.value === undefined
      ? text(absentWords(shown.absent), 0, 70, { fill: ink.quiet, size: 22 })
      : text(`${decimal(shown.value, axis.places)}${axis.unit ?? ''}`, 0, 84, { fill: ink.ink, size: 44 })) +
      moved(150, 10, intervalHeadMarks(axis, 480)) +
      moved(150, 10 + headHeight, intervalMarks(shown, axis, 480, 40, true)),
  )

/** A chart over time as a picture. */
export const timePicture = (chart: string, width: number, height: number, frame: Frame): string =>
  framed(frame, width, height, chart)
