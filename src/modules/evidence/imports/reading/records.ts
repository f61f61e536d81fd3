import { createReadStream } from 'node:fs'
import { CsvError, type Options, parse } from 'csv-parse'
import { Refusal } from '../../../../kernel/refusal.ts'

export type Delimiter = ',' | ';' | '\t' | '|'
export const delimiters: readonly Delimiter[] = [',', ';', '\t', '|']

const options = (delimiter: Delimiter): Options => ({
  delimiter,
  bom: true,
  relax_quotes: true,
  relax_column_count: true,
  skip_empty_lines: false,
  max_record_size: 4_000_000,
})

/**
 * Every record of a text file with its own number, from 1, however many lines it takes. Blank lines count, as in a spreadsheet.
 * @throws Refusal for a quotation mark that is never closed.
 */
export async function* records(path: string, delimiter: Delimiter, most?: number): AsyncGenerator<string[]> {
  const parser = parse({ ...options(delimiter), ...(most ? { to: most } : {}) })
  const source = createReadStream(path)
  source.on('error', (error) => parser.destroy(error))
  source.pipe(parser)
  let row = 0
  try {
    for await (const record of parser) {
      row++
      yield record as string[]
    }
  } catch (error) {
    if (error instanceof CsvError) throw new Refusal(trouble(error, row + 1))
    throw error
  } finally {
    source.destroy()
    parser.destroy()
  }
}

const trouble = (error: CsvError, row: number) =>
  error.code === 'CSV_QUOTE_NOT_CLOSED' || error.code === 'CSV_MAX_RECORD_SIZE'
    ? `Row ${row} opens a quotation mark (") that is never closed, so everything after it reads as one cell. Close it, or take it out, and upload the file again.`
    : `The file can’t be read from row ${row} on: ${error.message.replace(/\.$/, '')}.`

/** The first records under each delimiter; the one that makes the steadiest table of more than one column wins. */
export async function sample(path: string, most = 200): Promise<{ delimiter: Delimiter; rows: string[][] }> {
  let best: { delimiter: Delimiter; rows: string[][]; score: number } | undefined
  let closed: Refusal | undefined
  for (const delimiter of delimiters) {
    const rows: string[][] = []
    try {
      for await (const record of records(path, delimiter, most)) rows.push(record)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      closed ??= error
      if (rows.length < 2) continue
    }
    const score = steadiness(rows)
    if (!best || score > best.score) best = { delimiter, rows, score }
  }
  if (!best) throw closed!
  return best
}

/** Share of rows that have the commonest number of cells, weighed by that number: one column scores nothing. */
function steadiness(rows: readonly (readonly string[])[]): number {
  const widths = new Map<number, number>()
  for (const row of rows) if (row.length > 1) widths.set(row.length, (widths.get(row.length) ?? 0) + 1)
  const [width, times] = [...widths].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0] ?? [1, 0]
  return rows.length ? (times / rows.length) * Math.log2(width + 1) : 0
}
