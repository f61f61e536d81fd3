import { isUtf8 } from 'node:buffer'
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
  readonly longestLine: number
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
  let longestLine = 0
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
    for (let at = 0; at < chunk.length; at++) {
      const byte = chunk[at]!
      if (byte === newline) {
        if (lineLength === 0 || (lineLength === 1 && last === carriage)) blankLines = true
        if (lineLength > longestLine) longestLine = lineLength
        lines++
        lineLength = 0
      } else {
        if (last === carriage) loneReturns = true
        lineLength++
        if (byte > 127) high = true
        else if (byte === 0) {
          if (nuls++ === 0) firstNul = lines + 1
        } else if (byte === 34) quotes = true
      }
      last = byte
    }
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
    longestLine: Math.max(longestLine, lineLength),
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
