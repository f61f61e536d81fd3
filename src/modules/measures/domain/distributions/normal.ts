import { gammaAbove } from './gamma.ts'

/** Two-sided chance of a standard normal at least this far from 0; R's `2 * pnorm(-abs(z))`. */
export const chanceBeyond = (z: number): number => gammaAbove(0.5, (z * z) / 2)

/** Share of a standard normal below z; R's `pnorm(z)`. */
export const normalBelow = (z: number): number => (z > 0 ? 1 - chanceBeyond(z) / 2 : chanceBeyond(z) / 2)

const density = (z: number) => Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)

/** The z below which a share p of a standard normal lies; R's `qnorm(p)`. Newton's method from a rough start. */
export function normalQuantile(p: number): number {
  if (p === 0.5) return 0
  if (p > 0.5) return -normalQuantile(1 - p)
  if (p <= 0) return Number.NEGATIVE_INFINITY
  const t = Math.sqrt(-2 * Math.log(p))
  let z = -(
    t -
    (2.515517 + 0.802853 * t + 0.010328 * t * t) / (1 + 1.432788 * t + 0.189269 * t * t + 0.001308 * t ** 3)
  )
  for (let turn = 0; turn < 8; turn++) {
    const step = (normalBelow(z) - p) / density(z)
    z -= step / (1 + (z * step) / 2)
    if (Math.abs(step) < 1e-15) break
  }
  return z
}
