import { benjaminiHochberg } from '../distributions/multiple-testing.ts'
import { normalQuantile } from '../distributions/normal.ts'
import { cellsOf, type ScanCell } from './cells.ts'
import { chanceOf, reachOf95 } from './chance.ts'
import { type Combination, groupsOf, placesOf } from './combinations.ts'
import { type Expected, expectedOf } from './expected.ts'
import { fold, type Kept, survivors } from './fold.ts'
import { byPupil, type ScanRows } from './rows.ts'
import { shrink } from './shrink.ts'

/** Where and who, as column and value. */
export type Named = Readonly<Record<string, string>>

export interface Finding {
  readonly place: Named
  readonly group: Named
  /** Results and the pupils whose they are. */
  readonly n: number
  readonly pupils: number
  /** Difference from similar pupils elsewhere, in the outcome's unit; below them is negative. */
  readonly gap: number
  /** Ends of its 95% interval. */
  readonly low: number
  readonly high: number
  /** The gap drawn towards that of the wider place or group. */
  readonly shrunk: number
  /** Two-sided chance of such a gap if there were none, and the least false-discovery rate that would let it in. */
  readonly chance: number
  readonly q: number
  /** Places and groups that say the same and are folded into this one. */
  readonly folded: number
}

export interface Scan {
  /** Places and groups that hold anyone, each set of pupils counted once. */
  readonly family: number
  /** Those large enough to be told from chance, with enough similar pupils elsewhere. */
  readonly tested: number
  readonly fdr: number
  /** In the order in which to look. */
  readonly findings: readonly Finding[]
  /** Tested, and no further from similar pupils than chance explains. */
  readonly ordinary: number
}

/** Fewer pupils than this can’t be told from chance, and may not be shown outside their school. */
export const fewestPupils = 6
/** A place that holds more than this share of the pupils who are like its own has nobody to be held against. */
const mostOwn = 0.75

const named = ({ columns }: Combination, example: number): Named =>
  Object.fromEntries(columns.map(({ name, levels, codes }) => [name, levels[codes[example]!]!]))

/** Like numbers of pupils concerned are equals, and among equals good news stands first. */
const weight = ({ pupils, shrunk }: { pupils: number; shrunk: number }, spread: number) =>
  Math.round(Math.log(Math.max((pupils * Math.abs(shrunk)) / spread, 1e-12)) / Math.log(1.1))

/** Several outcomes looked through as one family: findings say which they are of. */
export interface ScanOfEach extends Omit<Scan, 'findings'> {
  readonly findings: readonly (Finding & { readonly of: number })[]
  readonly looks: readonly Look[]
}

export interface ScanOptions {
  readonly fdr?: number
  readonly higherIsBetter?: boolean
}

/**
 * Looks through every place and group for pupils who do better or worse than similar pupils elsewhere, and keeps what
 * still stands out once it is allowed for how many were looked at. `higherIsBetter` decides what is good news.
 */
export function scan(rows: ScanRows, options: ScanOptions = {}): Scan {
  const { family, tested, fdr, findings, ordinary } = scanEach([rows], options)
  return { family, tested, fdr, findings: findings.map(({ of: _, ...finding }) => finding), ordinary }
}

/** The same for several outcomes, ranked by gaps in the spread of each. */
export function scanEach(
  sets: readonly ScanRows[],
  { fdr = 0.05, higherIsBetter = true }: ScanOptions = {},
): ScanOfEach {
  const looks = sets.map(lookAt)
  const everything = looks.flatMap(({ tested }, of) => tested.map((cell) => ({ ...cell, of })))
  const adjusted = benjaminiHochberg(everything.map(({ chance }) => chance))
  const standing = everything.filter((_, at) => adjusted[at]! <= fdr)
  const least = standing.reduce((most, { chance }) => Math.max(most, chance), 0)
  const bar = least > 0 ? -normalQuantile(least / 2) : 0
  const kept = survivors(
    looks.flatMap(({ expected }, of) =>
      fold(
        standing.filter((cell) => cell.of === of),
        expected,
        bar,
      ).map((cell) => ({ ...cell, of })),
    ),
    everything.length,
    fdr,
  )
  const told = kept.reduce((sum, { folded }) => sum + 1 + folded, 0)
  const good = ({ gap }: Finding) => Number(gap > 0 === higherIsBetter)
  const heavy = (finding: Finding & { of: number }) => weight(finding, looks[finding.of]!.spread)
  return {
    family: looks.reduce((sum, { family }) => sum + family, 0),
    tested: everything.length,
    fdr,
    findings: kept
      .map((cell) => ({ ...findingOf(cell), of: cell.of }))
      .sort(
        (one, other) => heavy(other) - heavy(one) || good(other) - good(one) || one.chance - other.chance,
      ),
    ordinary: everything.length - told,
    looks,
  }
}

const findingOf = (cell: Kept & { q: number }): Finding => ({
  ...namesOf(cell),
  n: cell.n,
  pupils: cell.pupils,
  gap: cell.gap,
  ...intervalOf(cell),
  shrunk: cell.shrunk,
  chance: cell.chance,
  q: cell.q,
  folded: cell.folded,
})

/** What was looked at of one outcome. */
export type Look = ReturnType<typeof lookAt>

/** Where and who a cell is of. */
export const namesOf = (
  cell: Pick<ScanCell, 'place' | 'group' | 'example'>,
): { place: Named; group: Named } => ({
  place: named(cell.place, cell.example),
  group: named(cell.group, cell.example),
})

/** Every place and group that can be told from chance, with its gap, how sure it is, and how likely by chance alone. */
export function lookAt(given: ScanRows) {
  const rows = byPupil(given)
  const expected = expectedOf(rows)
  const { cells, family } = cellsOf(rows, expected, placesOf(rows), groupsOf(rows))
  const told = cells.filter(canTell).map((cell) => ({ ...cell, chance: chanceFor(cell) }))
  const spread = spreadOf(expected)
  return { expected, family, spread, tested: shrink(told, spread) }
}

/** Ends of the 95% interval of a gap. */
export function intervalOf({ gap, error, freedom }: { gap: number; error: number; freedom: number }) {
  const reach = reachOf95(freedom) * error
  return { low: gap - reach, high: gap + reach }
}

const canTell = (cell: ScanCell) => cell.pupils >= fewestPupils && cell.own <= mostOwn && cell.variance > 0

const chanceFor = (cell: ScanCell): number =>
  chanceOf(cell.sum / Math.sqrt(cell.variance * (1 - cell.own)), cell.freedom, cell.skewness)

function spreadOf({ deviation }: Expected): number {
  let squares = 0
  for (const one of deviation) squares += one * one
  return Math.sqrt(squares / deviation.length)
}
