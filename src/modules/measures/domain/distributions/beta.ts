import { lnGamma } from './gamma.ts'

const tiny = 1e-300

/** Continued fraction of the incomplete beta function (Lentz). */
function betaFraction(x: number, a: number, b: number): number {
  let c = 1
  let d = 1 - ((a + b) * x) / (a + 1)
  d = 1 / (Math.abs(d) < tiny ? tiny : d)
  let product = d
  for (let m = 1; m <= 1000; m++) {
    for (const step of [
      (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m)),
      (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1)),
    ]) {
      d = 1 + step * d
      d = 1 / (Math.abs(d) < tiny ? tiny : d)
      c = 1 + step / c
      if (Math.abs(c) < tiny) c = tiny
      product *= d * c
    }
    if (Math.abs(d * c - 1) < 1e-15) break
  }
  return product
}

/** Regularised incomplete beta function; R's `pbeta(x, a, b)`. */
export function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0
  if (x >= 1) return 1
  const front = Math.exp(lnGamma(a + b) - lnGamma(a) - lnGamma(b) + a * Math.log(x) + b * Math.log(1 - x))
  return x < (a + 1) / (a + b + 2)
    ? (front * betaFraction(x, a, b)) / a
    : 1 - (front * betaFraction(1 - x, b, a)) / b
}

/** Chance of at most `met` of `of`, each with chance p; R's `pbinom(met, of, p)`. */
export const binomialBelow = (met: number, of: number, p: number): number =>
  met < 0 ? 0 : met >= of ? 1 : incompleteBeta(1 - p, of - met, met + 1)

/** Chance of at least `met` of `of`, each with chance p, exact far into the tail; R's `pbinom(met - 1, of, p, lower.tail = FALSE)`. */
export const binomialAbove = (met: number, of: number, p: number): number =>
  met <= 0 ? 1 : met > of ? 0 : incompleteBeta(p, met, of - met + 1)

/** Chance of a Student t of so many degrees of freedom beyond this, one-sided; R's `pt(t, freedom, lower.tail = FALSE)`. */
export function studentAbove(t: number, freedom: number): number {
  const tail = incompleteBeta(freedom / (freedom + t * t), freedom / 2, 0.5) / 2
  return t >= 0 ? tail : 1 - tail
}
