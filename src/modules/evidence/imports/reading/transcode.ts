import { isAscii, isUtf8 } from 'node:buffer'
import { createReadStream, createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252' | 'mixed'

export const encodingNames: Record<Encoding, string> = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16',
  'utf-16be': 'UTF-16',
  'windows-1252': 'Windows text (1252)',
  mixed: 'a mixture of UTF-8 and Windows text (1252)',
}

export interface Transcoded {
  readonly encoding: Encoding
  /** Line of the first Windows character in a file that is otherwise UTF-8. */
  readonly firstOdd?: number
}

const windows = new TextDecoder('windows-1252')

/** Writes a file again as UTF-8 without zero bytes, line by line where the encodings are mixed. Memory stays flat. */
export async function transcode(
  from: string,
  to: string,
  utf16: 'le' | 'be' | undefined,
): Promise<Transcoded> {
  if (utf16) {
    await pipeline(
      createReadStream(from),
      (source) => decoded(source, `utf-16${utf16}`),
      createWriteStream(to),
    )
    return { encoding: `utf-16${utf16}` }
  }
  let utf8Lines = 0
  let windowsLines = 0
  let line = 0
  let firstOdd = 0
  const convert = async function* (source: AsyncIterable<Buffer>) {
    for await (const block of wholeLines(source)) {
      if (isAscii(block)) {
        line += count(block)
        yield block
        continue
      }
      const out: (string | Uint8Array)[] = []
      let start = 0
      while (start < block.length) {
        const found = block.indexOf(10, start)
        const end = found === -1 ? block.length : found + 1
        const one = block.subarray(start, end)
        line++
        if (isAscii(one)) out.push(one)
        else if (isUtf8(one)) {
          utf8Lines++
          out.push(one)
        } else {
          windowsLines++
          firstOdd ||= line
          out.push(windows.decode(one))
        }
        start = end
      }
      yield Buffer.concat(out.map((piece) => (typeof piece === 'string' ? Buffer.from(piece) : piece)))
    }
  }
  await pipeline(createReadStream(from, { highWaterMark: 1 << 20 }), convert, dropNuls, createWriteStream(to))
  if (windowsLines === 0) return { encoding: 'utf-8' }
  return utf8Lines === 0 ? { encoding: 'windows-1252' } : { encoding: 'mixed', firstOdd }
}

async function* decoded(source: AsyncIterable<Buffer>, encoding: string) {
  const decoder = new TextDecoder(encoding)
  for await (const chunk of source) yield decoder.decode(chunk, { stream: true }).replaceAll('\0', '')
  yield decoder.decode()
}

async function* dropNuls(source: AsyncIterable<Buffer>) {
  for await (const chunk of source)
    yield chunk.includes(0) ? Buffer.from(chunk.filter((byte) => byte !== 0)) : chunk
}

const longestBlock = 8 << 20

async function* wholeLines(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let rest: Buffer = Buffer.alloc(0)
  for await (const chunk of source) {
    const block = rest.length ? Buffer.concat([rest, chunk]) : chunk
    const end = block.lastIndexOf(10) + 1
    if (end === 0 && block.length < longestBlock) {
      rest = block
      continue
    }
    const cut = end || block.length
    yield block.subarray(0, cut)
    rest = Buffer.from(block.subarray(cut))
  }
  if (rest.length) yield rest
}

function count(block: Buffer): number {
  let lines = 0
  for (let at = block.indexOf(10); at !== -1; at = block.indexOf(10, at + 1)) lines++
  return lines
}
