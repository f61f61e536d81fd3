import { chanceBeyond } from '../distributions/normal.ts'
import type { Shortlist, Told } from './shortlist.ts'

/** A cell has to explain this much more, in squared standard errors, for each column that it names beyond another. */
const plainness = 3
const mostFindings = 200

export interface Kept extends Told {
  /** Of its own gap, or of what the stronger findings leave of it, whichever is the likelier. */
  readonly chance: number
  /** How many other cells say the same and are folded into this one. */
  readonly folded: number
}

/**
 * Folds cells that say the same into the one that explains them best: the strongest is taken, its gap is taken off its
 * pupils, and what then no longer stands out has been explained by it; and again, until nothing stands out. Cells stand that are no likelier
 * than `highest`, which is `least` standard errors.
 */
export function fold(
  { cells, strata, inStratum, rowsOf, cellsOf }: Shortlist,
  highest: number,
  least: number,
): Kept[] {
  const sums = Float64Array.from(cells, ({ sum }) => sum)
  const leftOf = (one: number) => sums[one]! / cells[one]!.n / (1 - cells[one]!.own)
  const score = (one: number) => leftOf(one) / cells[one]!.error
  const open = new Set([...cells.keys()].filter((one) => cells[one]!.chance <= highest))
  const kept: Kept[] = []
  while (open.size > 0 && kept.length < mostFindings) {
    let best = -1
    let most = Number.NEGATIVE_INFINITY
    for (const one of open) {
      const worth = score(one) ** 2 - plainness * cells[one]!.columns
      if (worth > most) {
        most = worth
        best = one
      }
    }
    const cell = cells[best]!
    const likelier = Math.max(cell.chance, kept.length === 0 ? 0 : chanceBeyond(score(best)))
    open.delete(best)
    takeOff(best)
    let folded = 0
    for (const one of open) {
      const left = score(one)
      if (Math.abs(left) >= least && Math.sign(left) === Math.sign(cells[one]!.gap)) continue
      open.delete(one)
      folded++
    }
    kept.push({ ...cell, chance: likelier, folded })
  }
  return kept

  function takeOff(best: number): void {
    const off = leftOf(best)
    for (const row of rowsOf(best)) for (const one of cellsOf(row)) sums[one]! -= off
    for (let stratum = 0; stratum < strata.length; stratum++) {
      const mine = inStratum[best * strata.length + stratum]!
      if (mine === 0) continue
      const shift = (off * mine) / strata[stratum]!
      for (const one of open) sums[one]! += shift * inStratum[one * strata.length + stratum]!
    }
  }
}

/**
 * Benjamini and Hochberg's step-up rule once more, counting each folded finding once: many cells that say the same must not
 * make room for a weak one that says something else.
 */
export function survivors<T extends { readonly chance: number }>(
  kept: readonly T[],
  tested: number,
  fdr: number,
): (T & { q: number })[] {
  const order = [...kept].sort((one, other) => other.chance - one.chance)
  let least = 1
  return order
    .map((cell, place) => {
      least = Math.min(least, (cell.chance * tested) / (order.length - place))
      return { ...cell, q: least }
    })
    .filter(({ q }) => q <= fdr)
}
