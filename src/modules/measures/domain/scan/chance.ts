import { gammaAbove, gammaBelow } from '../distributions/gamma.ts'
import { chanceBeyond, normalQuantile } from '../distributions/normal.ts'

/** A Student t of so many degrees of freedom as a normal deviate (Wallace 1959, error under 1% in the tails met here). */
export const asNormal = (t: number, freedom: number): number =>
  Math.sign(t) * ((8 * freedom + 1) / (8 * freedom + 3)) * Math.sqrt(freedom * Math.log1p((t * t) / freedom))

/**
 * Two-sided chance of a mean this many standard errors from 0, when its distribution leans by `skewness`: the longer tail
 * by Pearson's type III, the shorter one by the normal, so that a lean never makes a finding.
 */
export function chanceOf(t: number, freedom: number, skewness: number): number {
  const z = asNormal(t, freedom)
  const normal = chanceBeyond(z)
  const lean = Math.abs(skewness)
  if (lean < 0.02 || Math.abs(z) < 1) return normal
  const shape = 4 / lean ** 2
  const side = z * Math.sign(skewness)
  const x = shape + side * Math.sqrt(shape)
  const tail = x <= 0 ? 0 : side > 0 ? gammaAbove(shape, x) : gammaBelow(shape, x)
  return Math.min(1, Math.max(normal, 2 * tail))
}

const z975 = normalQuantile(0.975)

/** Standard errors in half of a 95% interval: Student's t, by Cornish and Fisher's expansion. */
export function reachOf95(freedom: number): number {
  const z = z975
  return (
    z +
    (z ** 3 + z) / (4 * freedom) +
    (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * freedom ** 2) +
    (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / (384 * freedom ** 3)
  )
}
