import { createHash, randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join, normalize, relative } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { enoughRoom, flush, orDiskFull } from '../disk.ts'
import { type Duck, literal, openDuck, type Workbench } from './duck.ts'

/** A Parquet file that will never change. It counts only once the manifest lists it. */
export interface SealedFile {
  /** Where it lies, from the lake's folder: `1/result/2025/7/3-0a1b2c3d4e5f6071.parquet` */
  readonly path: string
  readonly rows: number
  readonly bytes: number
  readonly sha256: string
}

/** What a sealed file is about: numbers from the record, never names. `year` is the academic year's first. */
export interface SealedPlace {
  readonly trust: number
  readonly fact: string
  readonly year: number
  readonly drop: number
  readonly school: number
}

export interface Lake {
  readonly duck: Duck
  readonly folder: string
  /** The whole path of a file of the lake. */
  readonly path: (sealed: string) => string
  /** Seals the rows of a select. Written aside, flushed, renamed: it is there whole or not at all. @throws DiskFull */
  readonly seal: (bench: Workbench, select: string, place: SealedPlace) => Promise<SealedFile>
  /** Seals what can be worked out again from sealed files, as `derived/NAME.parquet`. */
  readonly sealDerived: (bench: Workbench, select: string, name: string) => Promise<SealedFile>
  /**
   * Removes files that nothing lists and that are old enough not to be on their way into the manifest; the answer is
   * what was removed. Derived files go only when `derived` says which are still of use.
   */
  readonly sweep: (live: Iterable<string>, options?: SweepOptions) => Promise<string[]>
  readonly close: () => void
}

export interface SweepOptions {
  readonly olderThanMinutes?: number
  readonly derived?: Iterable<string>
}

const derivedFolder = 'derived'
const asideFolder = 'aside'
const minute = 60_000

export async function openLake({
  folder,
  keepFree = 0,
  memory,
}: {
  folder: string
  keepFree?: number
  memory?: string
}): Promise<Lake> {
  const aside = join(folder, asideFolder)
  const spill = join(folder, asideFolder, 'spill')
  await mkdir(spill, { recursive: true })
  const duck = await openDuck({ spill, ...(memory ? { memory } : {}) })

  const path = (sealed: string) => {
    const whole = normalize(join(folder, sealed))
    if (relative(folder, whole).startsWith('..')) throw new Error(`${sealed} is not a path inside the lake.`)
    return whole
  }

  const write = async (
    bench: Workbench,
    select: string,
    name: (sha256: string) => string,
  ): Promise<SealedFile> => {
    const draft = join(aside, `${randomUUID()}.parquet`)
    try {
      await enoughRoom(folder, keepFree)
      const result = await bench.connection.run(
        `copy (${select}) to ${literal(draft)} (format parquet, compression zstd)`,
      )
      await flush(draft)
      const sha256 = await sha256OfFile(draft)
      const sealed = name(sha256)
      const { size } = await stat(draft)
      await mkdir(dirname(path(sealed)), { recursive: true })
      await rename(draft, path(sealed))
      await flushUpTo(folder, dirname(path(sealed)))
      return { path: sealed, rows: Number(result.rowsChanged), bytes: size, sha256 }
    } catch (error) {
      throw orDiskFull(error)
    } finally {
      await rm(draft, { force: true })
    }
  }

  return {
    duck,
    folder,
    path,
    seal: (bench, select, { trust, fact, year, drop, school }) =>
      write(
        bench,
        select,
        (sha256) => `${trust}/${fact}/${year}/${drop}/${school}-${sha256.slice(0, 16)}.parquet`,
      ),
    sealDerived: (bench, select, name) => write(bench, select, () => `${derivedFolder}/${name}.parquet`),
    sweep: async (live, { olderThanMinutes = 60, derived } = {}) => {
      const keep = new Set([...live, ...(derived ?? [])].map((sealed) => normalize(sealed)))
      const youngest = Date.now() - olderThanMinutes * minute
      const removed: string[] = []
      for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
        if (!entry.isFile()) continue
        const whole = join(entry.parentPath, entry.name)
        const name = relative(folder, whole)
        if (keep.has(name) || (name.startsWith(`${derivedFolder}/`) && !derived)) continue
        const age = await stat(whole).catch(() => undefined)
        if (!age || age.mtimeMs > youngest) continue
        await rm(whole, { force: true })
        removed.push(name)
      }
      return removed.sort()
    },
    close: () => duck.close(),
  }
}

export async function sha256OfFile(path: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return hash.digest('hex')
}

/** New folders on the way need flushing too, or the file may be lost with them. */
async function flushUpTo(top: string, folder: string): Promise<void> {
  await flush(folder)
  if (folder !== top) await flushUpTo(top, dirname(folder))
}
