import { createHash, randomUUID } from 'node:crypto'
import { createReadStream, existsSync } from 'node:fs'
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
  /** The same for many, in their order: while one is flushed and hashed the next is written. @throws DiskFull */
  readonly sealAll: (
    bench: Workbench,
    wanted: readonly { readonly select: string; readonly place: SealedPlace }[],
  ) => Promise<SealedFile[]>
  /** Seals what can be worked out again from sealed files, as `derived/NAME.parquet`. */
  readonly sealDerived: (bench: Workbench, select: string, name: string) => Promise<SealedFile>
  /** Takes sealed files off the disk that nothing lists any more; what is gone already is passed over. */
  readonly remove: (sealed: readonly string[]) => Promise<void>
  /** Removes everything that can be worked out again: after the rows that it stood on were changed. */
  readonly forgetDerived: () => Promise<void>
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

/** A file that is written, but not yet where it belongs. */
interface Draft {
  readonly path: string
  readonly rows: number
}

const sealedPath = ({ trust, fact, year, drop, school }: SealedPlace, sha256: string) =>
  `${trust}/${fact}/${year}/${drop}/${school}-${sha256.slice(0, 16)}.parquet`

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

  /** Writes a draft, then hands over what is left to do: flushing, hashing and moving it need not wait for one another. */
  const draft = async (bench: Workbench, select: string): Promise<Draft> => {
    const written = join(aside, `${randomUUID()}.parquet`)
    try {
      const result = await bench.connection.run(
        `copy (${select}) to ${literal(written)} (format parquet, compression zstd)`,
      )
      return { path: written, rows: Number(result.rowsChanged) }
    } catch (error) {
      await rm(written, { force: true })
      throw error
    }
  }

  const settle = async (
    { path: from, rows }: Draft,
    name: (sha256: string) => string,
  ): Promise<SealedFile> => {
    try {
      await flush(from)
      const sha256 = await sha256OfFile(from)
      const sealed = name(sha256)
      const { size } = await stat(from)
      await mkdir(dirname(path(sealed)), { recursive: true })
      await rename(from, path(sealed))
      return { path: sealed, rows, bytes: size, sha256 }
    } finally {
      await rm(from, { force: true })
    }
  }

  const sealAll: Lake['sealAll'] = async (bench, wanted) => {
    const settling: Promise<SealedFile>[] = []
    try {
      await enoughRoom(folder, keepFree)
      for (const { select, place } of wanted) {
        const made = settle(await draft(bench, select), (sha256) => sealedPath(place, sha256))
        // A failure is met below, with all the others.
        made.catch(() => {})
        settling.push(made)
      }
      const sealed = await Promise.all(settling)
      await flushFolders(folder, new Set(sealed.map((file) => dirname(path(file.path)))))
      return sealed
    } catch (error) {
      await Promise.allSettled(settling)
      throw orDiskFull(error)
    }
  }

  return {
    duck,
    folder,
    path,
    sealAll,
    seal: async (bench, select, place) => (await sealAll(bench, [{ select, place }]))[0]!,
    sealDerived: async (bench, select, name) => {
      try {
        await enoughRoom(folder, keepFree)
        const sealed = await settle(await draft(bench, select), () => `${derivedFolder}/${name}.parquet`)
        await flushFolders(folder, [join(folder, derivedFolder)])
        return sealed
      } catch (error) {
        throw orDiskFull(error)
      }
    },
    remove: async (sealed) => {
      for (const one of sealed) await rm(path(one), { force: true })
      const folders = [...new Set(sealed.map((one) => dirname(path(one))))].filter((one) => existsSync(one))
      await flushFolders(folder, folders)
    },
    forgetDerived: async () => {
      await rm(join(folder, derivedFolder), { recursive: true, force: true })
      await flush(folder)
    },
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

/** New folders on the way need flushing too, or the files may be lost with them. Each once, from the inside out. */
async function flushFolders(top: string, folders: Iterable<string>): Promise<void> {
  const all = new Set([top])
  for (let folder of folders)
    for (; folder !== top; folder = dirname(folder)) {
      if (all.has(folder)) break
      all.add(folder)
    }
  for (const folder of [...all].sort((a, b) => b.length - a.length)) await flush(folder)
}
