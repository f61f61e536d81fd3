import type { Interval } from './interval.ts'
import { differenceInterval } from './means.ts'
import { t95 } from './student-t.ts'

/** Sums over pupils of sessions attended (v) and possible (w), their squares and products. */
export interface RatioSums {
  readonly pupils: number
  readonly v: number
  readonly w: number
  readonly vv: number
  readonly ww: number
  readonly vw: number
}

/**
 * Standard error of Σv/Σw with the pupil as the cluster: the sessions of one pupil are not independent of each other, so
 * it is pupils that are counted, not sessions. Linearised ratio estimator (Cochran 1977, §2.11). See docs/methods/attendance.md.
 */
export function ratioError({ pupils, v, w, vv, ww, vw }: RatioSums): number {
  const ratio = v / w
  const residuals = Math.max(0, vv - 2 * ratio * vw + ratio * ratio * ww)
  return Math.sqrt((pupils / (pupils - 1)) * residuals) / w
}

/**
 * The share of sessions, or the rate of events or points, with its interval: never below 0, nor above `most`. One pupil alone has none,
 * and neither has a rate of 0: where nothing happened, pupils do not differ, and how rare it is can’t be told from them.
 */
export function ratioInterval(sums: RatioSums, most = 1): Interval | undefined {
  if (sums.pupils < 2 || sums.w <= 0 || sums.v === 0) return undefined
  const ratio = sums.v / sums.w
  const reach = t95(sums.pupils - 1) * ratioError(sums)
  return { low: Math.max(0, ratio - reach), high: Math.min(most, ratio + reach) }
}

/** The difference of two such shares of different pupils, first minus second. */
export function ratioGap(one: RatioSums, other: RatioSums): Interval | undefined {
  if (one.pupils < 2 || other.pupils < 2 || one.w <= 0 || other.w <= 0) return undefined
  return differenceInterval(
    one.v / one.w - other.v / other.w,
    { error: ratioError(one), freedom: one.pupils - 1 },
    { error: ratioError(other), freedom: other.pupils - 1 },
  )
}
