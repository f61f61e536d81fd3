import { raw } from 'hono/html'
import { signed } from '../../kernel/numbers.ts'
import { gapHeadMarks, gapMarks } from '../charts/gap.ts'
import { gapDomain } from '../charts/scale.ts'
import { svg } from '../charts/svg.ts'
import type { Content } from '../content.ts'
import { StatusMark } from '../parts/status.tsx'
import { absentWords, type Shown } from '../shown.ts'

export interface GapRow {
  /** `Disadvantaged` */
  readonly name: string
  readonly href?: string
  /** The gap, in percentage points or the measure's unit; `absent` for groups under 6. */
  readonly gap: Shown
  /** In the group: `8 of 21`. */
  readonly group?: Content
  /** Everyone else: `27 of 39`. */
  readonly others?: Content
}

export interface GapTableProps {
  /** For screen readers. */
  readonly caption: string
  readonly rows: readonly GapRow[]
  readonly domain?: readonly [number, number]
  readonly places?: number
  readonly width?: number
  /** Heads of the first and the last column: `Group` and `In, others` when left out. */
  readonly heads?: readonly [string, string]
}

const widestOnPhone = 270
const groupHeads = ['Group', 'In, others'] as const

/** Groups against everyone else. Left of the black line the group is behind. */
export const GapTable = ({
  caption,
  rows,
  domain,
  places = 0,
  width = 250,
  heads = groupHeads,
}: GapTableProps) => {
  const scale =
    domain ??
    gapDomain(
      rows.flatMap(({ gap }) => [gap.value, gap.low, gap.high]),
      places > 0 ? 1 : 20,
    )
  const onPhone = Math.min(width, widestOnPhone)
  return (
    <table class="rows rows--stack gaps">
      <caption class="vh">{caption}</caption>
      <thead>
        <tr>
          <th scope="col">{heads[0]}</th>
          <th scope="col" class="draw">
            <span class="vh">Drawn</span>
            {raw(svg(width, 20, gapHeadMarks(scale, width)))}
          </th>
          <th scope="col" class="num">
            Gap
          </th>
          <th scope="col" class="num">
            {heads[1]}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr>
            <th scope="row">{row.href ? <a href={row.href}>{row.name}</a> : row.name}</th>
            {row.gap.value === undefined ? (
              <td colspan={3} class="absent">
                <i class="hush">{absentWords(row.gap.absent)}</i>
              </td>
            ) : (
              <>
                <td class="draw">
                  <div class={width > widestOnPhone ? 'wide' : undefined}>
                    {raw(svg(width, 30, gapMarks(row.gap, scale, width)))}
                  </div>
                  <div class="narrow">
                    {width > widestOnPhone && raw(svg(onPhone, 30, gapMarks(row.gap, scale, onPhone)))}
                    {raw(svg(onPhone, 16, gapHeadMarks(scale, onPhone)))}
                  </div>
                </td>
                <td class="num" data-m="Gap">
                  {row.gap.status && row.gap.status !== 'expected' && <StatusMark kind={row.gap.status} />}{' '}
                  <b>{signed(row.gap.value, places)}</b>
                  <br />
                  <span class="small">
                    {row.gap.low !== undefined &&
                      row.gap.high !== undefined &&
                      `${signed(row.gap.low, places)} to ${signed(row.gap.high, places)}`}
                  </span>
                </td>
                <td class="num small" data-m={heads[1]}>
                  {row.group}
                  <br />
                  {row.others}
                </td>
              </>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
