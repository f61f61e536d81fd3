/** How often each table was written to since the start: `evidence.lake_file` → 12. `?` counts what could not be told. */
export type Writes = ReadonlyMap<string, number>

const writing =
  /\b(?:insert\s+into|update|delete\s+from|merge\s+into|truncate(?:\s+table)?)\s+"?(\w+)"?\."?(\w+)"?/gi
const onlyReads = /^\s*(select|show|set|begin|commit|rollback)\b(?![\s\S]*;)/i

/** The tables that a statement writes to; `?` for one that may write, but does not say where. */
export function tablesWritten(text: string): string[] {
  if (onlyReads.test(text)) return []
  const tables = [...text.matchAll(writing)].map(([, schema, table]) => `${schema}.${table}`.toLowerCase())
  return tables.length > 0 ? tables : ['?']
}

/** Counts writes as they are made, for a record that nobody else writes to. */
export function countWrites(): { readonly writes: Writes; readonly count: (statement: string) => void } {
  const writes = new Map<string, number>()
  return {
    writes,
    count: (statement) => {
      for (const table of tablesWritten(statement)) writes.set(table, (writes.get(table) ?? 0) + 1)
    },
  }
}
