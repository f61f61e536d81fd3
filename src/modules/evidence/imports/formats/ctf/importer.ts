import { readFile } from 'node:fs/promises'
import { count } from '../../../../../kernel/numbers.ts'
import { Refusal } from '../../../../../kernel/refusal.ts'
import type { FileRead, Importer } from '../contract.ts'
import type { Seen } from '../look.ts'
import { textOf } from '../table-text.ts'
import { academicYearIn } from './place-transfer.ts'
import { planTransfer, type Transfer } from './plan-transfer.ts'
import { transferPupils } from './pupils.ts'
import { readCtf } from './read-ctf.ts'
import { resultsOf } from './results.ts'

const mostBytes = 60 * 1024 * 1024

async function read({ path, bytes }: Seen): Promise<FileRead> {
  if (bytes > mostBytes)
    throw new Refusal(
      'This CTF is larger than 60 MB, and one of a whole secondary school is about 10. Export it again, for fewer pupils.',
    )
  const ctf = readCtf(textOf(await readFile(path)))
  const { pupils, leftOut } = transferPupils(ctf)
  const results = resultsOf(pupils, academicYearIn(ctf.tree))
  return {
    says: `CTF ${ctf.version}.0: ${[count(pupils.length, 'pupil'), ...(results.table ? [count(results.table.rows.length, 'result')] : [])].join(', ')}`,
    notes: [
      ...(results.earlier
        ? [
            `${count(results.earlier, 'result')} of earlier years ${results.earlier === 1 ? 'is' : 'are'} the pupils’ history; scores of key stage 2 go on record as prior attainment.`,
          ]
        : []),
      ...(ctf.unknown.size
        ? [
            `Parts that are not read: ${[...ctf.unknown]
              .slice(0, 8)
              .map(([name, many]) => `${name} (${many})`)
              .join(', ')}.`,
          ]
        : []),
    ],
    leftOut: [...leftOut, ...results.leftOut],
    record: { header: { Header: ctf.tree.Header! }, pupils } satisfies Transfer,
    ...(results.table ? { results: results.table } : {}),
  }
}

/** DfE’s Common Transfer File, of any of the last versions. */
export const ctf: Importer<Transfer> = {
  code: 'ctf',
  name: 'Common Transfer File (CTF, XML)',
  right: 'send results',
  recognises: ({ start }) =>
    start.trimStart().startsWith('<') && /<(!DOCTYPE +)?CTfile[\s>]/.test(start.slice(0, 8_000)),
  read,
  plan: planTransfer,
}
