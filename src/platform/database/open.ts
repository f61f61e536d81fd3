import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { Kysely, PGliteDialect, PostgresDialect, sql } from 'kysely'
import pg from 'pg'
import { DiskFull, freeBytes } from '../disk.ts'
import { holdFolder } from './hold-folder.ts'
import { migrate } from './migrate.ts'
import type { Tables } from './tables.ts'
import { countWrites, type Writes } from './writes.ts'

/** The one connection to the record, handed around. A second door to the same PGlite would wait for itself for ever. */
export interface Database {
  readonly kysely: Kysely<Tables>
  readonly kind: 'embedded' | 'server'
  /** Only where no other process writes to the record: what was worked out from it holds until these move. */
  readonly writes?: Writes
  /** Runs several statements at once, outside any viewer: for the job queue only. */
  readonly executeSql: (text: string, values?: unknown[]) => Promise<{ rows: unknown[] }>
  /** Counts the tables afresh so that queries are planned well: after many rows were added at once. An embedded database has nobody who does it for it. */
  readonly takeStock: () => Promise<void>
  /** Writes these tables anew, each locked for a moment: no page of them holds a row any more that was deleted or changed. */
  readonly writeAnew: (tables: readonly string[]) => Promise<void>
  readonly close: () => Promise<void>
}

const takeStock = (kysely: Kysely<Tables>) =>
  kysely.transaction().execute(async (tx) => {
    await sql`set local role none`.execute(tx)
    await sql`analyze`.execute(tx)
  })

/** In a transaction, so that nobody else is the owner meanwhile: `vacuum full` can't be, `cluster` can. */
async function writeAnew(kysely: Kysely<Tables>, tables: readonly string[]): Promise<void> {
  for (const table of tables)
    await kysely.transaction().execute(async (tx) => {
      await sql`set local role none`.execute(tx)
      const { rows } = await sql<{ key: string }>`select format('%I', c.relname) as key from pg_index i
        join pg_class c on c.oid = i.indexrelid where i.indrelid = ${table}::regclass and i.indisprimary`.execute(
        tx,
      )
      await sql.raw(`cluster ${table} using ${rows[0]!.key}`).execute(tx)
    })
}

export interface DatabaseSource {
  /** Folder for the embedded database; used when there is no `url`. */
  readonly folder?: string
  readonly url?: string
  /** A dumped data folder to start from: a migrated template, loaded in under half a second. */
  readonly template?: Blob
  /** Stops at these migrations: for restoring what an older version wrote. */
  readonly migrations?: readonly string[]
}

const asText = (text: string) => text
/** The embedded database starts by making a segment of its journal. */
const roomToStart = 20 * 1024 * 1024
const dateType = 1082
const bigintType = 20

/**
 * Opens the record, brings it up to date as its owner, then becomes the restricted role for good.
 * @throws FolderHeld when another process holds the folder.
 */
export function openDatabase(source: DatabaseSource): Promise<Database> {
  return source.url ? openServer(source.url, source.migrations) : openEmbedded(source)
}

async function openEmbedded({ folder, template, migrations }: DatabaseSource): Promise<Database> {
  const release = folder ? holdFolder(folder) : () => {}
  try {
    if (folder) mkdirSync(folder, { recursive: true })
    const pglite = await PGlite.create({
      ...(folder ? { dataDir: join(folder, 'record') } : {}),
      ...(template ? { loadDataDir: template } : {}),
      parsers: { [dateType]: asText, [bigintType]: Number },
      relaxedDurability: false,
    }).catch(async (error: unknown) => {
      throw folder && (await freeBytes(folder)) < roomToStart ? new DiskFull({ cause: error }) : error
    })
    await migrate(
      {
        run: (text) => pglite.exec(text).then(() => undefined),
        rows: async (text) => (await pglite.query<Record<string, unknown>>(text)).rows,
      },
      migrations,
    )
    await pglite.exec('set role throughline_app')
    const { writes, count } = countWrites()
    const kysely = new Kysely<Tables>({
      dialect: new PGliteDialect({ pglite }),
      log: ({ query }) => count(query.sql),
    })
    return {
      kysely,
      kind: 'embedded',
      writes,
      takeStock: () => takeStock(kysely),
      writeAnew: (tables) => writeAnew(kysely, tables),
      executeSql: async (text, values) => {
        count(text)
        if (values?.length) return await pglite.query(text, values as unknown[])
        const results = await pglite.exec(text).catch(async (error) => {
          await pglite.query('rollback').catch(() => undefined)
          throw error
        })
        return { rows: results.flatMap((result) => result.rows as unknown[]) }
      },
      close: async () => {
        await kysely.destroy()
        if (!pglite.closed) await pglite.close()
        release()
      },
    }
  } catch (error) {
    release()
    throw error
  }
}

async function openServer(url: string, migrations?: readonly string[]): Promise<Database> {
  const types = {
    getTypeParser: (oid: number, format?: 'text' | 'binary') => {
      if (oid === dateType) return asText
      if (oid === bigintType) return Number
      return pg.types.getTypeParser(oid, format as 'text')
    },
  }
  const owner = new pg.Client({ connectionString: url })
  await owner.connect()
  try {
    await migrate(
      {
        run: (text) => owner.query(text).then(() => undefined),
        rows: async (text) => (await owner.query(text)).rows,
      },
      migrations,
    )
  } finally {
    await owner.end()
  }
  const pool = new pg.Pool({
    connectionString: url,
    max: 10,
    types: types as never,
    options: '-c role=throughline_app',
  })
  pool.on('error', () => {})
  const kysely = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
  await sql`select 1`.execute(kysely)
  return {
    kysely,
    kind: 'server',
    takeStock: () => takeStock(kysely),
    writeAnew: (tables) => writeAnew(kysely, tables),
    executeSql: (text, values) => pool.query(text, values as unknown[]),
    close: () => kysely.destroy(),
  }
}
