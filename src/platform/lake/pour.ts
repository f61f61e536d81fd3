import { BIGINT, BOOLEAN, DOUBLE, DuckDBDataChunk, type DuckDBType, INTEGER, VARCHAR } from '@duckdb/node-api'
import { identifier, type Workbench } from './duck.ts'

const types: Readonly<Record<string, DuckDBType>> = { BIGINT, INTEGER, DOUBLE, VARCHAR, BOOLEAN }

export type Columns = Readonly<Record<string, 'BIGINT' | 'INTEGER' | 'DOUBLE' | 'VARCHAR' | 'BOOLEAN'>>
export type Cells = readonly (string | number | boolean | null)[]

const chunkRows = 2_048

/** Pours rows that are in memory into a temporary table of the bench, in chunks: some hundred thousand rows a second. */
export async function pour(
  bench: Workbench,
  table: string,
  columns: Columns,
  rows: readonly Cells[],
): Promise<void> {
  const kinds = Object.values(columns)
  const shape = Object.entries(columns).map(([name, kind]) => `${identifier(name)} ${kind}`)
  await bench.run(`create or replace temp table ${identifier(table)} (${shape.join(', ')})`)
  const appender = await bench.connection.createAppender(table)
  for (let start = 0; start < rows.length; start += chunkRows) {
    const chunk = DuckDBDataChunk.create(kinds.map((kind) => types[kind]!))
    chunk.setRows(
      rows
        .slice(start, start + chunkRows)
        .map((cells) =>
          cells.map((cell, at) => (kinds[at] === 'BIGINT' && cell !== null ? BigInt(cell as number) : cell)),
        ),
    )
    appender.appendDataChunk(chunk)
  }
  appender.closeSync()
}
