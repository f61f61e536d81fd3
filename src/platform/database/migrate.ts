import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { prepareQueue } from '../jobs/prepare-queue.ts'

/** The owner's way in: only migrations use it. */
export interface Owner {
  readonly run: (text: string) => Promise<void>
  readonly rows: (text: string) => Promise<Record<string, unknown>[]>
}

/** `migrations/` stands beside `src/` and beside `dist/`. */
export const migrationsFolder = join(import.meta.dirname, '..', '..', '..', 'migrations')

/** A number that nobody else locks; two servers that start at once take turns. */
const lock = 7_406_231

/** Applies what has not been applied, in the order of names, each in a transaction of its own, under a lock. */
export async function migrate(owner: Owner): Promise<string[]> {
  await owner.run(`select pg_advisory_lock(${lock})`)
  try {
    await owner.run(`create schema if not exists platform;
      create table if not exists platform.migration (name text primary key, at timestamptz not null default now())`)
    const done = new Set(
      (await owner.rows('select name from platform.migration')).map((row) => row.name as string),
    )
    const names = readdirSync(migrationsFolder)
      .filter((name) => name.endsWith('.sql') && !done.has(name))
      .sort()
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
