import { setImmediate as turn } from 'node:timers/promises'
import type { Viewer } from '../../../platform/viewer.ts'
import { intervalOf, type Look, lookAt } from '../domain/scan/look.ts'
import { type ScanOfEach, scanLooks } from '../domain/scan/scan.ts'
import { makeDoubts } from '../doubts/make-doubts.ts'
import { measuresOf } from '../queries/measures.ts'
import { lookedAtMeasures, mayBeLookedAt } from './looked-at.ts'
import { type RowsAt, rowsAt } from './rows-at.ts'
import {
  type Gap,
  isSealed,
  keyOf,
  nameOf,
  type ScanInputs,
  type SealedFinding,
  sealScan,
} from './sealed-scan.ts'

/** Of the findings shown to a trust, the share that may be chance. */
export const rate = 0.1

/**
 * Looks through the whole trust at a drop and seals what was found, unless that was done before. Others have their turn between
 * two measures.
 */
export async function makeScan(viewer: Viewer, inputs: ScanInputs): Promise<void> {
  const { lake } = viewer.house
  const { drop, files, before } = inputs
  const name = nameOf(viewer.trust, inputs)
  if (isSealed(lake, name)) return
  const every = await measuresOf(viewer)
  const wanted = every.filter(mayBeLookedAt).map(({ id }) => id)
  const all = (await rowsAt(lake, drop, files, wanted)).filter(
    ({ rows }) => rows.outcome.length > 0 && rows.outcome.some((value) => value !== rows.outcome[0]),
  )
  const measures = lookedAtMeasures(every, new Set(all.map(({ measure }) => measure)))
  const filled = measures.map((measure) => all.find((set) => set.measure === measure.id)!)
  // A school without another in the same measure has nobody to be held against.
  const sets = filled.filter(({ rows }) => rows.places[0]!.levels.length > 1)
  const looks: Look[] = []
  for (const { rows } of sets) {
    await turn()
    looks.push(lookAt(rows, rate))
  }
  const found = scanLooks(looks, { fdr: rate })
  await sealScan(lake, name, {
    family: found.family,
    tested: found.tested,
    ordinary: found.ordinary,
    fdr: found.fdr,
    measures: sets.map(({ measure: id, withPrior }) => ({ id, withPrior })),
    alone: filled.filter((set) => !sets.includes(set)).map(({ measure }) => measure),
    findings: found.findings.map((one) => findingOf(one, sets[one.of]!)),
    doubts: await makeDoubts(viewer, { drop, files }, before),
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

function gapsOf(looks: readonly Look[], sets: readonly RowsAt[]): Map<string, Gap> {
  const gaps = new Map<string, Gap>()
  for (const [at, look] of looks.entries())
    for (let cell = 0; cell < look.cells.many; cell++) {
      const { place, group } = look.cells.namesOf(cell)
      gaps.set(keyOf(sets[at]!.measure, place, group), {
        gap: look.cells.at.gap[cell]!,
        ...intervalOf(look, cell),
      })
    }
  return gaps
}

type Columns = Pick<RowsAt['rows'], 'places' | 'groups'>

/** Is a row of a place, and of a group? Levels that no row has are nobody’s. */
function fitsOf(
  { places, groups }: Columns,
  { place, group }: Pick<ScanOfEach['findings'][number], 'place' | 'group'>,
) {
  const codesOf = (columns: Columns['places'], wanted: Readonly<Record<string, string>>) =>
    columns
      .filter(({ name }) => wanted[name] !== undefined)
      .map(({ name, levels, codes }) => ({ codes, code: levels.indexOf(wanted[name]!) }))
  const [at, of] = [codesOf(places, place), codesOf(groups, group)]
  return {
    isThere: (row: number) => at.every(({ codes, code }) => codes[row] === code),
    isOne: (row: number) => of.every(({ codes, code }) => codes[row] === code),
  }
}

/** Everyone of a place and group: the results of those who have one, how many have none, and how many others the place has. */
function membersOf(
  { rows, without }: RowsAt,
  finding: ScanOfEach['findings'][number],
): Pick<SealedFinding, 'values' | 'mean' | 'missing' | 'rest'> {
  const held = fitsOf(rows, finding)
  const values: number[] = []
  let everyone = 0
  for (let row = 0; row < rows.outcome.length; row++) {
    if (!held.isThere(row)) continue
    everyone++
    if (held.isOne(row)) values.push(rows.outcome[row]!)
  }
  const lacking = fitsOf(without, finding)
  let missing = 0
  for (let row = 0; row < without.many; row++) if (lacking.isThere(row) && lacking.isOne(row)) missing++
  return {
    values,
    mean: values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length),
    missing,
    rest: everyone - values.length,
  }
}
