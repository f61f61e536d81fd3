import { type DuckDBConnection, DuckDBInstance, type DuckDBValue } from '@duckdb/node-api'
import { timed } from '../timing.ts'

export type Row = Record<string, unknown>

/** A private DuckDB connection with its own temporary tables. Give it back with `close`. */
export interface Workbench {
  readonly connection: DuckDBConnection
  /** Runs one or several statements for their effect. */
  readonly run: (text: string, values?: Record<string, DuckDBValue>) => Promise<void>
  /** Rows as plain objects; 64-bit integers come back as numbers. */
  readonly rows: <T = Row>(text: string, values?: Record<string, DuckDBValue>) => Promise<T[]>
  readonly close: () => void
}

export interface Duck {
  readonly workbench: () => Promise<Workbench>
  readonly close: () => void
}

const plain = (value: unknown): unknown => (typeof value === 'bigint' ? Number(value) : value)

/** One in-memory DuckDB for the process: memory bounded, spilling to `spill`, nothing loaded from outside. */
export async function openDuck({
  spill,
  memory = '700MB',
  threads = 2,
}: {
  spill: string
  memory?: string
  threads?: number
}): Promise<Duck> {
  const instance = await DuckDBInstance.create(':memory:', {
    memory_limit: memory,
    threads: String(threads),
    temp_directory: spill,
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    preserve_insertion_order: 'true',
    // The operating system keeps files in memory already.
    enable_external_file_cache: 'false',
  })
  return {
    workbench: async () => {
      const connection = await instance.connect()
      return {
        connection,
        run: async (text, values) => {
          await timed('lake', () => connection.run(text, values))
        },
        rows: async <T>(text: string, values?: Record<string, DuckDBValue>) => {
          const reader = await timed('lake', () => connection.runAndReadAll(text, values))
          const rows = reader.getRowObjectsJS() as Row[]
          for (const row of rows) for (const key in row) row[key] = plain(row[key])
          return rows as T[]
        },
        close: () => connection.closeSync(),
      }
    },
    close: () => instance.closeSync(),
  }
}

/** A text as an SQL literal, for the places where DuckDB takes no parameter (file names). */
export const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`

/** A name as an SQL identifier. */
export const identifier = (name: string): string => `"${name.replaceAll('"', '""')}"`
