import { type RawBuilder, sql } from 'kysely'
import type { Writing } from './door.ts'

export type ColumnKind =
  | 'integer'
  | 'bigint'
  | 'text'
  | 'date'
  | 'boolean'
  | 'double precision'
  | 'timestamptz'
  | 'jsonb'

const rowsAtOnce = 5_000

/** Writes many rows in few statements: each column goes as one array. `columns` names the columns and their types. With `keep`, a row that is there already stays as it is. */
export async function insertMany<Row extends Record<string, unknown>>(
  tx: Writing,
  table: string,
  columns: { readonly [Name in keyof Row & string]: ColumnKind },
  rows: readonly Row[],
  clash: 'refuse' | 'keep' = 'refuse',
): Promise<void> {
  const names = Object.keys(columns)
  const list = sql.join(names.map((name) => sql.ref(name)))
  for (let start = 0; start < rows.length; start += rowsAtOnce) {
    const some = rows.slice(start, start + rowsAtOnce)
    const arrays: RawBuilder<unknown>[] = names.map(
      (name) => sql`${some.map((row) => row[name] ?? null)}::${sql.raw(columns[name] as ColumnKind)}[]`,
    )
    const then = clash === 'keep' ? sql`on conflict do nothing` : sql``
    await sql`insert into ${sql.table(table)} (${list}) select * from unnest(${sql.join(arrays)}) ${then}`.execute(
      tx,
    )
  }
}

/** New ids of a table, in order, so that rows which point at each other can be written in bulk. */
export async function takeIds(tx: Writing, table: string, column: string, many: number): Promise<number[]> {
  if (many === 0) return []
  const { rows } = await sql<{ id: number }>`
    select nextval(pg_get_serial_sequence(${table}, ${column}))::integer as id from generate_series(1, ${many}::integer)`.execute(
    tx,
  )
  return rows.map((row) => row.id)
}
