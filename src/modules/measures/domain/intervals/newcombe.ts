import type { Interval } from './interval.ts'
import { wilson } from './wilson.ts'

/**
 * Newcombe's hybrid score interval for the difference of two independent shares, first minus second, from −1 to 1.
 * Newcombe 1998, Statistics in Medicine 17:873, method 10. See docs/methods/newcombe.md.
 */
export function newcombe(met: number, of: number, otherMet: number, otherOf: number): Interval | undefined {
  const one = wilson(met, of)
  const other = wilson(otherMet, otherOf)
  if (!one || !other) return undefined
  const share = met / of
  const otherShare = otherMet / otherOf
  const difference = share - otherShare
  return {
    low: difference - Math.hypot(share - one.low, other.high - otherShare),
    high: difference + Math.hypot(one.high - share, otherShare - other.low),
  }
}
