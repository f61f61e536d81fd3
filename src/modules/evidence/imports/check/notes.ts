import { count } from '../../../../kernel/numbers.ts'
import type { Workbench } from '../../../../platform/lake/duck.ts'
import type { Mapping, Note, Reading } from '../domain/words.ts'
import type { Columns } from './columns.ts'
import type { ReadTexts } from './lay-results.ts'
import type { Standings } from './place-persons.ts'

const statusWords: Record<string, string> = {
  absent: 'absent',
  'not taken': 'not taken',
  'below test': 'below the level of the test',
  left: 'left',
  'other scale': 'it stands, on another scale; no figure counts it',
}

/** Codes that stand where a result would, and what they are kept as. */
export async function noteCodes(bench: Workbench, { coded }: ReadTexts): Promise<Note[]> {
  const notes: Note[] = []
  for (const { said, text, status, assessment, rows } of coded.slice(0, 20)) {
    const at = (
      await bench.rows<{ row: number }>(`select "row" from cell where said = ${said} order by "row" limit 20`)
    ).map(({ row }) => row)
    const places =
      rows === 1
        ? `row ${at[0]}`
        : rows <= 4
          ? `rows ${at.slice(0, -1).join(', ')} and ${at.at(-1)}`
          : `${count(rows, 'row')}, the first row ${at[0]}`
    notes.push({
      sentence: `“${text}” in ${assessment}, ${places}, is kept as ${statusWords[status] ?? status}${status === 'other scale' ? '' : ', never as 0'}.`,
      rows: at,
    })
  }
  return notes
}

/** What is worth knowing of the columns. */
export function noteColumns(reading: Reading, columns: Columns, mapping: Mapping): Note[] {
  const empty = columns.wide.filter(({ index }) => reading.columns[index]?.filled === 0)
  return [
    ...empty.map(({ index }) => ({
      sentence: `The column ${columns.headingAt(index)} is empty in every row: recorded as not collected.`,
      rows: [],
    })),
    ...(mapping.replace
      ? [
          {
            sentence:
              'Results of these assessments that are not in this file are taken out: the file is the whole truth.',
            rows: [],
          },
        ]
      : []),
  ]
}

/** What becomes of what the file says about pupils and schools. */
export function noteAbout({ persons, newSchools }: Standings): Note[] {
  const notes: Note[] = []
  const known = persons.filter((one) => one.placing.standing === 'matched' && one.about.length > 0).length
  if (known)
    notes.push({
      sentence: `The file also describes pupils (such as their sex). New pupils take it; for ${count(known, 'pupil')} whom we know, the record stands.`,
      rows: [],
    })
  if (newSchools.length)
    notes.push({
      sentence: `${count(newSchools.length, 'school')} would be added. Until their true URNs are known they go by numbers from 900001 on.`,
      rows: [],
    })
  return notes
}
