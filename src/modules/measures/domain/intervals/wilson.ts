import { type Interval, z95 } from './interval.ts'

/**
 * Wilson's score interval for `met` of `of`, as shares from 0 to 1. Nothing of nothing has no interval.
 * Wilson 1927; agrees with R's `prop.test(met, of, correct = FALSE)`. See docs/methods/wilson.md.
 */
export function wilson(met: number, of: number): Interval | undefined {
  if (of <= 0) return undefined
  const share = met / of
  const z2 = z95 * z95
  const middle = (share + z2 / (2 * of)) / (1 + z2 / of)
  const reach = (z95 / (1 + z2 / of)) * Math.sqrt((share * (1 - share)) / of + z2 / (4 * of * of))
  return {
    low: met === 0 ? 0 : Math.max(0, middle - reach),
    high: met === of ? 1 : Math.min(1, middle + reach),
  }
}
