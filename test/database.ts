import { randomUUID } from 'node:crypto'
import { mkdtempSync, openAsBlob, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { inject } from 'vitest'
import { clockOn } from '../src/platform/clock.ts'
import { type Config, loadConfig } from '../src/platform/config.ts'
import { type Database, openDatabase } from '../src/platform/database/open.ts'
import type { House } from '../src/platform/house.ts'
import { silentLog } from '../src/platform/log.ts'
import { openHouse } from '../src/platform/open-house.ts'

/** A database of this test file's own: a copy of the migrated template, embedded or on the server under test. */
export async function openTestDatabase(): Promise<Database> {
  const template = inject('template')
  if (template) return openDatabase({ template: await openAsBlob(template) })
  const name = `test_${randomUUID().replaceAll('-', '')}`
  const server = inject('serverUrl')
  const admin = new pg.Client({ connectionString: server })
  await admin.connect()
  await admin.query(`create database ${name} template template_world`)
  await admin.end()
  return openDatabase({ url: server.replace(/\/postgres$/, `/${name}`) })
}

/** The day on which tests happen, in the middle of the spring drop. */
export const testDay = '2026-03-20'

/** A whole house in a folder that goes away with it: real database, real lake, real files, mail into a folder. */
export async function openTestHouse(
  overrides: Partial<Config> = {},
): Promise<House & { readonly close: () => Promise<void> }> {
  const data = mkdtempSync(join(tmpdir(), 'throughline-'))
  const config = { ...loadConfig({ THROUGHLINE_DATA: data, THROUGHLINE_KEEP_FREE_MB: '0' }), ...overrides }
  const database = await openTestDatabase()
  const house = await openHouse(config, { clock: clockOn(testDay), log: silentLog, database })
  return {
    ...house,
    close: async () => {
      await house.close()
      rmSync(data, { recursive: true, force: true })
    },
  }
}
