import { basename } from 'node:path'
import { Refusal } from '../../../kernel/refusal.ts'
import { identifier, literal, type Workbench } from '../../../platform/lake/duck.ts'

/** Opens a file as a table `source` of text, with the columns of its heading. @throws Refusal */
export async function openSource(bench: Workbench, file: string): Promise<readonly string[]> {
  try {
    await bench.run(
      `create or replace temp table source as select * from read_csv(${literal(file)}, all_varchar = true, header = true, nullstr = ['', 'NA'], sample_size = 1000)`,
    )
  } catch (error) {
    const [first] = String((error as Error).message).split('\n')
    throw new Refusal(`${basename(file)} could not be read as a table with a heading: ${first}`)
  }
  const columns = await bench.rows<{ name: string }>(
    `select column_name as name from duckdb_columns() where table_name = 'source' order by column_index`,
  )
  const [{ many } = { many: 0 }] = await bench.rows<{ many: number }>('select count(*) as many from source')
  if (many === 0) throw new Refusal(`${basename(file)} has a heading but no rows.`)
  return columns.map(({ name }) => name)
}

/** @throws Refusal naming the columns that there are. */
export function enforceColumn(columns: readonly string[], name: string, file: string): void {
  if (columns.includes(name)) return
  throw new Refusal(`There is no column “${name}” in ${basename(file)}. It has: ${columns.join(', ')}.`)
}

export const number = (name: string) => `try_cast(${identifier(name)} as double)`
export const isMissing = (name: string) =>
  `(${identifier(name)} is null or trim(${identifier(name)}) in ('', 'NA', 'NaN'))`
const isBad = (name: string) =>
  `(${number(name)} is null or isinf(${number(name)})) and not ${isMissing(name)}`

/** Refuses text and infinities in columns of numbers, with the row where the first stands. @throws Refusal */
export async function enforceNumbers(
  bench: Workbench,
  columns: readonly { readonly name: string; readonly hint: string }[],
): Promise<void> {
  if (columns.length === 0) return
  const [bad] = await bench.rows<Record<string, number>>(
    `select ${columns.map(({ name }, at) => `count(*) filter (where ${isBad(name)}) as b${at}`).join(', ')} from source`,
  )
  const at = columns.findIndex((_, index) => bad![`b${index}`]! > 0)
  if (at < 0) return
  const { name, hint } = columns[at]!
  const [first] = await bench.rows<{ row: number; value: string }>(
    `select rowid + 2 as "row", ${identifier(name)} as value from source where ${isBad(name)} order by rowid limit 1`,
  )
  throw new Refusal(
    /^\s*[-+]?inf/i.test(first!.value)
      ? `“${name}” is infinite in row ${first!.row}. Take such rows out, or leave the cell empty.`
      : `“${first!.value.trim()}” in row ${first!.row} of “${name}” is not a number.${hint}`,
  )
}
