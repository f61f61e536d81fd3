import type { Viewer } from '../../../platform/viewer.ts'
import type { LakeFile } from '../../evidence/index.ts'
import type { DropKnown } from '../cells/make-cells.ts'
import { intervalOf, type Look, namesOf, type ScanOfEach, scanEach } from '../domain/scan/scan.ts'
import { measuresOf } from '../queries/measures.ts'
import { lookedAtMeasures, mayBeLookedAt } from './looked-at.ts'
import { type RowsAt, rowsAt } from './rows-at.ts'
import { type Gap, isSealed, keyOf, type SealedFinding, scanName, sealScan } from './sealed-scan.ts'

/** Of the findings shown to a trust, the share that may be chance. */
export const rate = 0.1

/** Looks through the whole trust at a drop and seals what was found, unless that was done before. */
export async function makeScan(viewer: Viewer, drop: DropKnown, files: readonly LakeFile[]): Promise<void> {
  const { lake } = viewer.house
  const name = scanName(viewer.trust, drop, files)
  if (isSealed(lake, name)) return
  const every = await measuresOf(viewer)
  const wanted = every.filter(mayBeLookedAt).map(({ id }) => id)
  const all = (await rowsAt(lake, drop, files, wanted)).filter(
    ({ rows }) => rows.outcome.length > 0 && rows.outcome.some((value) => value !== rows.outcome[0]),
  )
  const measures = lookedAtMeasures(every, new Set(all.map(({ measure }) => measure)))
  const sets = measures.map((measure) => all.find((set) => set.measure === measure.id)!)
  const found = scanEach(
    sets.map(({ rows }) => rows),
    { fdr: rate },
  )
  await sealScan(lake, name, {
    family: found.family,
    tested: found.tested,
    ordinary: found.ordinary,
    fdr: found.fdr,
    measures: sets.map(({ measure: id, withPrior }) => ({ id, withPrior })),
    findings: found.findings.map((one) => findingOf(one, sets[one.of]!)),
    gaps: gapsOf(found.looks, sets),
  })
}

function findingOf(one: ScanOfEach['findings'][number], set: RowsAt): SealedFinding {
  const { of: _, chance: __, ...finding } = one
  return {
    ...finding,
    ...membersOf(set, one),
    measure: set.measure,
    key: keyOf(set.measure, one.place, one.group),
  }
}

const gapsOf = (looks: readonly Look[], sets: readonly RowsAt[]): Map<string, Gap> =>
  new Map(
    looks.flatMap(({ tested }, at) =>
      tested.map((cell): [string, Gap] => {
        const { place, group } = namesOf(cell)
        return [keyOf(sets[at]!.measure, place, group), { gap: cell.gap, ...intervalOf(cell) }]
      }),
    ),
  )

/** Everyone of a place and group: the results of those who have one, how many have none, and how many others the place has. */
function membersOf(
  { rows, without }: RowsAt,
  { place, group }: ScanOfEach['findings'][number],
): Pick<SealedFinding, 'values' | 'mean' | 'missing' | 'rest'> {
  const codesOf = (columns: RowsAt['rows']['places'], wanted: Readonly<Record<string, string>>) =>
    columns
      .filter(({ name }) => wanted[name] !== undefined)
      .map(({ name, levels, codes }) => ({ codes, code: levels.indexOf(wanted[name]!) }))
  const [at, of] = [codesOf(rows.places, place), codesOf(rows.groups, group)]
  const values: number[] = []
  let everyone = 0
  for (let row = 0; row < rows.outcome.length; row++) {
    if (at.some(({ codes, code }) => codes[row] !== code)) continue
    everyone++
    if (of.every(({ codes, code }) => codes[row] === code)) values.push(rows.outcome[row]!)
  }
  return {
    values,
    mean: values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length),
    missing: without.filter(
      (fact) =>
        (place.school === undefined || String(fact.school) === place.school) &&
        (place.year === undefined || fact.year_group === place.year) &&
        (place.class === undefined || String(fact.class_id) === place.class) &&
        Object.entries(group).every(([name, value]) => fact[name] === value),
    ).length,
    rest: everyone - values.length,
  }
}
