import { decimal } from '../../kernel/numbers.ts'
import { intervalChart } from '../charts/interval.ts'
import { words } from '../charts/svg.ts'
import { type Axis, absentWords, type Shown } from '../shown.ts'

export interface MultiColumn extends Axis {
  readonly name: string
  readonly href?: string
}

const shapes = {
  better: ['M6 1 11.5 11H.5z', 'Better than expected'],
  below: ['M6 11 .5 1h11z', 'Below expected'],
} as const

/** The shape of a status that stands out; the word stays for screen readers. */
const mark = (status: Shown['status']): string => {
  if (status !== 'below' && status !== 'better') return ''
  const [shape, said] = shapes[status]
  return `<span class="status--${status}"><svg class="mark" viewBox="0 0 12 12" aria-hidden="true"><path d="${shape}" fill="currentColor"/></svg><span class="vh">${said}: </span></span> `
}

export const ofShort = ({ n, of }: Shown): string =>
  n === undefined ? '' : of === undefined || of === n ? `n ${n}` : `${n}/${of}`

/** What a narrow screen says over a cell, where the head of its column is out of sight. */
export const columnSaid = (column: MultiColumn): string => {
  const places = column.places
  const ends = Math.max(...column.domain.map((end) => (String(end).split('.')[1] ?? '').length))
  return words(
    [
      column.name,
      [
        column.national !== undefined &&
          `${column.nationalName ?? 'national'} ${decimal(column.national, places)}`,
        column.trust !== undefined && `${column.trustName ?? 'trust'} ${decimal(column.trust, places)}`,
        `scale ${decimal(column.domain[0], ends)} to ${decimal(column.domain[1], ends)}`,
      ]
        .filter(Boolean)
        .join(', '),
    ].join(': '),
  )
}

/** One cell: the value on the column's scale, then value and n of N in words; or why there is none. */
export function multiCell(
  column: MultiColumn,
  said: string,
  shown: Shown,
  width: number,
  height: number,
): string {
  if (shown.value === undefined)
    return `<td class="absent" data-m="${words(column.name)}">${words(absentWords(shown.absent))}</td>`
  const value = decimal(shown.value, column.places)
  const linked = shown.href ? `<a href="${words(shown.href)}">${value}</a>` : value
  return `<td data-m="${said}"><div>${intervalChart(shown, column, { width, height })}<span class="val">${mark(shown.status)}${linked}</span><span class="of">${ofShort(shown)}</span></div></td>`
}

/** On a narrow screen a row starts closed: its numbers in a line. `:has()` shows its cells when it is opened. */
export function multiFold(columns: readonly MultiColumn[], cells: readonly Shown[]): string {
  const parts = columns.map((column, at) => {
    const cell = cells[at]
    const said =
      cell?.value === undefined
        ? `<i>${words(absentWords(cell?.absent))}</i>`
        : `<b>${mark(cell.status)}${decimal(cell.value, column.places)}${words(column.unit ?? '')}</b>`
    return `<span>${words(column.name)} ${said}</span>`
  })
  return `<details class="narrow multi__fold"><summary><em class="multi__close">Fold</em>${parts.join('')}</summary></details>`
}
