import { Refusal } from '../../../../../kernel/refusal.ts'
import { readTable } from '../table-text.ts'

/** What a package says of itself. */
export interface Manifest {
  readonly version: '1.1' | '1.2'
  readonly source: string
  /** By file name without `.csv`, in lower case: `bulk`, `delta` or `absent`. */
  readonly files: ReadonlyMap<string, string>
}

/** Microsoft School Data Sync’s packages look alike and have no manifest. */
const sds = ['school.csv', 'student.csv', 'section.csv']

/** Without these there is nobody to put anywhere. */
const required = ['orgs', 'users']
/** What each file points into. */
const needs: Readonly<Record<string, readonly string[]>> = {
  enrollments: ['classes'],
  results: ['lineitems'],
  demographics: ['users'],
}

const list = (names: readonly string[]) =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`

/** @throws Refusal that says exactly what is missing, or is meant otherwise than we can take it. */
export function readManifest(files: ReadonlyMap<string, Buffer>): Manifest {
  const text = files.get('manifest.csv')
  const here = [...files.keys()].filter((name) => name.endsWith('.csv'))
  if (!text) {
    const missing = ['manifest.csv', ...required.map((name) => `${name}.csv`)].filter(
      (name) => !files.has(name),
    )
    const microsoft =
      sds.some((name) => files.has(name)) || (files.has('orgs.csv') && !missing.includes('users.csv'))
    throw new Refusal(
      `This package has no ${list(missing)}, which OneRoster requires; it holds ${list(here.slice(0, 8)) || 'no CSV file at all'}.${microsoft ? ' It looks like a package for Microsoft School Data Sync: export as OneRoster 1.1 or 1.2 instead.' : ' Export it again as OneRoster 1.1 or 1.2 (CSV).'}`,
    )
  }
  const said = new Map<string, string>()
  for (const row of readTable(text, 'manifest.csv', ['propertyName', 'value']).rows) {
    const name = row.of('propertyName').toLowerCase()
    if (said.has(name) && said.get(name) !== row.of('value'))
      throw new Refusal(
        `manifest.csv says two things of ${row.of('propertyName')}: “${said.get(name)}” and “${row.of('value')}”. Export the package again.`,
      )
    said.set(name, row.of('value'))
  }
  const version = said.get('oneroster.version')
  if (version !== '1.1' && version !== '1.2')
    throw new Refusal(
      version
        ? `manifest.csv says that this is OneRoster ${version}. Throughline reads 1.1 and 1.2.`
        : 'manifest.csv does not say which version of OneRoster this is (oneroster.version). Throughline reads 1.1 and 1.2.',
    )
  const declared = new Map(
    [...said].flatMap(([name, value]) =>
      name.startsWith('file.') ? [[name.slice(5), value.toLowerCase()] as const] : [],
    ),
  )
  for (const [name, how] of declared) {
    if (how === 'absent' || how === '') continue
    if (how === 'delta')
      throw new Refusal(
        `manifest.csv says that ${name}.csv holds only what has changed (delta). Throughline takes the whole (bulk), so that nothing is missed: export it as bulk.`,
      )
    if (how !== 'bulk')
      throw new Refusal(
        `manifest.csv says “${how}” of ${name}.csv. It should be bulk or absent: export the package again.`,
      )
    if (!files.has(`${name}.csv`))
      throw new Refusal(
        `manifest.csv says that the package holds ${name}.csv, but it is not there. Export the package again.`,
      )
  }
  const bulk = (name: string) => declared.get(name) === 'bulk'
  const missing = [
    ...required,
    ...Object.entries(needs).flatMap(([name, others]) => (bulk(name) ? others : [])),
  ].filter((name) => !bulk(name))
  if (missing.length)
    throw new Refusal(
      `The package has no ${list([...new Set(missing)].map((name) => `${name}.csv`))}, by its own manifest, and nothing can be read without ${missing.length === 1 ? 'it' : 'them'}.`,
    )
  return {
    version,
    source: said.get('source.systemname') ?? '',
    files: declared,
  }
}
