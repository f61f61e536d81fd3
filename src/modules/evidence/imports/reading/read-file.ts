import { randomUUID } from 'node:crypto'
import { open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { count, whole } from '../../../../kernel/numbers.ts'
import { Refusal } from '../../../../kernel/refusal.ts'
import type { Workbench } from '../../../../platform/lake/duck.ts'
import { fileKind, looksUtf16 } from '../domain/file-kind.ts'
import { columnLetter, looksLikeFormula, looksLikeScript } from '../domain/letters.ts'
import { supplierOf } from '../domain/supplier-sheet.ts'
import type { FileColumn, Reading } from '../domain/words.ts'
import { importerOf } from '../formats/catalogue.ts'
import { lookAt } from '../formats/look.ts'
import { layResults } from './lay-results-table.ts'
import { type Laid, readCsv } from './read-csv.ts'
import { type LaidWorkbook, lookIntoPackage, packageTrouble, readWorkbook } from './read-workbook.ts'
import { survey } from './survey.ts'
import { encodingNames, transcode } from './transcode.ts'

export interface ReadingWishes {
  /** A sheet of the workbook, by its name. */
  readonly sheet?: string
  /** Where a file may be written out again as UTF-8. */
  readonly scratch?: string
}

/**
 * Reads a raw file, whatever its name says, into the bench’s view `file(row, cells, c0, c1 …)`.
 * `row` is the file’s own number, counting the heading as row 1. @throws Refusal with what is wrong and what to do.
 */
export async function readFile(bench: Workbench, path: string, wishes: ReadingWishes = {}): Promise<Reading> {
  const seen = await lookAt(path)
  const importer = importerOf(seen)
  if (importer) {
    const laid = await layResults(bench, importer, seen)
    return finish(bench, laid, { kind: 'csv', encoding: laid.says }, [...laid.notes])
  }
  const head = await firstBytes(path)
  const kind = fileKind(head)
  if (kind.kind === 'refused') throw new Refusal(kind.why)
  return kind.kind === 'zip' ? readPackage(bench, path, wishes) : readText(bench, path, head, wishes)
}

async function readPackage(bench: Workbench, path: string, wishes: ReadingWishes): Promise<Reading> {
  const found = await lookIntoPackage(path)
  const trouble = packageTrouble(found.names)
  if (trouble) throw new Refusal(trouble)
  const laid = await readWorkbook(bench, path, found, wishes.sheet)
  return finish(
    bench,
    laid,
    { kind: 'xlsx', encoding: 'Excel workbook', sheet: laid.sheet, sheets: laid.sheets },
    [...laid.notes],
  )
}

async function readText(
  bench: Workbench,
  path: string,
  head: Uint8Array,
  { scratch = tmpdir() }: ReadingWishes,
): Promise<Reading> {
  const notes: string[] = []
  const utf16 = looksUtf16(head)
  let found = await survey(path)
  if (!utf16 && found.nuls > found.bytes / 10)
    throw new Refusal(
      'This is not a table: much of it is zero bytes, as in a file that broke while it was copied. Export it again.',
    )
  let encoding = encodingNames['utf-8']
  let text = path
  const written = join(scratch, `${randomUUID()}.txt`)
  try {
    if (utf16 || !found.utf8 || found.nuls) {
      if (found.nuls && !utf16)
        notes.push(
          `The file holds ${count(found.nuls, 'zero byte')}, the first in line ${whole(found.firstNul)}. They mean nothing and were left out; look whether the cells beside them are whole.`,
        )
      const made = await transcode(path, written, utf16)
      text = written
      encoding = encodingNames[made.encoding]
      if (made.encoding === 'mixed')
        notes.push(
          `The file mixes two encodings: most is UTF-8, but from line ${whole(made.firstOdd!)} some lines are Windows text. Each line was read as what it is; look at names with accents.`,
        )
      found = await survey(text)
    }
    const laid = await readCsv(bench, text, found)
    return await finish(bench, laid, { kind: 'csv', encoding, delimiter: laid.delimiter }, notes)
  } finally {
    await rm(written, { force: true })
  }
}

async function finish(
  bench: Workbench,
  laid: Laid | LaidWorkbook,
  how: Pick<Reading, 'kind' | 'encoding' | 'delimiter' | 'sheet' | 'sheets'>,
  notes: string[],
): Promise<Reading> {
  const width = laid.headings.length
  const counts = Array.from({ length: width }, (_, at) => `count(c${at})::integer as f${at}`).join(', ')
  const [totals] = await bench.rows<Record<string, number>>(
    `select count(*)::integer as many, ${counts} from file`,
  )
  const rows = totals!.many!
  if (rows === 0)
    throw new Refusal(
      laid.headingRow === undefined
        ? 'The file is empty: there is nothing in it but blank lines. Export it again and look inside before you send it.'
        : 'The file has a heading and no rows under it. Export it again, with the pupils in it.',
    )
  if (laid.headingRow === undefined)
    notes.push(
      'The file has no heading: its first row reads like data, so the columns go by their letters. Say what each one is.',
    )
  else if (laid.headingRow > 1)
    notes.push(
      `The heading is in row ${laid.headingRow}; the ${count(laid.headingRow - 1, 'row')} above it ${laid.headingRow === 2 ? 'is' : 'are'} left alone.`,
    )
  const columns: FileColumn[] = laid.headings.map((heading, index) => ({
    index,
    letter: columnLetter(index),
    heading: heading || `Column ${columnLetter(index)}`,
    examples: examplesOf(laid.first, index),
    filled: totals![`f${index}`]!,
  }))
  const supplier = supplierOf(laid.headings)
  if (supplier)
    notes.unshift(
      `It reads like ${supplier}: its columns are matched as that system writes them. Look at them once; they are remembered.`,
    )
  const cells = laid.first.flat()
  if (cells.some(looksLikeFormula))
    notes.push('Some cells begin like a formula. They are kept as text and never worked out.')
  if (cells.some(looksLikeScript))
    notes.push('Some cells hold what looks like program text. It is kept as text and never run.')
  if (width > 200)
    notes.push(`The file has ${count(width, 'column')}. Those that are not recognised are left out.`)
  return { ...how, headingRow: laid.headingRow, rows, width: laid.width, columns, notes }
}

function examplesOf(rows: readonly (readonly string[])[], index: number): string[] {
  const seen = new Set<string>()
  for (const row of rows) {
    const cell = row[index]?.trim()
    if (cell) seen.add(cell.length > 40 ? `${cell.slice(0, 39)}…` : cell)
    if (seen.size === 3) break
  }
  return [...seen]
}

async function firstBytes(path: string): Promise<Uint8Array> {
  const file = await open(path)
  try {
    const buffer = Buffer.alloc(64 * 1024)
    const { bytesRead } = await file.read(buffer, 0, buffer.length, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}
