import { binomialBelow } from '../distributions/beta.ts'
import { gammaQuantile } from '../distributions/gamma.ts'
import { benjaminiHochberg, bonferroni } from '../distributions/multiple-testing.ts'
import { chanceBeyond, normalQuantile } from '../distributions/normal.ts'
import { type Overdispersion, type Spread, spreadOf } from './spread.ts'

/** `proportion`: so many of so many. `ratio`: counted against expected, where 1 is as expected. */
export type Kind = 'proportion' | 'ratio'

export interface UnitCount {
  readonly unit: string
  readonly numerator: number
  readonly denominator: number
}

export interface Limits {
  readonly low95: number
  readonly high95: number
  readonly low998: number
  readonly high998: number
}

export interface FunnelPoint extends UnitCount, Limits {
  readonly value: number
  /** Standardised distance from the target; after over-dispersion, where that was asked for. */
  readonly z: number
  /** Two-sided chance of such a distance, and adjusted for having looked at every unit (Benjamini and Hochberg). */
  readonly p: number
  readonly q: number
  readonly outside95: boolean
  readonly outside998: boolean
}

export interface Funnel {
  readonly kind: Kind
  readonly target: number
  readonly overdispersion: Overdispersion
  readonly phi: number
  readonly tau2: number
  readonly outside95: number
  readonly outside998: number
  /** Units that stand out at a false-discovery rate of 5%, and by Bonferroni's rule. */
  readonly flaggedBh: number
  readonly flaggedBonferroni: number
  readonly points: readonly FunnelPoint[]
}

const z95 = normalQuantile(0.975)
const z998 = normalQuantile(0.999)

/** Counts in whole numbers, none above its denominator, are proportions; anything else is held against an expected count. */
export const kindOf = (units: readonly UnitCount[]): Kind =>
  units.every(
    ({ numerator, denominator }) =>
      Number.isInteger(numerator) && Number.isInteger(denominator) && numerator <= denominator,
  )
    ? 'proportion'
    : 'ratio'

export interface FunnelAsk {
  readonly kind?: Kind
  readonly overdispersion?: Overdispersion
  /** How the limits of a proportion are drawn: by the normal approximation of the published method, or exactly. */
  readonly limits?: 'normal' | 'exact'
  /** What units are held to, as a share or ratio; left out, that of all of them together, or 1. */
  readonly target?: number
}

/**
 * A funnel plot (Spiegelhalter 2005): each unit's value, and the limits within which chance alone would keep it about the target, by its
 * size. Ratios have exact Poisson limits. With over-dispersion the limits widen to the spread that most units show.
 */
export function funnel(units: readonly UnitCount[], ask: FunnelAsk = {}): Funnel {
  const kind = ask.kind ?? kindOf(units)
  const overdispersion = ask.overdispersion ?? 'none'
  const target = targetOf(units, kind, ask.target)
  const spread = spreadOf(kind, units, target)
  const points = units.map((unit) => {
    const value = unit.numerator / unit.denominator
    const limits = limitsOf(kind, unit, target, spread, overdispersion, ask.limits ?? 'normal')
    const z = distanceOf(kind, unit, value, target, spread, overdispersion)
    return { ...unit, value, ...limits, z, p: chanceBeyond(z) }
  })
  const chances = points.map(({ p }) => p)
  const adjusted = benjaminiHochberg(chances)
  const strict = bonferroni(chances)
  const marked = points.map(
    (point, at): FunnelPoint => ({
      ...point,
      q: adjusted[at]!,
      outside95: point.value < point.low95 || point.value > point.high95,
      outside998: point.value < point.low998 || point.value > point.high998,
    }),
  )
  return {
    kind,
    target,
    overdispersion,
    phi: spread.phi,
    tau2: spread.tau2,
    outside95: marked.filter((point) => point.outside95).length,
    outside998: marked.filter((point) => point.outside998).length,
    flaggedBh: adjusted.filter((q) => q <= 0.05).length,
    flaggedBonferroni: strict.filter((q) => q <= 0.05).length,
    points: marked,
  }
}

function targetOf(units: readonly UnitCount[], kind: Kind, asked?: number): number {
  if (asked !== undefined) return asked
  const sum = (name: 'numerator' | 'denominator') => units.reduce((total, unit) => total + unit[name], 0)
  return kind === 'ratio' ? 1 : sum('numerator') / sum('denominator')
}

/** The limits that units of these sizes would have in the same funnel: what its edges are drawn by. */
export function limitsAlong(
  units: readonly UnitCount[],
  ask: FunnelAsk,
  sizes: readonly number[],
): readonly Limits[] {
  const kind = ask.kind ?? kindOf(units)
  const target = targetOf(units, kind, ask.target)
  const spread = spreadOf(kind, units, target)
  return sizes.map((denominator) =>
    limitsOf(
      kind,
      { unit: '', numerator: 0, denominator },
      target,
      spread,
      ask.overdispersion ?? 'none',
      ask.limits ?? 'normal',
    ),
  )
}

function distanceOf(
  kind: Kind,
  unit: UnitCount,
  value: number,
  target: number,
  spread: Spread,
  overdispersion: Overdispersion,
): number {
  if (overdispersion === 'none' && kind === 'proportion')
    return (value - target) / Math.sqrt((target * (1 - target)) / unit.denominator)
  const { distance, error } = spread.of(unit)
  if (overdispersion === 'multiplicative') return distance / (error * Math.sqrt(Math.max(1, spread.phi)))
  if (overdispersion === 'additive') return distance / Math.sqrt(error * error + spread.tau2)
  return distance / error
}

function limitsOf(
  kind: Kind,
  unit: UnitCount,
  target: number,
  spread: Spread,
  overdispersion: Overdispersion,
  drawn: 'normal' | 'exact',
): Limits {
  if (overdispersion !== 'none') {
    const { error } = spread.of(unit)
    const reach =
      overdispersion === 'multiplicative'
        ? error * Math.sqrt(Math.max(1, spread.phi))
        : Math.sqrt(error * error + spread.tau2)
    const at = (z: number) => spread.back(spread.target + z * reach)
    return { low95: at(-z95), high95: at(z95), low998: at(-z998), high998: at(z998) }
  }
  if (kind === 'ratio') {
    const at = (share: number) => ratioLimit(unit.denominator, share)
    return { low95: at(0.025), high95: at(0.975), low998: at(0.001), high998: at(0.999) }
  }
  if (drawn === 'exact') {
    const at = (share: number) => proportionLimit(unit.denominator, target, share)
    return { low95: at(0.025), high95: at(0.975), low998: at(0.001), high998: at(0.999) }
  }
  const error = Math.sqrt((target * (1 - target)) / unit.denominator)
  const at = (z: number) => Math.min(1, Math.max(0, target + z * error))
  return { low95: at(-z95), high95: at(z95), low998: at(-z998), high998: at(z998) }
}

/** Exact Poisson limit of a ratio: the chi-squared point with 2E degrees of freedom (2E + 2 above), over 2E. */
const ratioLimit = (expected: number, share: number): number =>
  gammaQuantile(share, share < 0.5 ? expected : expected + 1) / expected

/**
 * Exact binomial limit of a proportion, between the two counts whose chances enclose the share (Spiegelhalter 2005, appendix A.1.1).
 */
export function proportionLimit(of: number, target: number, share: number): number {
  let low = -1
  let high = of
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (binomialBelow(middle, of, target) > share) high = middle
    else low = middle
  }
  const [above, below] = [binomialBelow(high, of, target), binomialBelow(high - 1, of, target)]
  const within = above > below ? (above - share) / (above - below) : 0
  return Math.min(1, Math.max(0, (high - within) / of))
}
