import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import { extract, pack } from 'tar-stream'
import { Refusal } from '../../kernel/refusal.ts'
import { flush, orDiskFull } from '../disk.ts'

/** A file inside a backup. */
export interface Entry {
  readonly path: string
  readonly bytes: number
  readonly sha256: string
}

export interface ArchiveWriter {
  /** `source` must give exactly `bytes` bytes. */
  readonly add: (path: string, bytes: number, source: AsyncIterable<Uint8Array>) => Promise<Entry>
}

/** Writes a `.tar.gz` aside, flushes it and only then gives it its name. @throws DiskFull */
export async function writeArchive(
  file: string,
  fill: (archive: ArchiveWriter) => Promise<void>,
): Promise<void> {
  const aside = `${file}.part`
  const tar = pack()
  const output = createWriteStream(aside, { mode: 0o600, flush: true })
  const written = pipeline(tar, createGzip({ level: 1 }), output)
  written.catch((error) => tar.destroy(error as Error))
  const add: ArchiveWriter['add'] = (path, bytes, source) =>
    new Promise((resolve, reject) => {
      const hash = createHash('sha256')
      const entry = tar.entry({ name: path, size: bytes, mode: 0o600, mtime: new Date(0) }, (error) =>
        error ? reject(error) : resolve({ path, bytes, sha256: hash.digest('hex') }),
      )
      written.catch(reject)
      void (async () => {
        for await (const chunk of source) {
          hash.update(chunk)
          if (!entry.write(Buffer.from(chunk)))
            await new Promise<void>((drained) => entry.once('drain', () => drained()))
        }
        entry.end(undefined)
      })().catch((error) => {
        entry.destroy(error)
        reject(error)
      })
    })
  try {
    await fill({ add })
    tar.finalize()
    await written
    await rename(aside, file)
    await flush(dirname(file))
  } catch (error) {
    tar.destroy()
    await written.catch(() => {})
    await rm(aside, { force: true })
    throw orDiskFull(error)
  }
}

export interface Reading {
  readonly path: string
  readonly content: AsyncIterable<Uint8Array>
}

/** Reads a backup from its beginning; what is not taken of an entry is passed over. The answer is what was there. @throws Refusal when it is damaged. */
export async function readArchive(file: string, take: (entry: Reading) => Promise<void>): Promise<Entry[]> {
  const entries: Entry[] = []
  const tar = extract()
  const source = createReadStream(file)
  const fed = pipeline(source, createGunzip(), tar)
  // A stream that breaks in the middle of an entry leaves that entry waiting for ever: whoever reads must hear of it here.
  const broken = new Promise<never>((_, reject) => fed.catch(reject))
  broken.catch(() => {})
  const readAll = async () => {
    for await (const entry of tar) {
      if (entry.header.type !== 'file')
        throw new Refusal(`${file} holds something that is not a file: ${entry.header.name}.`)
      const hash = createHash('sha256')
      let bytes = 0
      const content = (async function* () {
        for await (const chunk of entry as AsyncIterable<Uint8Array>) {
          hash.update(chunk)
          bytes += chunk.length
          yield chunk
        }
      })()
      await take({ path: entry.header.name, content })
      while (!(await content.next()).done);
      entries.push({ path: entry.header.name, bytes, sha256: hash.digest('hex') })
    }
    await fed
  }
  try {
    await probe(file)
    const reading = readAll()
    reading.catch(() => {})
    await Promise.race([reading, broken])
    return entries
  } catch (error) {
    source.destroy()
    if (error instanceof Refusal) throw error
    const known = orDiskFull(error)
    if (known !== error) throw known
    throw new Refusal(
      `${file} can’t be read as a backup: it is damaged or not complete. Nothing was restored.`,
      { cause: error },
    )
  }
}

/** Is the packing itself whole, to its last checksum? Only then is it unpacked: a damaged one can leave its reader waiting. @throws Refusal */
export async function checkPacking(file: string): Promise<void> {
  await probe(file)
  try {
    await pipeline(createReadStream(file), createGunzip(), async (unpacked: AsyncIterable<Uint8Array>) => {
      for await (const _ of unpacked);
    })
  } catch (error) {
    throw new Refusal(
      `${file} can’t be read as a backup: it is damaged or not complete. Nothing was restored.`,
      { cause: error },
    )
  }
}

async function probe(file: string): Promise<void> {
  const handle = await open(file, 'r').catch((error: NodeJS.ErrnoException) => {
    throw new Refusal(
      error.code === 'ENOENT' ? `There is no file ${file}.` : `${file} can’t be opened: ${error.message}.`,
    )
  })
  await handle.close()
}
