const lanczos = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
]

/** Natural logarithm of the gamma function of x > 0, by Lanczos (g = 7). */
export function lnGamma(x: number): number {
  let sum = lanczos[0]!
  for (let index = 1; index < lanczos.length; index++) sum += lanczos[index]! / (x - 1 + index)
  const t = x + 6.5
  return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(t) - t + Math.log(sum)
}

const tiny = 1e-300

/** Series for the lower part, quick where x < a + 1. */
function lowerSeries(a: number, x: number): number {
  let term = 1 / a
  let sum = term
  for (let n = 1; n < 10_000 && term > sum * 1e-17; n++) {
    term *= x / (a + n)
    sum += term
  }
  return sum * Math.exp(a * Math.log(x) - x - lnGamma(a))
}

/** Continued fraction for the upper part, quick where x > a + 1 (Lentz). */
function upperFraction(a: number, x: number): number {
  let b = x + 1 - a
  let c = 1 / tiny
  let d = 1 / b
  let product = d
  for (let n = 1; n < 10_000; n++) {
    const an = -n * (n - a)
    b += 2
    d = 1 / (Math.abs(an * d + b) < tiny ? tiny : an * d + b)
    c = Math.abs(b + an / c) < tiny ? tiny : b + an / c
    product *= d * c
    if (Math.abs(d * c - 1) < 1e-16) break
  }
  return product * Math.exp(a * Math.log(x) - x - lnGamma(a))
}

/** Regularised upper incomplete gamma function Q(a, x); R's `pgamma(x, a, lower = FALSE)`. */
export const gammaAbove = (a: number, x: number): number =>
  x <= 0 ? 1 : x < a + 1 ? 1 - lowerSeries(a, x) : upperFraction(a, x)

/** Regularised lower incomplete gamma function P(a, x); R's `pgamma(x, a)`. */
export const gammaBelow = (a: number, x: number): number =>
  x <= 0 ? 0 : x < a + 1 ? lowerSeries(a, x) : 1 - upperFraction(a, x)

/** Chance of at least this many where so many are usual; R's `ppois(many - 1, usual, lower.tail = FALSE)`. */
export const poissonAbove = (many: number, usual: number): number => (many <= 0 ? 1 : gammaBelow(many, usual))

/** The x below which a share p of a gamma distribution of this shape and rate 1 lies; R's `qgamma(p, shape)`. */
export function gammaQuantile(p: number, shape: number): number {
  if (shape <= 0) return 0
  let low = 0
  let high = Math.max(1, shape)
  while (gammaBelow(shape, high) < p) high *= 2
  for (let turn = 0; turn < 200 && high - low > 1e-14 * high; turn++) {
    const middle = (low + high) / 2
    if (gammaBelow(shape, middle) < p) low = middle
    else high = middle
  }
  return (low + high) / 2
}
