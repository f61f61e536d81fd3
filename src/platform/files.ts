import { createHash, randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { Refusal } from '../kernel/refusal.ts'
import { enoughRoom, flush, orDiskFull } from './disk.ts'

/** Raw files as they came, by what is in them: the same file twice is kept once, and never changes. */
export interface Files {
  readonly folder: string
  /** Streams it in, never whole in memory. @throws Refusal when larger than `limit` bytes, DiskFull. */
  readonly keep: (source: Readable | Uint8Array, limit?: number) => Promise<KeptFile>
  readonly path: (sha256: string) => string
  readonly has: (sha256: string) => boolean
  /** Takes a file off the disk for good; one that is gone already is passed over. */
  readonly remove: (sha256: string) => Promise<void>
}

export interface KeptFile {
  readonly sha256: string
  readonly bytes: number
}

const megabyte = 1024 * 1024
const lookAgainEvery = 16 * megabyte

export class TooLarge extends Refusal {
  constructor(limit: number) {
    super(
      `That file is larger than ${Math.floor(limit / megabyte)} MB, the most that can be sent at once. Nothing was kept. Split it, for example by year group, and send the parts.`,
    )
  }
}

/** Opens the store of raw files, and clears away what a stopped process left half written. */
export async function openFiles({
  folder,
  limit,
  keepFree = 0,
}: {
  folder: string
  limit: number
  keepFree?: number
}): Promise<Files> {
  const asideFolder = join(folder, 'aside')
  await mkdir(asideFolder, { recursive: true })
  for (const left of await readdir(asideFolder)) await rm(join(asideFolder, left), { force: true })

  const path = (sha256: string) => {
    if (!/^[0-9a-f]{64}$/.test(sha256))
      throw new Error('A kept file is named by its SHA-256, 64 hexadecimal digits.')
    return join(folder, sha256.slice(0, 2), sha256)
  }

  const keep = async (source: Readable | Uint8Array, most = limit): Promise<KeptFile> => {
    const aside = join(asideFolder, randomUUID())
    const hash = createHash('sha256')
    let bytes = 0
    let look = 0
    // A source that breaks before we come to read it is found broken when we do.
    if (source instanceof Readable) source.on('error', () => {})
    try {
      await enoughRoom(folder, keepFree)
      const file = await open(aside, 'wx', 0o600)
      try {
        for await (const part of source instanceof Uint8Array ? [source] : source) {
          const chunk = part as Uint8Array
          bytes += chunk.byteLength
          if (bytes > most) throw new TooLarge(most)
          look += chunk.byteLength
          if (look > lookAgainEvery) {
            look = 0
            await enoughRoom(folder, keepFree)
          }
          hash.update(chunk)
          await file.writeFile(chunk)
        }
        await file.sync()
      } finally {
        await file.close()
      }
      const sha256 = hash.digest('hex')
      const kept = path(sha256)
      await mkdir(dirname(kept), { recursive: true })
      await rename(aside, kept)
      await flush(dirname(kept))
      await flush(folder)
      return { sha256, bytes }
    } catch (error) {
      if (source instanceof Readable) source.destroy()
      await rm(aside, { force: true })
      throw orDiskFull(error)
    }
  }

  const remove = async (sha256: string): Promise<void> => {
    await rm(path(sha256), { force: true })
    if (existsSync(dirname(path(sha256)))) await flush(dirname(path(sha256)))
  }

  return { folder, keep, path, remove, has: (sha256) => existsSync(path(sha256)) }
}
