import { isAscii, isUtf8 } from 'node:buffer'
import { createReadStream } from 'node:fs'

/** What one pass over the bytes tells. */
export interface Survey {
  readonly bytes: number
  readonly utf8: boolean
  readonly ascii: boolean
  readonly bom: boolean
  readonly nuls: number
  /** Line on which the first zero byte stands. */
  readonly firstNul: number
  readonly lines: number
  readonly endsWithLine: boolean
  readonly quotes: boolean
  readonly blankLines: boolean
  readonly loneReturns: boolean
}

const newline = 10
const carriage = 13

/** Counts what is in a text file, in one pass, with a buffer of one megabyte. */
export async function survey(path: string): Promise<Survey> {
  let bytes = 0
  let utf8 = true
  let high = false
  let bom = false
  let nuls = 0
  let firstNul = 0
  let lines = 0
  let quotes = false
  let blankLines = false
  let loneReturns = false
  let lineLength = 0
  let last = newline
  let rest: Buffer = Buffer.alloc(0)
  for await (const part of createReadStream(path, { highWaterMark: 1 << 20 })) {
    const chunk = part as Buffer
    if (bytes === 0) bom = chunk[0] === 0xef && chunk[1] === 0xbb && chunk[2] === 0xbf
    bytes += chunk.length
    if (utf8) {
      const whole = rest.length ? Buffer.concat([rest, chunk]) : chunk
      const end = endOfWhole(whole)
      utf8 = isUtf8(whole.subarray(0, end))
      rest = Buffer.from(whole.subarray(end))
    }
    if (!isAscii(chunk)) high = true
    if (!quotes) quotes = chunk.includes(34)
    for (let at = chunk.indexOf(0); at !== -1; at = chunk.indexOf(0, at + 1))
      if (nuls++ === 0) firstNul = lines + 1 + newlinesIn(chunk.subarray(0, at))
    const returns = chunk.includes(carriage)
    if (last === carriage && chunk[0] !== newline) loneReturns = true
    for (
      let at = chunk.indexOf(newline), before = -1;
      at !== -1;
      before = at, at = chunk.indexOf(newline, at + 1)
    ) {
      lines++
      if (blankLines) continue
      const length = before === -1 ? lineLength + at : at - before - 1
      const ending = at > 0 ? chunk[at - 1] : last
      if (length === 0 || (length === 1 && ending === carriage)) blankLines = true
    }
    if (returns && !loneReturns) loneReturns = hasLoneReturn(chunk)
    const lastLine = chunk.lastIndexOf(newline)
    lineLength = lastLine === -1 ? lineLength + chunk.length : chunk.length - lastLine - 1
    last = chunk[chunk.length - 1]!
  }
  if (last === carriage) loneReturns = true
  const endsWithLine = last === newline
  if (!endsWithLine) lines++
  return {
    bytes,
    utf8: utf8 && rest.length === 0,
    ascii: !high,
    bom,
    nuls,
    firstNul,
    lines,
    endsWithLine,
    quotes,
    blankLines,
    loneReturns,
  }
}

/** Where the last whole UTF-8 character ends: a chunk may cut one in two. */
function endOfWhole(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back]!
    if ((byte & 0xc0) === 0x80) continue
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1
    return length > back ? bytes.length - back : bytes.length
  }
  return bytes.length
}

/** A carriage return that no line feed follows; one at the very end of the chunk is the next chunk’s to judge. */
function hasLoneReturn(chunk: Buffer): boolean {
  for (
    let at = chunk.indexOf(carriage);
    at !== -1 && at + 1 < chunk.length;
    at = chunk.indexOf(carriage, at + 1)
  )
    if (chunk[at + 1] !== newline) return true
  return false
}

function newlinesIn(part: Buffer): number {
  let many = 0
  for (let at = part.indexOf(newline); at !== -1; at = part.indexOf(newline, at + 1)) many++
  return many
}
