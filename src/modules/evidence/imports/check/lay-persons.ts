import type { Workbench } from '../../../../platform/lake/duck.ts'
import type { FilePerson } from '../domain/roll.ts'
import type { PlainTarget } from '../domain/words.ts'
import { pour } from '../reading/pour.ts'
import type { Columns } from './columns.ts'

export interface PersonRow {
  readonly person: number
  readonly row: number
  readonly rows: number
  /** 1, or which of several pupils who share a number. */
  readonly occ: number
  readonly cells: Readonly<Partial<Record<PlainTarget, string>>>
}

/** A row of the file is about a person of it: both carry the same key, made of the cells that identify. */
export const samePerson = (one: string, other: string): string => `${one}.person_key = ${other}.person_key`

/**
 * Lays out `rowsof` (the file’s rows, without those in `without`) and `person`: everyone whom the file names, once for each
 * different set of identifying cells. Where only a number identifies, rows that say different things are different persons.
 */
export async function layPersons(
  bench: Workbench,
  columns: Columns,
  about: readonly PlainTarget[],
  without: readonly number[],
): Promise<PersonRow[]> {
  const ids = columns.identity.map(({ column }) => column).join(', ')
  const content = columns.mapped.join(', ')
  await pour(
    bench,
    'without',
    { row: 'integer' },
    without.map((row) => [row]),
  )
  const source = without.length
    ? '(select * from file where "row" not in (select "row" from without))'
    : 'file'
  await bench.run('drop view if exists rowsof; drop table if exists rowsof_numbered')
  if (columns.numbersOnly)
    await bench.run(`create temp table rowsof_numbered as
      select * exclude (first), (dense_rank() over (partition by ${ids} order by first))::integer as occ
      from (select *, min("row") over (partition by ${content}) as first from ${source})`)
  await bench.run(`create or replace temp view rowsof as
    select *, ${columns.numbersOnly ? '' : '1 as occ, '}hash(${columns.numbersOnly ? 'occ, ' : ''}${ids}) as person_key
    from ${columns.numbersOnly ? 'rowsof_numbered' : source}`)
  await bench.run(`create or replace temp table person as
    select (row_number() over (order by min("row")))::integer as person, min("row")::integer as "row", count(*)::integer as "rows", occ, person_key, ${ids}
    from rowsof group by occ, person_key, ${ids}`)
  const [keys] = await bench.rows<{ all: number; different: number }>(
    'select count(*)::integer as "all", count(distinct person_key)::integer as different from person',
  )
  if (keys!.all !== keys!.different) throw new Error('Two persons of the file have the same key.')
  const named = columns.identity.map(({ target, column }) => ({ target, column: `p.${column}` }))
  const told = about.flatMap((target) =>
    columns.of(target) ? [{ target, column: `f.${columns.of(target)}` }] : [],
  )
  const wanted = [...named, ...told]
  const rows = await bench.rows<Record<string, string | number | null>>(
    `select p.person, p."row" as at, p."rows" as many, p.occ, ${wanted.map(({ column }, at) => `trim(${column}) as w${at}`).join(', ')}
     from person p ${told.length ? 'join file f on f."row" = p."row"' : ''} order by p.person`,
  )
  return rows.map((row) => ({
    person: row.person as number,
    row: row.at as number,
    rows: row.many as number,
    occ: row.occ as number,
    cells: Object.fromEntries(wanted.map(({ target }, at) => [target, row[`w${at}`] ?? ''])),
  }))
}

/** A person of the file as the matching takes them, at the school that the row names. */
export const asFilePerson = (
  { person, row, rows, occ, cells }: PersonRow,
  school: number | undefined,
): FilePerson => ({
  person,
  row,
  rows,
  school,
  upn: cells.upn ?? '',
  localId: occ > 1 ? `${cells['local id']} (${occ})` : (cells['local id'] ?? ''),
  surname: cells.surname ?? '',
  forename: cells.forename ?? '',
  name: cells.name ?? '',
  born: cells['date of birth'] ?? '',
  yearGroup: cells['year group'] ?? '',
  form: cells.class ?? '',
})
