import { readFile } from 'node:fs/promises'
import { count } from '../../../../../kernel/numbers.ts'
import { Refusal } from '../../../../../kernel/refusal.ts'
import { upnTrouble } from '../../../../../kernel/upn.ts'
import { goodLevelOf } from '../../domain/good-level.ts'
import type { FileRead, Importer, LeftOut } from '../contract.ts'
import { goodLevel } from '../ctf/stage-assessments.ts'
import type { Seen } from '../look.ts'
import { readTable } from '../table-text.ts'

/** The 12 goals that the good level of development needs, by the names that DfE’s own files have, since 2021/22. */
const needed = [
  ...['COM_E01', 'COM_E02', 'PSE_E03', 'PSE_E04', 'PSE_E05', 'PHY_E06', 'PHY_E07'],
  ...['LIT_E08', 'LIT_E09', 'LIT_E10', 'MAT_E11', 'MAT_E12'],
]

const headingsIn = (start: string) =>
  new Set(
    (start.slice(0, 8_000).split(/\r?\n|\r/, 1)[0] ?? '')
      .split(/[,;\t]/)
      .map((cell) => cell.replaceAll('"', '').trim().toUpperCase()),
  )

const mostBytes = 20 * 1024 * 1024

async function read({ path, start, bytes }: Seen): Promise<FileRead> {
  if (bytes > mostBytes)
    throw new Refusal('This profile is larger than 20 MB. Export the children of one school and one year.')
  const missing = needed.filter((goal) => !headingsIn(start).has(goal))
  if (missing.length)
    throw new Refusal(
      `The profile has no column for ${missing.slice(0, 4).join(', ')}. Export all early learning goals.`,
    )
  const table = readTable(await readFile(path), 'The profile', ['UPN', 'Surname', 'Forename', ...needed])
  const leftOut: LeftOut[] = []
  const rows: string[][] = []
  for (const row of table.rows) {
    const upn = row.of('UPN').toUpperCase()
    const trouble = upnTrouble(upn)
    const good = goodLevelOf(needed.map(row.of))
    if (trouble) leftOut.push({ row: row.row, column: 'UPN', value: upn, why: trouble })
    else if (good === undefined)
      leftOut.push({
        row: row.row,
        column: 'COM_E01 to MAT_E12',
        value: needed.map(row.of).join(' '),
        why: 'A goal that the good level of development needs is neither 1 (emerging) nor 2 (expected), so it can’t be said.',
      })
    else rows.push([upn, row.of('Surname'), row.of('Forename'), goodLevel, good ? 'Y' : 'N'])
  }
  if (rows.length === 0)
    throw new Refusal('Not one child of this profile can be read. Export it again, with UPNs and goals.')
  return {
    says: `Early years profile of ${count(rows.length, 'child', 'children')}`,
    notes: [],
    leftOut,
    results: { headings: ['UPN', 'Surname', 'Forename', 'Assessment', 'Result'], rows },
  }
}

/** The early years foundation stage profile by goal, which becomes the good level of development. */
export const eyfs: Importer = {
  code: 'eyfs',
  name: 'Early years profile by goal (CSV)',
  right: 'send results',
  recognises: ({ start, names }) => {
    const headings = headingsIn(start)
    return names.length === 0 && headings.has('UPN') && headings.has('COM_E01')
  },
  read,
}
