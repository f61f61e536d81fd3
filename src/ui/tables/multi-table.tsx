import { raw } from 'hono/html'
import { IntervalHead } from '../charts/charts.tsx'
import { type Content, classes } from '../content.ts'
import type { Shown } from '../shown.ts'
import { columnSaid, type MultiColumn, multiCell, multiFold } from './multi-cells.ts'

export type { MultiColumn } from './multi-cells.ts'

export interface MultiRow {
  readonly name: string
  readonly href?: string
  /** One for each column; or a sentence that stands across all of them (`Not applicable: …`). */
  readonly cells: readonly Shown[] | Content
}

export interface MultiTableProps {
  /** For screen readers: `Primary, Year 6: percent of pupils, with the 95% interval` */
  readonly caption: string
  /** Over the names: `Primary, Year 6` */
  readonly head: string
  /** None when every row is a sentence. */
  readonly columns: readonly MultiColumn[]
  readonly rows: readonly MultiRow[]
  /** By the first column, lowest first (the default), or as given. */
  readonly order?: 'first column' | 'given'
  /** Said in the place of the rows when there are none. */
  readonly empty?: Content
}

const shownCells = ({ cells }: MultiRow): readonly Shown[] | undefined =>
  Array.isArray(cells) && cells.every((cell) => typeof cell === 'object' && cell !== null && !('tag' in cell))
    ? (cells as readonly Shown[])
    : undefined

const first = (row: MultiRow): number => shownCells(row)?.[0]?.value ?? Number.POSITIVE_INFINITY

const byName = new Intl.Collator('en-GB', { numeric: true })

/** The rows in the order in which a page shows them; a row without a first value comes last. */
export const ordered = (
  rows: readonly MultiRow[],
  order: MultiTableProps['order'] = 'first column',
): readonly MultiRow[] =>
  order === 'given'
    ? rows
    : rows.toSorted((a, b) => {
        const [x, y] = [first(a), first(b)]
        return x === y ? byName.compare(a.name, b.name) : x - y
      })

/** As wide as the columns allow, so that few columns use the room that many would need. */
export const cellWidth = (columns: number): number =>
  columns > 4 ? 104 : columns > 2 ? 136 : columns === 2 ? 300 : 560

/** Schools by measures: a real table whose cells are small charts on one scale, with value and n of N as words. */
export const MultiTable = ({
  caption,
  head,
  columns,
  rows,
  order,
  empty = 'No school has a figure here yet.',
}: MultiTableProps) => {
  const many = rows.length > 20
  const height = many ? 22 : 28
  const width = cellWidth(columns.length)
  const said = columns.map(columnSaid)
  return (
    <table class={classes('multi', many && 'multi--many', columns.length > 4 && 'multi--wide')}>
      <caption class="vh">{caption}</caption>
      <thead>
        <tr>
          <th scope="col">{head}</th>
          {columns.map((column) => (
            <th scope="col">
              {column.href ? <a href={column.href}>{column.name}</a> : column.name}
              <IntervalHead axis={column} width={width} />
            </th>
          ))}
          {columns.length === 0 && (
            <th scope="col">
              <span class="vh">What is known</span>
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {rows.length === 0 && (
          <tr>
            <td colspan={columns.length + 1} class="absent absent--said">
              {empty}
            </td>
          </tr>
        )}
        {ordered(rows, order).map((row) => {
          const cells = shownCells(row)
          return (
            <tr>
              <th scope="row" class={row.name.length > 18 ? 'long' : undefined}>
                {row.href ? <a href={row.href}>{row.name}</a> : row.name}
                {cells && columns.length > 0 && raw(multiFold(columns, cells))}
              </th>
              {cells ? (
                raw(
                  columns
                    .map((column, at) => multiCell(column, said[at] ?? '', cells[at] ?? {}, width, height))
                    .join(''),
                )
              ) : (
                <td colspan={Math.max(1, columns.length)} class="absent absent--said">
                  {row.cells as Content}
                </td>
              )}
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
