import { open, stat } from 'node:fs/promises'
import { looksUtf16 } from '../domain/file-kind.ts'
import { zipNames } from './zip.ts'

/** A file before it is read: where it lies and what its first bytes tell. */
export interface Seen {
  readonly path: string
  readonly bytes: number
  /** The first 64 KB as text, without a byte-order mark; empty for a ZIP. */
  readonly start: string
  /** Names inside a ZIP; none for anything else, or for a ZIP whose list can’t be read. */
  readonly names: readonly string[]
}

const headBytes = 64 * 1024

export async function lookAt(path: string): Promise<Seen> {
  const { size } = await stat(path)
  const file = await open(path)
  try {
    const buffer = Buffer.alloc(Math.min(headBytes, size))
    const { bytesRead } = await file.read(buffer, 0, buffer.length, 0)
    const head = buffer.subarray(0, bytesRead)
    const zip = head[0] === 0x50 && head[1] === 0x4b && head[2] === 3 && head[3] === 4
    return {
      path,
      bytes: size,
      start: zip ? '' : startOf(head),
      names: zip ? await zipNames(path) : [],
    }
  } finally {
    await file.close()
  }
}

function startOf(head: Buffer): string {
  const utf16 = looksUtf16(head)
  const text =
    utf16 === 'be'
      ? Buffer.from(head.subarray(0, head.length & ~1))
          .swap16()
          .toString('utf16le')
      : head.toString(utf16 ? 'utf16le' : 'utf8')
  return text.replace(/^\ufeff/, '')
}
