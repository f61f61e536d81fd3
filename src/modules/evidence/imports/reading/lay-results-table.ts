import { count } from '../../../../kernel/numbers.ts'
import { Refusal } from '../../../../kernel/refusal.ts'
import type { Workbench } from '../../../../platform/lake/duck.ts'
import type { Importer } from '../formats/contract.ts'
import type { Seen } from '../formats/look.ts'
import { readApart } from '../formats/read-apart.ts'
import { pouring } from './pour.ts'
import type { Laid } from './read-csv.ts'

/** Lays the results of a file of a known format out as view `file`, so that the conversation goes on as with a mark sheet. @throws Refusal */
export async function layResults(
  bench: Workbench,
  importer: Importer,
  seen: Seen,
): Promise<Laid & { readonly says: string; readonly notes: readonly string[] }> {
  const { says, results, record, leftOut } = await readApart(importer, seen)
  const elsewhere = `“${says}” is not a file of results for a drop. Send it under Drops, Files for the record.`
  if (!results) throw new Refusal(elsewhere)
  const names = results.headings.map((_, at) => `c${at}`)
  const into = await pouring(bench, 'raw', {
    row: 'integer',
    cells: 'integer',
    ...Object.fromEntries(names.map((name) => [name, 'text' as const])),
  })
  for (const [at, row] of results.rows.entries())
    into.add([at + 2, names.length, ...names.map((_, column) => row[column] || null)])
  into.end()
  await bench.run('create or replace temp view file as select * from raw')
  return {
    says,
    headings: results.headings,
    headingRow: 1,
    delimiter: ',',
    first: results.rows.slice(0, 200),
    width: names.length,
    notes: [
      ...(record !== undefined
        ? ['It holds pupils and classes as well. Bring those in first, under Drops, Files for the record.']
        : []),
      ...(leftOut.length
        ? [
            `${count(leftOut.length, 'line')} of it can’t be read and ${leftOut.length === 1 ? 'is' : 'are'} left out: ${leftOut
              .slice(0, 3)
              .map(({ part, row, why }) => `${part ?? 'file'}, row ${row ?? '?'}: ${why}`)
              .join(' ')}`,
          ]
        : []),
    ],
  }
}
