import { decimal } from '../../kernel/numbers.ts'
import { IntervalChart, IntervalHead } from '../charts/interval.tsx'
import { type Content, classes } from '../content.ts'
import { StatusMark } from '../parts/status.tsx'
import { type Axis, absentWords, type Shown } from '../shown.ts'

export interface MultiColumn extends Axis {
  readonly name: string
  readonly href?: string
}

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
  readonly columns: readonly MultiColumn[]
  readonly rows: readonly MultiRow[]
  /** By the first column, lowest first (the default), or as given. */
  readonly order?: 'first column' | 'given'
}

const isCells = (cells: MultiRow['cells']): cells is readonly Shown[] =>
  Array.isArray(cells) && cells.every((cell) => typeof cell === 'object' && cell !== null && !('tag' in cell))

const first = (row: MultiRow): number =>
  isCells(row.cells) ? (row.cells[0]?.value ?? Number.POSITIVE_INFINITY) : Number.POSITIVE_INFINITY

/** The rows in the order in which a page shows them; a row without a first value comes last. */
export const ordered = (
  rows: readonly MultiRow[],
  order: MultiTableProps['order'] = 'first column',
): readonly MultiRow[] =>
  order === 'given'
    ? rows
    : rows.toSorted((a, b) => first(a) - first(b) || a.name.localeCompare(b.name, 'en-GB'))

export const ofShort = ({ n, of }: Shown): string | undefined =>
  n === undefined ? undefined : of === undefined || of === n ? `n ${n.toLocaleString('en-GB')}` : `${n}/${of}`

/** What a narrow screen says over a cell, where the head of its column is out of sight. */
const lines = (column: MultiColumn): string => {
  const said = [
    column.national !== undefined &&
      `${column.nationalName ?? 'national'} ${decimal(column.national, column.places)}`,
    column.trust !== undefined && `${column.trustName ?? 'trust'} ${decimal(column.trust, column.places)}`,
    `scale ${decimal(column.domain[0], 0)} to ${decimal(column.domain[1], 0)}`,
  ].filter(Boolean)
  return `${column.name}: ${said.join(', ')}`
}

const Cell = ({
  column,
  shown,
  height,
  width,
}: {
  column: MultiColumn
  shown: Shown
  height: number
  width: number
}) => {
  if (shown.value === undefined)
    return (
      <td class="absent" data-m={column.name}>
        {absentWords(shown.absent)}
      </td>
    )
  const value = decimal(shown.value, column.places)
  return (
    <td data-m={lines(column)}>
      <div>
        <IntervalChart shown={shown} axis={column} width={width} height={height} />
        <span class="val">
          {(shown.status === 'below' || shown.status === 'better') && <StatusMark kind={shown.status} />}{' '}
          {shown.href ? <a href={shown.href}>{value}</a> : value}
        </span>
        <span class="of">{ofShort(shown)}</span>
      </div>
    </td>
  )
}

/** On a narrow screen a row starts closed: its name and its numbers in a line. `:has()` shows its cells when it is opened. */
const Closed = ({ columns, cells }: { columns: readonly MultiColumn[]; cells: readonly Shown[] }) => (
  <details class="narrow multi__fold">
    <summary>
      {columns.map((column, at) => {
        const cell = cells[at]
        return (
          <span>
            {column.name}{' '}
            {cell?.value === undefined ? (
              <i>{absentWords(cell?.absent)}</i>
            ) : (
              <b>
                {cell.status === 'below' || cell.status === 'better' ? (
                  <StatusMark kind={cell.status} />
                ) : null}
                {decimal(cell.value, column.places)}
                {column.unit}
              </b>
            )}
          </span>
        )
      })}
    </summary>
  </details>
)

/** Schools by measures: a real table whose cells are small charts on one scale, with value and n of N as words. */
export const MultiTable = ({ caption, head, columns, rows, order }: MultiTableProps) => {
  const many = rows.length > 20
  const height = many ? 22 : 28
  const width = columns.length > 4 ? 112 : columns.length < 3 ? 240 : 136
  return (
    <table class={classes('multi', many && 'multi--many', columns.length < 3 && 'multi--few')}>
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
        </tr>
      </thead>
      <tbody>
        {ordered(rows, order).map((row) => (
          <tr>
            <th scope="row">
              {row.href ? <a href={row.href}>{row.name}</a> : row.name}
              {isCells(row.cells) && <Closed columns={columns} cells={row.cells} />}
            </th>
            {isCells(row.cells) ? (
              columns.map((column, at) => (
                <Cell
                  column={column}
                  shown={(row.cells as readonly Shown[])[at] ?? {}}
                  height={height}
                  width={width}
                />
              ))
            ) : (
              <td colspan={columns.length} class="absent absent--said">
                {row.cells as Content}
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
