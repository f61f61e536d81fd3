import { sql, type Transaction } from 'kysely'
import type { Database } from '../database/open.ts'
import type { Tables } from '../database/tables.ts'

/** A table of the record as a backup holds it: one row a line, in JSON that any program reads. */
export interface DumpedTable {
  /** `evidence.drop` */
  readonly name: string
  readonly columns: string[]
  readonly rows: number
}

type Owner = Transaction<Tables>

const page = 2000
const ledger = 'platform.migration'

/** Runs as the owner of the tables, past row-level security; fails aloud where the database's user may not. */
export const asOwner = <T>(database: Database, act: (owner: Owner) => Promise<T>): Promise<T> =>
  database.kysely
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (tx) => {
      await sql`set local role none`.execute(tx)
      await sql`set local row_security = off`.execute(tx)
      return act(tx)
    })

const rowsOf = async <T>(owner: Owner, text: string): Promise<T[]> =>
  (await sql.raw<T>(text).execute(owner)).rows as T[]

/** The queue's own tables are left out: work under way is not carried to another day or machine. */
const ours = `n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast', 'pgboss') and n.nspname not like 'pg\\_%' and c.relkind = 'r'`

interface Table {
  readonly name: string
  readonly columns: string[]
  readonly needs: readonly string[]
}

/** Every table, with those first that others point to. */
export async function tablesOf(owner: Owner): Promise<readonly Table[]> {
  const found = await rowsOf<{ name: string; columns: string[]; needs: string[] | null }>(
    owner,
    `select format('%I.%I', n.nspname, c.relname) as name,
      (select array_agg(format('%I', a.attname) order by a.attnum) from pg_attribute a
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns,
      (select array_agg(distinct format('%I.%I', fn.nspname, f.relname)) from pg_constraint k join pg_class f on f.oid = k.confrelid
        join pg_namespace fn on fn.oid = f.relnamespace where k.conrelid = c.oid and k.contype = 'f' and f.oid <> c.oid) as needs
    from pg_class c join pg_namespace n on n.oid = c.relnamespace where ${ours} order by 1`,
  )
  const left = new Map(found.map(({ name, columns, needs }) => [name, { name, columns, needs: needs ?? [] }]))
  const sorted: Table[] = []
  while (left.size > 0) {
    const free = [...left.values()].filter(({ needs }) => !needs.some((need) => left.has(need)))
    if (free.length === 0)
      throw new Error(`These tables point at each other in a circle: ${[...left.keys()].join(', ')}`)
    for (const table of free) {
      sorted.push(table)
      left.delete(table.name)
    }
  }
  return sorted
}

export const migrationsOf = async (owner: Owner): Promise<string[]> =>
  (await rowsOf<{ name: string }>(owner, `select name from ${ledger} order by name`)).map(({ name }) => name)

/** Hands over the rows of a table in pages, as lines of JSON. */
export async function dumpTable(
  owner: Owner,
  { name, columns }: Table,
  take: (lines: string) => Promise<void>,
): Promise<DumpedTable> {
  await sql
    .raw(
      `declare dumping no scroll cursor for select replace(row_to_json(t)::text, E'\\n', ' ') as line from ${name} t`,
    )
    .execute(owner)
  let rows = 0
  for (;;) {
    const lines = await rowsOf<{ line: string }>(owner, `fetch ${page} from dumping`)
    if (lines.length > 0) await take(lines.map(({ line }) => `${line}\n`).join(''))
    rows += lines.length
    if (lines.length < page) break
  }
  await sql.raw('close dumping').execute(owner)
  return { name, columns, rows }
}

/** Tables that hold any row, apart from the list of migrations. */
export async function filledTables(owner: Owner): Promise<string[]> {
  const filled: string[] = []
  for (const { name } of await tablesOf(owner))
    if (name !== ledger && (await rowsOf(owner, `select 1 from ${name} limit 1`)).length > 0)
      filled.push(name)
  return filled
}

/** Puts rows back as they were, with triggers off: what they would do was done when the rows were first written. */
export async function loadTable(
  owner: Owner,
  { name, columns }: DumpedTable,
  lines: AsyncIterable<string>,
): Promise<number> {
  if (name === ledger) return (await migrationsOf(owner)).length
  const into = columns.join(', ')
  const [itself] = await rowsOf(
    owner,
    `select 1 from pg_constraint where conrelid = '${name.replaceAll("'", "''")}'::regclass and confrelid = conrelid`,
  )
  await sql.raw(`alter table ${name} disable trigger user`).execute(owner)
  let rows = 0
  let waiting: string[] = []
  const put = async () => {
    if (waiting.length === 0) return
    await sql`insert into ${sql.raw(`${name} (${into})`)} overriding system value
      select ${sql.raw(into)} from json_populate_recordset(null::${sql.raw(name)}, ${`[${waiting.join(',')}]`}::json)`.execute(
      owner,
    )
    rows += waiting.length
    waiting = []
  }
  for await (const line of lines) {
    waiting.push(line)
    if (waiting.length >= page && !itself) await put()
  }
  await put()
  await sql.raw(`alter table ${name} enable trigger user`).execute(owner)
  return rows
}

/** The next number of every numbered column follows the highest that is there. */
export async function resumeNumbers(owner: Owner): Promise<void> {
  const numbered = await rowsOf<{ name: string; column: string; sequence: string }>(
    owner,
    `select * from (select format('%I.%I', n.nspname, c.relname) as name, format('%I', a.attname) as column,
      pg_get_serial_sequence(format('%I.%I', n.nspname, c.relname), a.attname) as sequence
    from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where ${ours}) s where sequence is not null`,
  )
  for (const { name, column, sequence } of numbered)
    await sql
      .raw(
        `select setval('${sequence}', greatest(coalesce(max(${column}), 1), 1), max(${column}) is not null) from ${name}`,
      )
      .execute(owner)
}
