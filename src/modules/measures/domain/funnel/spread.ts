import type { Kind, UnitCount } from './funnel.ts'

export type Overdispersion = 'none' | 'multiplicative' | 'additive'

/** Units on a scale where their chance errors are nearly normal, and how much more they differ than chance would have it. */
export interface Spread {
  readonly phi: number
  readonly tau2: number
  readonly target: number
  readonly of: (unit: UnitCount) => { readonly distance: number; readonly error: number }
  /** From the scale back to values. */
  readonly back: (scaled: number) => number
}

interface Scale {
  readonly scaled: (unit: UnitCount) => number
  readonly error: (unit: UnitCount) => number
  readonly target: number
  readonly back: (scaled: number) => number
}

/** Ratios on the scale of their logarithms (NHS England, SHMI), proportions on that of the arcsine of their root. */
const scaleOf = (kind: Kind, target: number): Scale =>
  kind === 'ratio'
    ? {
        scaled: ({ numerator, denominator }) => Math.log((numerator || 0.5) / denominator),
        error: ({ denominator }) => 1 / Math.sqrt(denominator),
        target: Math.log(target),
        back: Math.exp,
      }
    : {
        scaled: ({ numerator, denominator }) => Math.asin(Math.sqrt(numerator / denominator)),
        error: ({ denominator }) => 1 / (2 * Math.sqrt(denominator)),
        target: Math.asin(Math.sqrt(target)),
        back: (scaled) => Math.sin(Math.min(Math.PI / 2, Math.max(0, scaled))) ** 2,
      }

/** R's default quantile (type 7). */
function quantile(sorted: readonly number[], share: number): number {
  const place = (sorted.length - 1) * share
  const low = Math.floor(place)
  return sorted[low]! + (place - low) * ((sorted[low + 1] ?? sorted[low]!) - sorted[low]!)
}

/**
 * φ and τ². The outermost tenth at either end is cut off (ratios, as the SHMI does) or pulled in (proportions, Winsorised as in
 * Spiegelhalter 2005), so that the units that stand out do not hide themselves. τ² by the method of moments (DerSimonian and Laird).
 */
export function spreadOf(kind: Kind, units: readonly UnitCount[], target: number): Spread {
  const scale = scaleOf(kind, target)
  const of = (unit: UnitCount) => ({ distance: scale.scaled(unit) - scale.target, error: scale.error(unit) })
  const measured = units.map((unit) => {
    const { distance, error } = of(unit)
    return { z: distance / error, weight: 1 / (error * error) }
  })
  const inOrder = measured.toSorted((a, b) => a.z - b.z)
  const sorted = inOrder.map(({ z }) => z)
  const [low, high] = [quantile(sorted, 0.1), quantile(sorted, 0.9)]
  const tenth = Math.floor(measured.length / 10)
  const kept =
    kind === 'ratio'
      ? inOrder.slice(tenth, measured.length - tenth)
      : measured.map(({ z, weight }) => ({ z: Math.min(high, Math.max(low, z)), weight }))
  const many = kept.length
  const phi = kept.reduce((sum, { z }) => sum + z * z, 0) / many
  const weights = kept.reduce((sum, { weight }) => sum + weight, 0)
  const squares = kept.reduce((sum, { weight }) => sum + weight * weight, 0)
  const tau2 = many * phi < many - 1 ? 0 : (many * phi - (many - 1)) / (weights - squares / weights)
  return {
    phi,
    tau2: Number.isFinite(tau2) ? Math.max(0, tau2) : 0,
    target: scale.target,
    of,
    back: scale.back,
  }
}
