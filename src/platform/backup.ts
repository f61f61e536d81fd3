import { createReadStream, existsSync } from 'node:fs'
import { mkdtemp, open, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { join, relative, resolve, sep } from 'node:path'
import { Refusal } from '../kernel/refusal.ts'
import { type ArchiveWriter, type Entry, writeArchive } from './backup/archive.ts'
import { dataFolder, type Manifest, manifestName, tableEntry } from './backup/manifest.ts'
import { asOwner, type DumpedTable, dumpTable, migrationsOf, tablesOf } from './backup/record.ts'
import type { House } from './house.ts'

export { checkBackup } from './backup/check.ts'
export type { Manifest } from './backup/manifest.ts'
export { erasedList, restore } from './backup/restore.ts'

/** In the data folder: when a backup was last made whole. */
export const lastBackupFile = 'last-backup'

export type Progress = (done: number, of: number, words: string) => void

/** Of the data folder all but the record (taken row by row), what is half written, and the mark of who holds it. */
const notTaken = /^(record|restoring|last-backup|held-by(\.turn)?|lake\/aside|files\/aside)(\/|$)|\.part$/

/**
 * Makes one file of everything: the record as JSON lines a table, the lake, raw files, letters and the secret, with a list
 * of what is in it. A record kept by a server and one kept in the folder give the same backup, and either can take it back.
 * It holds pupils' names and the secret: keep it as safe as the system itself.
 * @throws Refusal when the file exists, DiskFull.
 */
export async function backup(house: House, file: string, progress: Progress = () => {}): Promise<Manifest> {
  const target = resolve(file)
  if (existsSync(target))
    throw new Refusal(`${file} exists already. Choose another name, so that no backup is lost.`)
  const { data } = house.config
  const entries: Entry[] = []
  const tables: DumpedTable[] = []
  let migrations: string[] = []
  const manifest = (): Manifest => ({
    format: 'throughline-backup',
    version: 1,
    madeAt: house.clock.now().toISOString(),
    migrations,
    tables,
    entries,
  })
  const aside = await mkdtemp(`${target}.rows-`)
  try {
    await writeArchive(target, async (archive) => {
      await asOwner(house.database, async (owner) => {
        migrations = await migrationsOf(owner)
        const all = await tablesOf(owner)
        for (const [place, table] of all.entries()) {
          progress(place, all.length, `${table.name}`)
          const path = join(aside, 'rows')
          const rows = await open(path, 'w', 0o600)
          try {
            tables.push(await dumpTable(owner, table, async (lines) => rows.writeFile(lines)))
          } finally {
            await rows.close()
          }
          entries.push(await addFile(archive, tableEntry(table.name), path))
        }
      })
      const files = await filesOf(data, target)
      for (const [place, path] of files.entries()) {
        progress(place, files.length, `${place} of ${files.length} files`)
        entries.push(await addFile(archive, `${dataFolder}/${path}`, join(data, path)))
      }
      const text = Buffer.from(JSON.stringify(manifest(), null, 1))
      await archive.add(manifestName, text.length, one(text))
    })
  } finally {
    await rm(aside, { recursive: true, force: true })
  }
  const made = manifest()
  await writeFile(join(data, lastBackupFile), `${made.madeAt}\n`)
  return made
}

async function* one(chunk: Uint8Array) {
  yield chunk
}

async function addFile(archive: ArchiveWriter, name: string, path: string): Promise<Entry> {
  const { size } = await stat(path)
  return archive.add(name, size, size === 0 ? none() : createReadStream(path, { end: size - 1 }))
}

async function* none(): AsyncGenerator<Uint8Array> {}

/** Taken after the record: whatever the record names lies there by then, and is never changed. */
async function filesOf(data: string, target: string): Promise<string[]> {
  const entries = await readdir(data, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => path !== target)
    .map((path) => relative(data, path).split(sep).join('/'))
    .filter((path) => !notTaken.test(path))
    .sort()
}
