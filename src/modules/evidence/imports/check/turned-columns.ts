import { count, whole } from '../../../../kernel/numbers.ts'
import type { Workbench } from '../../../../platform/lake/duck.ts'
import type { Note } from '../domain/words.ts'
import type { Columns } from './columns.ts'
import { states } from './lay-results.ts'

/** So many cells on either side make a turn; fewer are slips. */
const least = 5

/**
 * A column that changes its meaning halfway, as when two exports are pasted under one another: its cells stand on the scale down to a row, and
 * from there on hardly any does. The rows wait for answers anyway; the note says where to look.
 */
export async function turnedColumns(bench: Workbench, columns: Columns): Promise<Note[]> {
  if (columns.wide.length === 0) return []
  const turned = await bench.rows<{ col: number; turn: number; before: number; off: number; after: number }>(`
    with c as (
      select s.col, c."row", m.state <> ${states.in} as bad
      from cell c join said s using (said) join meaning m using (said) where m.state <> ${states.none}),
    first as (select col, min("row") filter (bad) as turn from c group by col having count(*) filter (bad) >= ${least})
    select c.col, f.turn::integer as turn, count(*) filter (c."row" < f.turn)::integer as before,
      count(*) filter (c."row" >= f.turn and bad)::integer as off, count(*) filter (c."row" >= f.turn)::integer as after
    from c join first f using (col) group by all having before >= ${least} and off >= 0.8 * after order by c.col`)
  return turned.map(({ col, turn, before, off, after }) => ({
    sentence: `The column ${columns.headingAt(col)} seems to change its meaning in row ${whole(turn)}: ${count(before, 'cell')} above it ${before === 1 ? 'stands' : 'stand'} on the scale, and ${whole(off)} of ${whole(after)} from there on do not. Two files may have been pasted under one another.`,
    rows: [turn],
  }))
}
