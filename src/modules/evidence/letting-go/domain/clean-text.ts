import { isUtf8 } from 'node:buffer'
import type { RowIs } from './row-of-pupil.ts'

/** What became of a file, or a part of one. */
export interface Cleaned {
  /** Rows or elements that were the pupil’s, and are blank or gone. */
  readonly rows: number
  /** Rows left because they could be a namesake’s. */
  readonly unsure: number
  /** The file without them; none when nothing was theirs. */
  readonly bytes?: Uint8Array
}

const windows = new TextDecoder('windows-1252')

/** Bytes as text that turns back into the same bytes, and how its cells are read. */
function opened(bytes: Uint8Array) {
  const [a, b] = bytes
  const utf16 = (a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff)
  if (utf16) {
    const even = Buffer.from(bytes.subarray(0, bytes.length & ~1))
    const text = (a === 0xfe ? even.swap16() : even).toString('utf16le')
    const back = (changed: string) => {
      const buffer = Buffer.from(changed, 'utf16le')
      return a === 0xfe ? buffer.swap16() : buffer
    }
    return { text, read: (cell: string) => cell, back }
  }
  const read = (cell: string) => {
    const raw = Buffer.from(cell, 'latin1')
    return isUtf8(raw) ? raw.toString('utf8') : windows.decode(raw)
  }
  return {
    text: Buffer.from(bytes).toString('latin1'),
    read,
    back: (changed: string) => Buffer.from(changed, 'latin1'),
  }
}

export interface TableRow {
  readonly start: number
  readonly end: number
  readonly cells: readonly string[]
}

const commonest = (line: string): string =>
  [',', ';', '\t', '|'].toSorted((one, other) => line.split(other).length - line.split(one).length)[0]!

/** The records of a delimited text: a quoted cell may hold line ends. `end` is before the line end. */
function* recordsOf(text: string, delimiter: string): Generator<TableRow> {
  let start = 0
  let cell = 0
  let cells: string[] = []
  let quoted = false
  const take = (to: number) => {
    const raw = text.slice(cell, to)
    const inner = /^\s*"([\s\S]*)"\s*$/.exec(raw)
    cells.push(inner ? inner[1]!.replaceAll('""', '"') : raw)
  }
  for (let at = 0; at <= text.length; at++) {
    const sign = text[at]
    if (sign === '"') {
      if (quoted || text.slice(cell, at).trim() === '') quoted = !quoted
      continue
    }
    if (at < text.length && (quoted || (sign !== delimiter && sign !== '\n' && sign !== '\r'))) continue
    take(at)
    cell = at + 1
    if (sign === delimiter && at < text.length) continue
    yield { start, end: at, cells }
    cells = []
    quoted = false
    if (sign === '\r' && text[at + 1] === '\n') at++
    start = at + 1
    cell = start
  }
}

export interface TableAsked {
  readonly delimiter?: string
  /** Said of each row’s cells, in turn, with its number from 1; the first row of a file may be its heading. */
  readonly is: (cells: readonly string[], row: number) => RowIs
}

/** A delimited text in which rows that are the pupil’s are blank: every other row keeps its number. */
export function cleanTable(bytes: Uint8Array, { delimiter: known, is }: TableAsked): Cleaned {
  const { text, read, back } = opened(bytes)
  const delimiter = known ?? commonest(text.slice(0, text.search(/[\r\n]|$/)))
  const pieces: string[] = []
  let rows = 0
  let unsure = 0
  let done = 0
  let number = 0
  for (const { start, end, cells } of recordsOf(text, delimiter)) {
    const verdict = is(cells.map(read), ++number)
    if (verdict === 'could be theirs') unsure++
    if (verdict !== 'theirs') continue
    rows++
    pieces.push(text.slice(done, start), delimiter.repeat(Math.max(0, cells.length - 1)))
    done = end
  }
  if (rows === 0) return { rows, unsure }
  pieces.push(text.slice(done))
  return { rows, unsure, bytes: back(pieces.join('')) }
}

const unescaped = (text: string): string =>
  text
    .replace(/&#x([0-9a-f]+);/gi, (_, code) => String.fromCodePoint(Number.parseInt(code, 16)))
    .replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)))
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', '’')
    .replaceAll('&amp;', '&')

/** The texts of an element’s leaves, as cells. */
export const leaves = (element: string): string[] =>
  [...element.matchAll(/>([^<]+)</g)].map(([, text]) => unescaped(text!).trim()).filter(Boolean)

/** A transfer file without the pupil’s element. */
export function cleanTransfer(bytes: Uint8Array, is: (cells: readonly string[]) => RowIs): Cleaned {
  const { text, read, back } = opened(bytes)
  let rows = 0
  let unsure = 0
  const left = text.replace(/<Pupil>[\s\S]*?<\/Pupil>/g, (element) => {
    const verdict = is(leaves(read(element)))
    if (verdict === 'could be theirs') unsure++
    if (verdict !== 'theirs') return element
    rows++
    return ''
  })
  return rows === 0 ? { rows, unsure } : { rows, unsure, bytes: back(left) }
}
