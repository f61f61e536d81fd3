import {
  BIGINT,
  BOOLEAN,
  DOUBLE,
  DuckDBDataChunk,
  type DuckDBType,
  type DuckDBValue,
  INTEGER,
  VARCHAR,
} from '@duckdb/node-api'
import { identifier, type Workbench } from '../../../../platform/lake/duck.ts'

const types = { integer: INTEGER, text: VARCHAR, double: DOUBLE, boolean: BOOLEAN, bigint: BIGINT } as const
export type ColumnType = keyof typeof types
const sqlTypes: Record<ColumnType, string> = {
  integer: 'INTEGER',
  text: 'VARCHAR',
  double: 'DOUBLE',
  boolean: 'BOOLEAN',
  bigint: 'BIGINT',
}

const chunkSize = 2048

export interface Pouring {
  readonly add: (row: readonly DuckDBValue[]) => void
  readonly end: () => void
}

/** A new temporary table on the bench, and a door to put rows into it, 2,048 at a time. */
export async function pouring(
  bench: Workbench,
  table: string,
  columns: Readonly<Record<string, ColumnType>>,
): Promise<Pouring> {
  const names = Object.keys(columns)
  await bench.run(
    `create or replace temp table ${identifier(table)} (${names.map((name) => `${identifier(name)} ${sqlTypes[columns[name]!]}`).join(', ')})`,
  )
  const appender = await bench.connection.createAppender(table, 'main', 'temp')
  const kinds: DuckDBType[] = names.map((name) => types[columns[name]!])
  let waiting: DuckDBValue[][] = []
  const flush = () => {
    if (waiting.length === 0) return
    const chunk = DuckDBDataChunk.create(kinds, waiting.length)
    chunk.setRows(waiting)
    appender.appendDataChunk(chunk)
    waiting = []
  }
  return {
    add: (row) => {
      waiting.push(row as DuckDBValue[])
      if (waiting.length === chunkSize) flush()
    },
    end: () => {
      flush()
      appender.closeSync()
    },
  }
}

/** The same for rows that are in memory already. */
export async function pour(
  bench: Workbench,
  table: string,
  columns: Readonly<Record<string, ColumnType>>,
  rows: Iterable<readonly DuckDBValue[]>,
): Promise<void> {
  const into = await pouring(bench, table, columns)
  for (const row of rows) into.add(row)
  into.end()
}
