import readWorkbookFile from 'read-excel-file/node'
import yauzl from 'yauzl'
import { count } from '../../../../kernel/numbers.ts'
import { Refusal } from '../../../../kernel/refusal.ts'
import type { Workbench } from '../../../../platform/lake/duck.ts'
import { headingAt } from '../domain/heading.ts'
import { pouring } from './pour.ts'
import { mostColumns } from './read-csv.ts'

const megabyte = 1024 * 1024
const mostUnpacked = 300 * megabyte
const mostEntries = 5_000
const mostRatio = 200

export interface Package {
  readonly names: readonly string[]
  /** Cells that hold a formula. */
  readonly formulas: number
}

/**
 * Looks through a ZIP without trusting it: how many files, how large they truly are once unpacked, and how many formulas its sheets hold.
 * @throws Refusal for a bomb, a broken package, or one that is locked.
 */
export async function lookIntoPackage(path: string): Promise<Package> {
  const bomb = (why: string) =>
    new Refusal(
      `This workbook was not opened: ${why} Such files are made to bring a machine down. Save the sheet as a CSV file and upload that.`,
    )
  let zip: yauzl.ZipFile
  try {
    zip = await yauzl.openPromise(path, {
      lazyEntries: true,
      validateEntrySizes: true,
      strictFileNames: false,
    })
  } catch {
    throw new Refusal(
      'This workbook is broken: its package can’t be opened. Open it in Excel, save it again, and upload that.',
    )
  }
  const names: string[] = []
  let unpacked = 0
  let formulas = 0
  try {
    if (zip.entryCount > mostEntries) throw bomb(`it is a package of ${count(zip.entryCount, 'file')}.`)
    for await (const entry of zip.eachEntry()) {
      names.push(entry.fileName)
      if (entry.isEncrypted())
        throw new Refusal('This file is locked with a password. Take the password off and upload it again.')
      if (entry.uncompressedSize > mostUnpacked)
        throw bomb(
          `one part of it would unpack to ${Math.round(entry.uncompressedSize / megabyte).toLocaleString('en-GB')} MB.`,
        )
      if (entry.uncompressedSize > 10 * megabyte && entry.uncompressedSize > entry.compressedSize * mostRatio)
        throw bomb(
          `one part of it unpacks to ${Math.round(entry.uncompressedSize / Math.max(entry.compressedSize, 1)).toLocaleString('en-GB')} times its size.`,
        )
      unpacked += entry.uncompressedSize
      if (unpacked > mostUnpacked) throw bomb(`it would unpack to more than ${mostUnpacked / megabyte} MB.`)
      if (entry.fileName.endsWith('/')) continue
      const sheet = /^xl\/worksheets\/[^/]+\.xml$/.test(entry.fileName)
      const stream = await zip.openReadStreamPromise(entry)
      let tail = ''
      for await (const chunk of stream) {
        if (!sheet) continue
        const text = tail + (chunk as Buffer).toString('latin1')
        formulas += text.match(/<f[ >/]/g)?.length ?? 0
        tail = text.slice(-2)
      }
    }
  } catch (error) {
    if (error instanceof Refusal) throw error
    throw new Refusal(
      'This workbook is broken: a part of it can’t be unpacked. Open it in Excel, save it again, and upload that.',
    )
  } finally {
    zip.close()
  }
  return { names, formulas }
}

/** What a ZIP is, when it is not an Excel workbook. */
export function packageTrouble(names: readonly string[]): string | undefined {
  if (names.includes('xl/workbook.xml')) return undefined
  const other = 'Save it as an Excel workbook (.xlsx) or a CSV file and upload that.'
  if (names.some((name) => name.startsWith('xl/') && name.endsWith('.bin')))
    return `This is a binary Excel workbook (.xlsb). ${other}`
  if (names.some((name) => name.startsWith('word/'))) return `This is a Word document. ${other}`
  if (names.some((name) => name.startsWith('ppt/'))) return `This is a PowerPoint presentation. ${other}`
  if (names.includes('content.xml'))
    return `This is an OpenDocument file, from LibreOffice or OpenOffice. ${other}`
  if (names.some((name) => name.startsWith('Index/'))) return `This is a Numbers file, from a Mac. ${other}`
  const inside = names.filter((name) => !name.endsWith('/'))
  return `This is a compressed folder (ZIP) with ${count(inside.length, 'file')} in it. Unpack it and upload the file with the results.`
}

export interface LaidWorkbook {
  readonly headings: readonly string[]
  readonly headingRow?: number
  readonly sheet: string
  readonly sheets: readonly string[]
  readonly first: readonly (readonly string[])[]
  readonly notes: readonly string[]
  readonly width: number
}

const asText = (cell: unknown): string => {
  if (cell === null || cell === undefined) return ''
  if (cell instanceof Date) {
    const iso = cell.toISOString()
    return iso.endsWith('T00:00:00.000Z') ? iso.slice(0, 10) : iso.slice(0, 16).replace('T', ' ')
  }
  if (typeof cell === 'number') return String(Number(cell.toPrecision(15)))
  if (typeof cell === 'boolean') return cell ? 'TRUE' : 'FALSE'
  return String(cell)
}

/** Lays a workbook’s sheet out as view `file`, rows under the numbers that they have in Excel. The first sheet with a table is read, or the one named. */
export async function readWorkbook(
  bench: Workbench,
  path: string,
  { formulas }: Package,
  wanted?: string,
): Promise<LaidWorkbook> {
  let sheets: { sheet: string; data: unknown[][] }[]
  try {
    sheets = (await readWorkbookFile(path, { trim: false })) as never
  } catch {
    throw new Refusal(
      'This workbook can’t be read. Open it in Excel, save it again as an Excel workbook (.xlsx), and upload that.',
    )
  }
  const filled = sheets.filter(({ data }) =>
    data.some((row) => row.some((cell) => asText(cell).trim() !== '')),
  )
  const chosen =
    filled.find(({ sheet }) => sheet === wanted) ?? filled.find(({ data }) => data.length > 1) ?? filled[0]
  if (!chosen) throw new Refusal('The workbook is empty: none of its sheets has anything in it.')
  const rows = chosen.data.map((row) => row.map(asText))
  const heading = headingAt(rows.slice(0, 200))
  const before = heading === undefined ? 0 : heading + 1
  const width = Math.max(
    1,
    ...rows.slice(heading ?? 0).map((row) => row.findLastIndex((cell) => cell.trim() !== '') + 1),
  )
  if (width > mostColumns)
    throw new Refusal(
      `The sheet has ${width.toLocaleString('en-GB')} columns; Throughline reads up to ${mostColumns.toLocaleString('en-GB')}. Leave out those that hold no results and upload it again.`,
    )
  const names = Array.from({ length: width }, (_, at) => `c${at}`)
  const into = await pouring(bench, 'raw', {
    row: 'integer',
    cells: 'integer',
    ...Object.fromEntries(names.map((name) => [name, 'text' as const])),
  })
  for (const [at, row] of rows.entries()) {
    if (at < before || row.every((cell) => cell.trim() === '')) continue
    into.add([at + 1, width, ...names.map((_, column) => row[column] || null)])
  }
  into.end()
  await bench.run('create or replace temp view file as select * from raw')
  const notes: string[] = []
  if (filled.length > 1)
    notes.push(
      `The workbook has ${count(filled.length, 'sheet')} with something in them; “${chosen.sheet}” is read, the others are left alone.`,
    )
  if (formulas)
    notes.push(
      `${count(formulas, 'cell')} in the workbook ${formulas === 1 ? 'holds a formula' : 'hold formulas'}: the value that Excel last showed is read, nothing is worked out here.`,
    )
  return {
    headings: Array.from({ length: width }, (_, at) =>
      heading === undefined ? '' : (rows[heading]![at] ?? '').trim(),
    ),
    headingRow: heading === undefined ? undefined : heading + 1,
    sheet: chosen.sheet,
    sheets: filled.map(({ sheet }) => sheet),
    first: rows.slice(before, before + 200),
    width,
    notes,
  }
}
