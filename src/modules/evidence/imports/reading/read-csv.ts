import { Refusal } from '../../../../kernel/refusal.ts'
import { literal, type Workbench } from '../../../../platform/lake/duck.ts'
import { headingAt } from '../domain/heading.ts'
import { pouring } from './pour.ts'
import { type Delimiter, records, sample } from './records.ts'
import type { Survey } from './survey.ts'

/** A table on the bench: view `file(row, cells, c0, c1 …)`, rows under the file’s own numbers, blank rows left out. */
export interface Laid {
  readonly headings: readonly string[]
  readonly headingRow?: number
  readonly delimiter: Delimiter
  readonly first: readonly (readonly string[])[]
  readonly width: number
}

export const mostColumns = 1_000
const mostRows = 20_000_000

/** Lays a UTF-8 text file out as a table. A clean file is read by DuckDB at full speed, any other record by record. */
export async function readCsv(bench: Workbench, path: string, found: Survey): Promise<Laid> {
  const { delimiter, rows } = await sample(path)
  const heading = headingAt(rows)
  const headings = heading === undefined ? [] : withoutTail(rows[heading]!.map((cell) => cell.trim()))
  const usual = usualWidth(heading === undefined ? rows : rows.slice(heading + 1), headings.length)
  if (usual > mostColumns)
    throw new Refusal(
      `The file has ${usual.toLocaleString('en-GB')} columns; Throughline reads up to ${mostColumns.toLocaleString('en-GB')}. Leave out those that hold no results and upload it again.`,
    )
  const before = heading === undefined ? 0 : heading + 1
  const widest = Math.max(usual, ...rows.slice(before).map((row) => row.length))
  const simple =
    found.nuls === 0 &&
    !found.blankLines &&
    !found.loneReturns &&
    widest === usual &&
    !rows.slice(0, before).some((row) => row.some((cell) => cell.includes('\n')))
  const laid = simple && (await layFast(bench, path, delimiter, usual, before, found))
  const width = laid ? usual : await laySlow(bench, path, delimiter, before, usual)
  const names = Array.from({ length: width }, (_, at) => `c${at}`)
  const [blank] = await bench.rows<{ any: boolean }>(
    `select exists (select 1 from raw where ${names.map((name) => `${name} is null`).join(' and ')}) as "any"`,
  )
  const filled = blank!.any ? `where ${names.map((name) => `${name} is not null`).join(' or ')}` : ''
  await bench.run(
    laid
      ? `create or replace temp view file as select (rowid + ${before + 1})::integer as "row", ${usual}::integer as cells, ${names.join(', ')} from raw ${filled}`
      : `create or replace temp view file as select "row", cells, ${names.join(', ')} from raw ${filled}`,
  )
  return {
    headings: Array.from({ length: width }, (_, at) => headings[at] ?? ''),
    headingRow: heading === undefined ? undefined : heading + 1,
    delimiter,
    first: rows.slice(before),
    width: usual,
  }
}

const withoutTail = (cells: readonly string[]) =>
  cells.slice(0, cells.findLastIndex((cell) => cell !== '') + 1)

/** Cells of most rows, when most rows agree; else of the heading. */
function usualWidth(rows: readonly (readonly string[])[], heading: number): number {
  const widths = new Map<number, number>()
  for (const row of rows) widths.set(row.length, (widths.get(row.length) ?? 0) + 1)
  const [width, times] = [...widths].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0] ?? [1, 0]
  return times * 2 > rows.length || heading === 0 ? Math.max(width, heading) : heading
}

/** False when DuckDB finds a row that does not fit, or when its rows are not the file’s lines: then numbers would not be true. */
async function layFast(
  bench: Workbench,
  path: string,
  delimiter: Delimiter,
  width: number,
  skip: number,
  found: Survey,
): Promise<boolean> {
  const columns = Array.from({ length: width }, (_, at) => `c${at}: 'VARCHAR'`).join(', ')
  try {
    await bench.run(`create or replace temp table raw as select * from read_csv(${literal(path)}, auto_detect = false, header = false, skip = ${skip},
      delim = ${literal(delimiter)}, quote = '"', escape = '"', columns = {${columns}}, strict_mode = true, max_line_size = 4000000)`)
  } catch {
    return false
  }
  const [{ many } = { many: -1 }] = await bench.rows<{ many: number }>('select count(*) as many from raw')
  return many === found.lines - skip
}

async function laySlow(
  bench: Workbench,
  path: string,
  delimiter: Delimiter,
  skip: number,
  least: number,
): Promise<number> {
  let width = least
  let row = 0
  for await (const record of records(path, delimiter)) {
    if (++row > skip && record.length > width && !isBlank(record)) width = record.length
    if (width > mostColumns)
      throw new Refusal(
        `Row ${row} has ${record.length.toLocaleString('en-GB')} cells; Throughline reads up to ${mostColumns.toLocaleString('en-GB')} columns. Look at that row and upload the file again.`,
      )
    if (row > mostRows)
      throw new Refusal('The file has more than 20 million rows. Split it and upload the parts.')
  }
  const into = await pouring(bench, 'raw', {
    row: 'integer',
    cells: 'integer',
    ...Object.fromEntries(Array.from({ length: width }, (_, at) => [`c${at}`, 'text' as const])),
  })
  row = 0
  for await (const record of records(path, delimiter)) {
    if (++row <= skip || isBlank(record)) continue
    into.add([row, record.length, ...Array.from({ length: width }, (_, at) => record[at] || null)])
  }
  into.end()
  return width
}

const isBlank = (record: readonly string[]) => record.every((cell) => cell.trim() === '')
