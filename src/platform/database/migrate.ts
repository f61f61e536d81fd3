import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { prepareQueue } from '../jobs/prepare-queue.ts'
import type { Database } from './open.ts'

/** The owner's way in: only migrations use it. */
export interface Owner {
  readonly run: (text: string) => Promise<void>
  readonly rows: (text: string) => Promise<Record<string, unknown>[]>
}

/** `migrations/` stands beside `src/` and beside `dist/`. */
export const migrationsFolder = join(import.meta.dirname, '..', '..', '..', 'migrations')

/** A number that nobody else locks; two servers that start at once take turns. */
const lock = 7_406_231

const known = () =>
  readdirSync(migrationsFolder)
    .filter((name) => name.endsWith('.sql'))
    .sort()

/** The last migration that this version has. */
export const latestMigration = (): string => known().at(-1) ?? ''

/** How many migrations the record has had, and which last. */
export async function schemaVersion(
  database: Pick<Database, 'executeSql'>,
): Promise<{ applied: number; newest: string }> {
  const { rows } = await database.executeSql(
    'select count(*)::int as applied, max(name) as newest from platform.migration',
  )
  return rows[0] as { applied: number; newest: string }
}

/** Migrations that this version does not have: what was written with them is newer than we are. */
export const unknownMigrations = (names: Iterable<string>): string[] => {
  const ours = new Set(known())
  return [...names].filter((name) => !ours.has(name))
}

/**
 * Applies what has not been applied, in the order of names, each in a transaction of its own, under a lock. `only` stops
 * at the migrations that a backup was made with.
 */
export async function migrate(owner: Owner, only?: readonly string[]): Promise<string[]> {
  await owner.run(`select pg_advisory_lock(${lock})`)
  try {
    await owner.run(`create schema if not exists platform;
      create table if not exists platform.migration (name text primary key, at timestamptz not null default now())`)
    const done = new Set(
      (await owner.rows('select name from platform.migration')).map((row) => row.name as string),
    )
    const [newer] = unknownMigrations(done)
    if (newer)
      throw new Error(
        `The record was written by a newer Throughline (${newer}). Install that version or a later one.`,
      )
    const names = known().filter((name) => !done.has(name) && (only?.includes(name) ?? true))
    for (const name of names) {
      const text = readFileSync(join(migrationsFolder, name), 'utf8')
      try {
        await owner.run(`begin; ${text}; insert into platform.migration (name) values ('${name}'); commit`)
      } catch (error) {
        await owner.run('rollback')
        throw new Error(`Migration ${name} failed: ${(error as Error).message}`, { cause: error })
      }
    }
    await prepareQueue(owner)
    return names
  } finally {
    await owner.run(`select pg_advisory_unlock(${lock})`)
  }
}
