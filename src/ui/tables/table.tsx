import { type Content, classes } from '../content.ts'

export interface Column {
  readonly head: Content
  /** The head in words, when `head` is drawn or hidden; said over the cell on a narrow screen. */
  readonly label?: string
  /** Numbers: at the right, in one line. */
  readonly num?: boolean
  /** Secondary words. */
  readonly small?: boolean
  /** The head stays for screen readers only. */
  readonly hidden?: boolean
  /** About how much of the width, in twelfths. */
  readonly width?: 1 | 2 | 3 | 4 | 5 | 6
}

export interface Row {
  /** The first cell is the row's head. */
  readonly cells: readonly Content[]
  readonly id?: string
  /** The row being read, on a quiet ground. */
  readonly marked?: boolean
}

export interface TableProps {
  readonly columns: readonly Column[]
  readonly rows: readonly (Row | readonly Content[])[]
  /** For screen readers; `captionShown` prints it as well. */
  readonly caption?: Content
  readonly captionShown?: boolean
  /** Said in the place of the rows when there are none. */
  readonly empty?: Content
  /** Stacked under 640 px, each cell with its column's head (the default); `scroll` for wide grids of numbers. */
  readonly narrow?: 'stack' | 'scroll'
  /** No row heads: all cells are equal. */
  readonly plain?: boolean
  /** A grid of numbers, closely set. */
  readonly dense?: boolean
}

const labelOf = ({ label, head, hidden }: Column): string | undefined =>
  label ?? (!hidden && typeof head === 'string' ? head : undefined)

const rowOf = (row: Row | readonly Content[]): Row =>
  Array.isArray(row) ? { cells: row as readonly Content[] } : (row as Row)

/** Rows divided by hairlines; the first cell of each is its head. Under 640 px each cell says its column. */
export const Table = ({
  columns,
  rows,
  caption,
  captionShown = false,
  empty,
  narrow = 'stack',
  plain = false,
  dense = false,
}: TableProps) => {
  const table = (
    <table class={classes('rows', narrow === 'stack' && 'rows--stack', dense && 'rows--dense')}>
      {caption !== undefined && <caption class={captionShown ? undefined : 'vh'}>{caption}</caption>}
      <thead>
        <tr>
          {columns.map((column) => (
            <th scope="col" class={classes(column.num && 'num', column.width && `w-${column.width}`)}>
              {column.hidden ? <span class="vh">{column.head}</span> : column.head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.length === 0 && empty !== undefined && (
          <tr>
            <td colspan={columns.length} class="hush">
              {empty}
            </td>
          </tr>
        )}
        {rows.map(rowOf).map((row) => (
          <tr id={row.id} class={row.marked ? 'marked' : undefined}>
            {row.cells.map((cell, at) => {
              const column = columns[at]
              const extra = classes(column?.num && 'num', column?.small && 'small')
              return at === 0 && !plain ? (
                <th scope="row" class={extra}>
                  {cell}
                </th>
              ) : (
                <td class={extra} data-m={column && labelOf(column)}>
                  {cell}
                </td>
              )
            })}
          </tr>
        ))}
      </tbody>
    </table>
  )
  return narrow === 'scroll' ? (
    <section class="scroll" tabindex={0} aria-label={typeof caption === 'string' ? caption : 'Table'}>
      {table}
    </section>
  ) : (
    table
  )
}
