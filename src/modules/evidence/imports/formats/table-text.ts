import { isUtf8 } from 'node:buffer'
import { CsvError, parse } from 'csv-parse/sync'
import { whole } from '../../../../kernel/numbers.ts'
import { Refusal } from '../../../../kernel/refusal.ts'
import { looksUtf16 } from '../domain/file-kind.ts'

/** A table of a known format: cells by their heading, each row under the number that a spreadsheet gives it. */
export interface TextTable {
  readonly headings: readonly string[]
  readonly rows: readonly TextRow[]
}

export interface TextRow {
  readonly row: number
  /** Cells that the row truly has: more or fewer than headings when it is ragged. */
  readonly cells: number
  /** The cell under a heading, trimmed; empty where the file has no such heading or the row no such cell. */
  readonly of: (heading: string) => string
}

/** UTF-8, UTF-16 or Windows text. */
export function textOf(bytes: Buffer): string {
  const utf16 = looksUtf16(bytes)
  const text = utf16
    ? new TextDecoder(utf16 === 'le' ? 'utf-16le' : 'utf-16be').decode(bytes)
    : new TextDecoder(isUtf8(bytes) ? 'utf-8' : 'windows-1252').decode(bytes)
  return text.replace(/^\ufeff/, '')
}

/** All classes of a trust of forty thousand pupils make some 600,000 lines. */
const mostRows = 1_000_000

const key = (heading: string) => heading.trim().toLowerCase()

/**
 * Reads a CSV whose headings are known, by name and in any order; case and spaces around them don’t count. Only the wanted
 * columns are held, so that a national file of 140 columns fits in memory. @throws Refusal
 */
export function readTable(bytes: Buffer, part: string, wanted: readonly string[]): TextTable {
  const keys = new Set(wanted.map(key))
  let headings: string[] | undefined
  const places = new Map<string, number>()
  const kept: number[] = []
  const rows: TextRow[] = []
  let row = 0
  const take = (record: string[]): null => {
    row++
    if (!headings) {
      headings = record.map((heading) => heading.trim())
      headings.forEach((heading, at) => {
        if (keys.has(key(heading)) && !places.has(key(heading))) places.set(key(heading), kept.push(at) - 1)
      })
    } else if (record.some((cell) => cell.trim() !== '')) {
      if (rows.length === mostRows)
        throw new Refusal(
          `${part} has more than ${whole(mostRows)} rows, more than can be read at once. Export it in parts: one school, or one year, at a time.`,
        )
      const held = kept.map((at) => record[at]?.trim() ?? '')
      rows.push({ row, cells: record.length, of: (heading) => held[places.get(key(heading)) ?? -1] ?? '' })
    }
    return null
  }
  try {
    parse(textOf(bytes), {
      relax_quotes: true,
      relax_column_count: true,
      max_record_size: 1_000_000,
      on_record: take,
    })
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    throw new Refusal(
      `${part} can’t be read from row ${row + 1} on: a quotation mark (") there is never closed, so everything after it reads as one cell. Export it again.`,
    )
  }
  if (!headings || headings.every((heading) => heading === ''))
    throw new Refusal(`${part} is empty: it has not even a heading. Export it again.`)
  return { headings, rows }
}
