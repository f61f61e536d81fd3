import { Readable } from 'node:stream'
import type { ReadableStream } from 'node:stream/web'
import type { Context } from 'hono'
import writeExcelFile, { type Row } from 'write-excel-file/node'
import { Refusal } from '../kernel/refusal.ts'

/** A number, a text, or nothing. Say why there is nothing in a text of its own: `too few`. */
export type SheetCell = string | number | null | undefined

export interface SheetColumn {
  readonly head: string
  /** `day` cells are `yyyy-mm-dd`; `percent` cells are 0 to 100. A text in a number's column stays a text. */
  readonly kind?: 'text' | 'number' | 'percent' | 'day'
  /** Places after the point shown in XLSX; the cell keeps its whole value. */
  readonly places?: number
}

/** A table as it leaves the house: it carries what it is, its filters, its sources and its date with it. */
export interface Sheet {
  readonly title: string
  /** Lines above the table: `['Filters', 'Year 6, disadvantaged']`, `['Sources', …]`, `['Snapshot', '14']`, `['Made', '20 March 2026']` */
  readonly about: readonly (readonly [name: string, words: string])[]
  readonly columns: readonly SheetColumn[]
  readonly rows: Iterable<readonly SheetCell[]> | AsyncIterable<readonly SheetCell[]>
}

const byteOrderMark = '\uFEFF'
const lineEnd = '\r\n'

/** Spreadsheets run a text that starts like this; an apostrophe in front makes it a text again. Plain numbers are safe. */
const startsFormula = /^[=+\-@\t\r＝＋－＠]/
const plainNumber = /^[+-]?\d+([.,]\d+)?%?$/

export const withoutFormula = (text: string): string =>
  startsFormula.test(text) && !plainNumber.test(text) ? `'${text}` : text

const csvCell = (cell: SheetCell): string => {
  if (cell === null || cell === undefined) return ''
  if (typeof cell === 'number') return Number.isFinite(cell) ? String(cell) : ''
  const text = withoutFormula(cell.replaceAll('\0', ''))
  return /[",;\r\n\t]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

const csvLine = (cells: readonly SheetCell[]): string => cells.map(csvCell).join(',') + lineEnd

/** CSV by RFC 4180, with the mark by which Excel knows UTF-8, in parts of some thousand rows. */
export async function* toCsv({ title, about, columns, rows }: Sheet): AsyncGenerator<string> {
  let part =
    byteOrderMark +
    csvLine([title]) +
    about.map(csvLine).join('') +
    lineEnd +
    csvLine(columns.map(({ head }) => head))
  for await (const row of rows) {
    part += csvLine(row)
    if (part.length < 65_536) continue
    yield part
    part = ''
  }
  yield part
}

const mostRows = 200_000
const mostLetters = 32_767

// biome-ignore lint/suspicious/noControlCharactersInRegex: XML can't hold them
const unwritable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g

const words = (text: string, style: object = {}) => {
  const clean = text.replace(unwritable, '')
  return {
    value: clean.length > mostLetters ? `${clean.slice(0, mostLetters - 1)}…` : clean,
    type: String,
    ...style,
  }
}

function xlsxCell(cell: SheetCell, { kind = 'text', places }: SheetColumn) {
  if (cell === null || cell === undefined || (typeof cell === 'number' && !Number.isFinite(cell))) return null
  if (typeof cell === 'number') {
    const decimals = places ? `.${'0'.repeat(places)}` : ''
    return { value: cell, type: Number, ...(places === undefined ? {} : { format: `#,##0${decimals}` }) }
  }
  if (kind === 'day' && /^\d{4}-\d{2}-\d{2}$/.test(cell))
    return { value: new Date(`${cell}T00:00:00Z`), type: Date, format: 'dd/mm/yyyy' }
  return words(cell)
}

/** XLSX in which every text is a text: nothing in it is worked out. @throws Refusal when there are more rows than fit well. */
export async function toXlsx({ title, about, columns, rows }: Sheet): Promise<Buffer> {
  const head: Row[] = [
    [words(title, { fontWeight: 'bold', fontSize: 14 })],
    ...about.map(([name, said]): Row => [words(name, { fontWeight: 'bold' }), words(said)]),
    [],
    columns.map(({ head, kind }) =>
      words(head, {
        fontWeight: 'bold',
        wrap: true,
        bottomBorderStyle: 'thin',
        ...(kind && kind !== 'text' ? { align: 'right' } : {}),
      }),
    ),
  ]
  const data: Row[] = [...head]
  const widths = columns.map(({ head }) => Math.min(24, Math.max(10, head.length + 2)))
  for await (const row of rows) {
    if (data.length - head.length >= mostRows)
      throw new Refusal(
        `That table has more than ${mostRows.toLocaleString('en-GB')} rows, too many for one spreadsheet. Take it as CSV, or narrow it.`,
      )
    data.push(columns.map((column, place) => xlsxCell(row[place], column)))
    columns.forEach((_, place) => {
      widths[place] = Math.min(60, Math.max(widths[place]!, String(row[place] ?? '').length + 2))
    })
  }
  const made = writeExcelFile(data, {
    sheet: sheetName(title),
    columns: widths.map((width) => ({ width })),
    stickyRowsCount: head.length,
  })
  return made.toBuffer()
}

const sheetName = (title: string) =>
  title
    .replace(/[[\]:*?/\\']/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 31) || 'Table'

/** `tidewell-trust-page-2026-03-20.xlsx`: letters that every system takes. */
export function fileName(
  parts: { trust: string; what: string; day: string },
  ending: 'csv' | 'xlsx' | 'pdf' | 'png' | 'svg',
): string {
  const plain = (text: string) =>
    text
      .normalize('NFKD')
      .replace(/[\u0300-\u036f’']/g, '')
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 80)
  return `${[plain(parts.trust), plain(parts.what), parts.day].filter(Boolean).join('-')}.${ending}`
}

const types = {
  csv: 'text/csv; charset=utf-8; header=present',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
}

/** Answers `?as=csv` or `?as=xlsx` with the table as a download; CSV is sent while it is made. */
export async function sendSheet(
  c: Context,
  sheet: Sheet,
  as: 'csv' | 'xlsx',
  named: { trust: string; what: string; day: string },
): Promise<Response> {
  c.header('Content-Type', types[as])
  c.header('Content-Disposition', `attachment; filename="${fileName(named, as)}"`)
  c.header('Cache-Control', 'no-store')
  if (as === 'xlsx') return c.body(new Uint8Array(await toXlsx(sheet)))
  const encoder = new TextEncoder()
  const encoded = (async function* () {
    for await (const part of toCsv(sheet)) yield encoder.encode(part)
  })()
  return c.body(
    Readable.toWeb(Readable.from(encoded)) as ReadableStream as unknown as globalThis.ReadableStream,
  )
}

/** What the address asks for: `?as=csv`. */
export const sheetAsked = (c: Context): 'csv' | 'xlsx' | undefined => {
  const as = c.req.query('as')
  return as === 'csv' || as === 'xlsx' ? as : undefined
}
