import { type Interval, z95 } from './interval.ts'
import { t95 } from './student-t.ts'

/** What a mean needs to be known: how many, their sum, and the sum of their squares. */
export interface Sums {
  readonly n: number
  readonly sum: number
  readonly squares: number
}

export const meanOf = ({ n, sum }: Sums): number => sum / n

/** Sample variance, from the sums; what rounding leaves of equal values (less than a part in 10¹²) is nothing. */
const varianceOf = ({ n, sum, squares }: Sums): number => {
  if (n < 2) return Number.NaN
  const excess = squares - (sum * sum) / n
  return excess <= 1e-12 * squares ? 0 : excess / (n - 1)
}

/** Student's t interval for a mean; one value alone has none. R's `t.test(x)`. See docs/methods/t-interval.md. */
export function tInterval(sums: Sums): Interval | undefined {
  if (sums.n < 2) return undefined
  const reach = t95(sums.n - 1) * Math.sqrt(varianceOf(sums) / sums.n)
  return { low: meanOf(sums) - reach, high: meanOf(sums) + reach }
}

/** A difference of two independent estimates with their standard errors and degrees of freedom (Satterthwaite). */
export function differenceInterval(
  difference: number,
  one: { readonly error: number; readonly freedom: number },
  other: { readonly error: number; readonly freedom: number },
): Interval {
  const together = one.error ** 2 + other.error ** 2
  if (together === 0) return { low: difference, high: difference }
  const freedom = together ** 2 / (one.error ** 4 / one.freedom + other.error ** 4 / other.freedom)
  const reach = t95(freedom) * Math.sqrt(together)
  return { low: difference - reach, high: difference + reach }
}

/** Welch's interval for the difference of two independent means, first minus second. R's `t.test(x, y)`. */
export function welch(one: Sums, other: Sums): Interval | undefined {
  if (one.n < 2 || other.n < 2) return undefined
  return differenceInterval(
    meanOf(one) - meanOf(other),
    { error: Math.sqrt(varianceOf(one) / one.n), freedom: one.n - 1 },
    { error: Math.sqrt(varianceOf(other) / other.n), freedom: other.n - 1 },
  )
}

/** A mean whose spread is known nationally: ± 1.96 national deviations over the root of n, as DfE does for Progress 8. */
export const knownDeviationInterval = (mean: number, n: number, deviation: number): Interval => {
  const reach = (1.96 * deviation) / Math.sqrt(n)
  return { low: mean - reach, high: mean + reach }
}

/** The difference of two such means. */
export const knownDeviationGap = (
  difference: number,
  n: number,
  otherN: number,
  deviation: number,
): Interval => {
  const reach = z95 * deviation * Math.sqrt(1 / n + 1 / otherN)
  return { low: difference - reach, high: difference + reach }
}
