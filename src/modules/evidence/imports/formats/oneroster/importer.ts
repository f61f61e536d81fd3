import { count } from '../../../../../kernel/numbers.ts'
import { Refusal } from '../../../../../kernel/refusal.ts'
import type { FileRead, Importer } from '../contract.ts'
import type { Seen } from '../look.ts'
import { unpack } from '../zip.ts'
import { readManifest } from './manifest.ts'
import { planRoster } from './plan-roster.ts'
import { readGradebook } from './results.ts'
import { type Roster, readRoster } from './roster.ts'

/** A package of CSV files that a roster is made of, whether or not its manifest is there: what is missing is said when it is read. */
function recognises({ names }: Seen): boolean {
  const here = new Set(names.map((name) => name.toLowerCase().replace(/^.*[\\/]/, '')))
  const has = (...wanted: string[]) => wanted.every((name) => here.has(name))
  return (
    has('manifest.csv') ||
    has('users.csv', 'orgs.csv') ||
    has('users.csv', 'classes.csv') ||
    has('school.csv', 'student.csv')
  )
}

const mostBytes = 200 * 1024 * 1024

async function read({ path, bytes }: Seen): Promise<FileRead> {
  if (bytes > mostBytes)
    throw new Refusal(
      'This package is larger than 200 MB. Export one school at a time, or the roster without its resources.',
    )
  const files = await unpack(path, (name) => name.endsWith('.csv'))
  const manifest = readManifest(files)
  const roster = readRoster(files, manifest)
  if (roster.schools.length === 0)
    throw new Refusal(
      'orgs.csv names no school (no line has the type “school”), so nobody can be put anywhere. Export the package again.',
    )
  const gradebook = readGradebook(files, manifest, roster.pupils)
  const parts = [
    count(roster.schools.length, 'school'),
    count(roster.pupils.length, 'pupil'),
    count(roster.staff.length, 'member of staff', 'staff'),
    count(roster.classes.length, 'class', 'classes'),
    ...(gradebook.table ? [count(gradebook.table.rows.length, 'result')] : []),
  ]
  return {
    says: `OneRoster ${manifest.version}${manifest.source ? ` from ${manifest.source}` : ''}: ${parts.join(', ')}`,
    notes: [],
    leftOut: [...roster.leftOut, ...gradebook.leftOut],
    record: roster,
    results: gradebook.table,
  }
}

/** OneRoster 1.1 and 1.2 as CSV in a ZIP (1EdTech): roster and gradebook, whole. */
export const oneroster: Importer<Roster> = {
  code: 'oneroster',
  name: 'OneRoster package (ZIP)',
  right: 'send results',
  recognises,
  read,
  plan: planRoster,
}
