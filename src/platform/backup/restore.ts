import { createWriteStream, existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { chmod, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join, normalize } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Refusal } from '../../kernel/refusal.ts'
import { holdFolder } from '../database/hold-folder.ts'
import { openDatabase } from '../database/open.ts'
import { flush, orDiskFull } from '../disk.ts'
import { readArchive } from './archive.ts'
import { checkBackup } from './check.ts'
import { dataFolder, type Manifest, recordFolder, tableEntry } from './manifest.ts'
import { asOwner, filledTables, loadTable, resumeNumbers } from './record.ts'

export interface RestoreTarget {
  /** The data folder; nothing may be in it yet but its secret. */
  readonly data: string
  /** A database server's address; its database must be empty. */
  readonly databaseUrl?: string | undefined
  /** A newer list of what was erased than the backup holds: its lines are kept beside those of the backup. */
  readonly erased?: string | undefined
}

/**
 * In the data folder: lines that say what was erased. It outlasts a restore, because an older backup still holds what it
 * names; whoever opens the restored house goes through it again.
 */
export const erasedList = 'erased.jsonl'

/**
 * Puts a backup into an empty folder (and an empty database, if a server keeps the record). Everything is checked before
 * anything is written, and built aside, so that a failure leaves the folder as it was.
 * @throws Refusal when the backup is damaged or the folder or database holds data.
 */
export async function restore(file: string, { data, databaseUrl, erased }: RestoreTarget): Promise<Manifest> {
  const manifest = await checkBackup(file)
  const newer = erased === undefined ? [] : linesIn(erased)
  if (erased !== undefined && newer.length === 0)
    throw new Refusal(`${erased} holds no list of what was erased.`)
  const release = holdFolder(data)
  const aside = join(data, 'restoring')
  try {
    refuseFilled(data)
    await rm(aside, { recursive: true, force: true })
    await mkdir(aside, { recursive: true, mode: 0o700 })
    const database = await openDatabase({
      folder: aside,
      migrations: manifest.migrations,
      ...(databaseUrl ? { url: databaseUrl } : {}),
    })
    try {
      await asOwner(database, async (owner) => {
        const [filled] = await filledTables(owner)
        if (filled)
          throw new Refusal(
            `The database already holds data (in ${filled}). Restore into an empty one. Nothing was changed.`,
          )
        const loaded = new Set<string>()
        await readArchive(file, async ({ path, content }) => {
          if (path.startsWith(`${dataFolder}/`))
            return keep(join(aside, inside(path.slice(dataFolder.length + 1))), content)
          if (!path.startsWith(`${recordFolder}/`)) return
          const table = manifest.tables.find(({ name }) => tableEntry(name) === path)!
          const rows = await loadTable(owner, table, linesOf(content))
          if (rows !== table.rows)
            throw new Error(`${table.name}: ${rows} of ${table.rows} rows were put back.`)
          loaded.add(path)
        })
        if (loaded.size !== manifest.tables.length) throw new Error('Not every table was put back.')
        await resumeNumbers(owner)
        await owner
          .updateTable('platform.job')
          .set({ state: 'failed', trouble: 'This was under way when the backup was made. Start it again.' })
          .where('state', 'in', ['waiting', 'working'])
          .execute()
      })
    } finally {
      await database.close()
    }
    await joinLists([join(aside, erasedList), join(data, erasedList)], newer)
    await moveIn(aside, data)
    return manifest
  } catch (error) {
    throw orDiskFull(error)
  } finally {
    await rm(aside, { recursive: true, force: true })
    release()
  }
}

const isLine = (line: string): boolean => {
  try {
    return line.startsWith('{') && typeof JSON.parse(line) === 'object'
  } catch {
    return false
  }
}

const linesIn = (path: string): string[] =>
  existsSync(path) ? readFileSync(path, 'utf8').split('\n').filter(isLine) : []

/** The lists become one, in the first place, before the folder is filled. */
async function joinLists([first, ...others]: readonly string[], newer: readonly string[]): Promise<void> {
  const lines = new Set([...linesIn(first!), ...others.flatMap(linesIn), ...newer])
  if (lines.size === 0) return
  await writeFile(first!, [...lines].map((line) => `${line}\n`).join(''), { mode: 0o600, flush: true })
}

const besides = ['secret', erasedList, 'held-by', 'restoring', 'lost+found']

function refuseFilled(data: string): void {
  const filled = readdirSync(data).find((name) => !besides.includes(name) && holdsFiles(join(data, name)))
  if (filled)
    throw new Refusal(
      `The folder ${data} already holds data (${filled}). Restore into an empty folder. Nothing was changed.`,
    )
}

const holdsFiles = (path: string): boolean =>
  !statSync(path).isDirectory() || readdirSync(path).some((name) => holdsFiles(join(path, name)))

const inside = (path: string): string => {
  const clean = normalize(path)
  if (clean.startsWith('..') || clean.startsWith('/') || clean === '.')
    throw new Refusal(`The backup holds a file that would lie outside the folder: ${path}.`)
  return clean
}

async function keep(path: string, content: AsyncIterable<Uint8Array>): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  await pipeline(Readable.from(content), createWriteStream(path, { mode: 0o600, flush: true }))
}

async function* linesOf(content: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let rest = ''
  for await (const chunk of content) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n')
    rest = lines.pop()!
    yield* lines
  }
  if (rest) yield rest
}

/** The record last: a folder without one is plainly not finished. */
async function moveIn(aside: string, data: string): Promise<void> {
  const names = (await readdir(aside))
    .filter((name) => name !== 'held-by')
    .sort((a, b) => Number(a === 'record') - Number(b === 'record'))
  for (const name of names) {
    const target = join(data, name)
    if (existsSync(target) && statSync(target).isDirectory()) await rm(target, { recursive: true })
    await rename(join(aside, name), target)
    if (name === 'secret') await chmod(target, 0o600)
  }
  await flush(data)
}
