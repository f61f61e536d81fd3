import { incompleteBeta } from '../distributions/beta.ts'

/** Share of Student's t distribution further out than ±t. */
const bothTails = (t: number, freedom: number) =>
  incompleteBeta(freedom / (freedom + t * t), freedom / 2, 0.5)

const known = new Map<number, number>()

/** Two-sided 95% point of Student's t with any positive degrees of freedom; R's `qt(.975, freedom)`. */
export function t95(freedom: number): number {
  const before = known.get(freedom)
  if (before !== undefined) return before
  let low = 1.9
  let high = 2
  while (bothTails(high, freedom) > 0.05) high *= 2
  for (let turn = 0; turn < 80 && high - low > 1e-13 * high; turn++) {
    const middle = (low + high) / 2
    if (bothTails(middle, freedom) > 0.05) low = middle
    else high = middle
  }
  const found = (low + high) / 2
  if (known.size < 50_000) known.set(freedom, found)
  return found
}
