import { type SelectQueryBuilder, sql } from 'kysely'
import type { Reading } from './door.ts'
import type { Tables } from './tables.ts'

/** `code`: a text in which no separator can stand, such as a day or a code. `text`: anything that a person may have typed. */
export type HandedOver = 'number' | 'code' | 'text'

const between = '\u001f'
const after = '\u001e'
const nothing = '\u001d'

/**
 * The rows of a large select, handed over as one text: out of the embedded database ten times quicker than row by row.
 * `columns` names every column of the select and what it is.
 */
export async function manyRows<Row>(
  db: Reading,
  query: SelectQueryBuilder<Tables, never, Row>,
  columns: { readonly [Name in keyof Row & string]: HandedOver },
): Promise<Row[]> {
  const names = Object.keys(columns) as (keyof Row & string)[]
  const pieces = names.map((name) => {
    const text = sql`${sql.ref(name)}::text`
    const plain = columns[name] === 'text' ? sql`translate(${text}, ${between + after + nothing}, '')` : text
    return sql`coalesce(${plain}, ${sql.lit(nothing)})`
  })
  const row = sql.join(pieces, sql` || ${sql.lit(between)} || `)
  const { rows } = await sql<{
    whole: string | null
  }>`select string_agg(${row}, ${sql.lit(after)}) as whole from (${query as never}) as one`.execute(db)
  const whole = rows[0]?.whole
  if (!whole) return []
  return whole.split(after).map((line) => {
    const cells = line.split(between)
    const one: Record<string, string | number | null> = {}
    for (let at = 0; at < names.length; at++) {
      const name = names[at]!
      const cell = cells[at]!
      one[name] = cell === nothing ? null : columns[name] === 'number' ? Number(cell) : cell
    }
    return one as Row
  })
}
