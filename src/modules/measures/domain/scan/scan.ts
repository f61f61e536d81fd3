import { highestChance } from '../distributions/multiple-testing.ts'
import { normalQuantile } from '../distributions/normal.ts'
import type { Named } from './cell-table.ts'
import { fold, type Kept, survivors } from './fold.ts'
import { type Look, lookAt } from './look.ts'
import type { ScanRows } from './rows.ts'
import { type Shortlist, shortlist } from './shortlist.ts'

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

/** Like numbers of pupils concerned are equals, and among equals good news stands first. */
const weight = ({ pupils, shrunk, spread }: Kept) =>
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
  const { family, tested, fdr, findings, ordinary } = scanLooks([lookAt(rows, options.fdr ?? 0.05)], options)
  return { family, tested, fdr, findings: findings.map(({ of: _, ...finding }) => finding), ordinary }
}

/** What stands out in several looks, each with chances worked out up to the rate; ranked by gaps in the spread of each. */
export function scanLooks(
  looks: readonly Look[],
  { fdr = 0.05, higherIsBetter = true }: ScanOptions = {},
): ScanOfEach {
  const highest = highestChance(
    looks.map(({ chance }) => chance),
    fdr,
  )
  const kept = looks.flatMap((look, of) =>
    foldedAt(shortlist(look, highest), highest).map((one) => ({ ...one, of })),
  )
  const tested = looks.reduce((sum, { cells }) => sum + cells.many, 0)
  const findings = ranked(kept, tested, fdr, higherIsBetter)
  return {
    family: looks.reduce((sum, { family }) => sum + family, 0),
    tested,
    fdr,
    findings: findings.map(({ of, place, group, n, pupils, gap, low, high, shrunk, chance, q, folded }) => ({
      of,
      place,
      group,
      n,
      pupils,
      gap,
      low,
      high,
      shrunk,
      chance,
      q,
      folded,
    })),
    ordinary: tested - findings.reduce((sum, { folded }) => sum + 1 + folded, 0),
    looks,
  }
}

/** The cells of a list that are no likelier than `highest`, folded. */
export const foldedAt = (list: Shortlist, highest: number): Kept[] =>
  highest > 0 ? fold(list, highest, -normalQuantile(highest / 2)) : []

/** Folded findings of several outcomes as one family, in the order in which to look. */
export function ranked<T extends Kept>(
  kept: readonly T[],
  tested: number,
  fdr: number,
  higherIsBetter = true,
): (T & { q: number })[] {
  const good = ({ gap }: Kept) => Number(gap > 0 === higherIsBetter)
  return survivors(kept, tested, fdr).sort(
    (one, other) => weight(other) - weight(one) || good(other) - good(one) || one.chance - other.chance,
  )
}
