import { unzipSync, zipSync } from 'fflate'
import { type Cleaned, cleanTable, cleanTransfer, leaves } from './clean-text.ts'
import { type RowIs, rowOfPupil, type Sought } from './row-of-pupil.ts'

export interface HowRead {
  readonly delimiter?: string
  /** Columns that hold the school’s own numbers of pupils. */
  readonly numbersAt?: readonly number[]
  /** Columns by which a row says who it is about. */
  readonly whoAt?: readonly number[]
  /** Rows of which a person said that they are about one of these pupils, though they call them otherwise. */
  readonly rowsAt?: readonly number[]
}

type Is = (cells: readonly string[], row?: number) => RowIs
type Parts = Record<string, Uint8Array>

const mostUnpacked = 300 * 1024 * 1024
const utf8 = new TextDecoder()
const bytesOf = (text: string) => new TextEncoder().encode(text)

/**
 * A file as it was sent, without the rows about these pupils: a delimited text, a workbook, a transfer file, or a package
 * of tables. Nothing else in it changes. @throws when it can’t be unpacked.
 */
export function withoutPupils(bytes: Uint8Array, pupils: readonly Sought[], how: HowRead = {}): Cleaned {
  const ask = pupils.map(rowOfPupil)
  const rowsAt = new Set(how.rowsAt)
  const called = new Set<string>()
  const callOf = (cells: readonly string[]) =>
    (how.whoAt ?? []).map((at) => cells[at]?.trim() ?? '').join('\n')
  const is: Is = (cells, row = 0) => {
    if (rowsAt.has(row) || (how.whoAt?.length && called.has(callOf(cells)))) return 'theirs'
    const said = ask.map((one) => one(cells, how.numbersAt))
    if (said.includes('theirs')) return 'theirs'
    return said.includes('could be theirs') ? 'could be theirs' : 'not theirs'
  }
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) return cleanPackage(bytes, is)
  const start = Buffer.from(bytes.subarray(0, 2000)).toString('latin1').replaceAll('\0', '')
  if (/<CTFile\b|<CTFpupilData\b|<Pupil>/.test(start) || /^\W*<\?xml/.test(start))
    return cleanTransfer(bytes, is)
  if (rowsAt.size > 0 && how.whoAt?.length)
    cleanTable(bytes, {
      delimiter: how.delimiter,
      is: (cells, row) => {
        if (rowsAt.has(row)) called.add(callOf(cells))
        return 'not theirs'
      },
    })
  return cleanTable(bytes, { delimiter: how.delimiter, is })
}

function cleanPackage(bytes: Uint8Array, is: Is): Cleaned {
  let unpacked = 0
  const parts = unzipSync(bytes, {
    filter: ({ originalSize }) => {
      unpacked += originalSize
      if (unpacked > mostUnpacked) throw new Error('The package unpacks to more than is read.')
      return true
    },
  })
  const { rows, unsure, changed } = parts['xl/workbook.xml']
    ? cleanWorkbook(parts, is)
    : cleanTables(parts, is)
  return rows === 0 ? { rows, unsure } : { rows, unsure, bytes: zipSync({ ...parts, ...changed }) }
}

interface CleanedParts {
  rows: number
  unsure: number
  readonly changed: Parts
}

const rowXml = /<row\b([^>]*?)(?:\/>|>([\s\S]*?)<\/row>)/g
const cellXml = /<c\b([^>]*?)(?:\/>|>([\s\S]*?)<\/c>)/g
const sharedXml = /<si\b[^>]*?(?:\/>|>[\s\S]*?<\/si>)/g

/** Rows of a workbook’s sheets are emptied; texts that only they used are emptied too. */
function cleanWorkbook(parts: Parts, is: Is): CleanedParts {
  const strings = parts['xl/sharedStrings.xml'] ? utf8.decode(parts['xl/sharedStrings.xml']) : ''
  const shared = [...strings.matchAll(sharedXml)].map(([element]) => leaves(element).join(''))
  const cleaned: CleanedParts = { rows: 0, unsure: 0, changed: {} }
  const used = new Set<number>()
  const cellsOf = (row: string, use: boolean) =>
    [...row.matchAll(cellXml)].map(([, about = '', inner = '']) => {
      const value = /<v>([\s\S]*?)<\/v>/.exec(inner)?.[1] ?? ''
      if (/\bt="s"/.test(about)) {
        if (use) used.add(Number(value))
        return shared[Number(value)] ?? ''
      }
      return value || leaves(inner).join('')
    })
  for (const [name, part] of Object.entries(parts)) {
    if (!/^xl\/worksheets\/[^/]+\.xml$/.test(name)) continue
    let here = 0
    const text = utf8.decode(part).replace(rowXml, (row, about: string, inner = '') => {
      const verdict = is(cellsOf(inner, false), Number(/\br="(\d+)"/.exec(about)?.[1] ?? 0))
      if (verdict === 'could be theirs') cleaned.unsure++
      if (verdict === 'theirs') {
        here++
        return `<row${about}/>`
      }
      cellsOf(inner, true)
      return row
    })
    if (here > 0) cleaned.changed[name] = bytesOf(text)
    cleaned.rows += here
  }
  if (cleaned.rows > 0 && strings) {
    let at = -1
    const left = strings.replace(sharedXml, (element) => (used.has(++at) ? element : '<si><t></t></si>'))
    cleaned.changed['xl/sharedStrings.xml'] = bytesOf(left)
  }
  return cleaned
}

const pointsAt = /^(user|student)sourcedid$/i

/** Tables of a package: rows that are the pupil’s, and rows that point at them by their id in the package. */
function cleanTables(parts: Parts, is: Is): CleanedParts {
  const cleaned: CleanedParts = { rows: 0, unsure: 0, changed: {} }
  const ids = new Set<string>()
  const clean = (name: string, own: (heading: readonly string[]) => Is) => {
    let row: Is | undefined
    const done = cleanTable(parts[name]!, {
      delimiter: ',',
      is: (cells) => {
        if (row) return row(cells)
        row = own(cells.map((cell) => cell.replace(/^\ufeff/, '').trim()))
        return is(cells)
      },
    })
    cleaned.rows += done.rows
    cleaned.unsure += done.unsure
    if (done.bytes) cleaned.changed[name] = done.bytes
  }
  const tables = Object.keys(parts).filter((name) => /\.(csv|txt)$/i.test(name))
  const users = tables.find((name) => /(^|\/)users\.csv$/i.test(name))
  if (users)
    clean(users, (heading) => {
      const id = heading.findIndex((one) => one.toLowerCase() === 'sourcedid')
      return (cells) => {
        const verdict = is(cells)
        if (verdict === 'theirs' && id >= 0) ids.add(cells[id]!)
        return verdict
      }
    })
  for (const name of tables)
    if (name !== users)
      clean(name, (heading) => {
        const at = heading.flatMap((one, place) =>
          pointsAt.test(one) || (/demographics/i.test(name) && /^sourcedid$/i.test(one)) ? [place] : [],
        )
        return (cells) => (at.some((place) => ids.has(cells[place] ?? '')) ? 'theirs' : is(cells))
      })
  return cleaned
}
