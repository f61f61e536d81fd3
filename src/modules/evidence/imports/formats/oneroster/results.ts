import type { LeftOut, ResultsTable } from '../contract.ts'
import { readTable } from '../table-text.ts'
import type { Manifest } from './manifest.ts'
import type { RosterPupil } from './roster.ts'

/** Headings that the conversation about a file of results knows. */
const headings = ['UPN', 'Admission number', 'Surname', 'Forename', 'Date of birth', 'Assessment', 'Result']

/** The gradebook as a long table: a result a row, under the title of its line item. A result without a score keeps the words of its status. */
export function readGradebook(
  files: ReadonlyMap<string, Buffer>,
  manifest: Manifest,
  pupils: readonly RosterPupil[],
): { table?: ResultsTable; leftOut: LeftOut[] } {
  const leftOut: LeftOut[] = []
  if (manifest.files.get('results') !== 'bulk') return { leftOut }
  const part = 'results.csv'
  const items = new Map(
    readTable(files.get('lineitems.csv')!, 'lineItems.csv', ['sourcedId', 'title']).rows.map((row) => [
      row.of('sourcedId'),
      row.of('title'),
    ]),
  )
  const known = new Map(pupils.map((pupil) => [pupil.id, pupil]))
  const rows: string[][] = []
  for (const row of readTable(files.get(part)!, part, [
    ...['sourcedId', 'status', 'lineItemSourcedId', 'studentSourcedId', 'scoreStatus', 'score', 'textScore'],
  ]).rows) {
    if (/^tobedeleted$/i.test(row.of('status'))) continue
    const [item, pupil] = [row.of('lineItemSourcedId'), row.of('studentSourcedId')]
    const title = items.get(item)
    const who = known.get(pupil)
    const out = (column: string, value: string, why: string) =>
      leftOut.push({ part, row: row.row, column, value, why })
    if (!title) out('lineItemSourcedId', item, 'No line item of lineItems.csv has this sourcedId.')
    else if (!who) out('studentSourcedId', pupil, 'No pupil of users.csv has this sourcedId.')
    else
      rows.push([
        who.upn ?? '',
        who.localId,
        who.surname,
        who.forename,
        who.born ?? '',
        title,
        row.of('textScore') || row.of('score') || row.of('scoreStatus'),
      ])
  }
  return rows.length ? { table: { headings, rows }, leftOut } : { leftOut }
}
