const lanczos = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
]

/** Natural logarithm of the gamma function, by Lanczos (g = 7). */
function lnGamma(x: number): number {
  let sum = lanczos[0]!
  for (let index = 1; index < lanczos.length; index++) sum += lanczos[index]! / (x - 1 + index)
  const t = x + 6.5
  return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(t) - t + Math.log(sum)
}

/** Continued fraction of the incomplete beta function (Lentz). */
function betaFraction(x: number, a: number, b: number): number {
  const tiny = 1e-300
  let c = 1
  let d = 1 - ((a + b) * x) / (a + 1)
  d = 1 / (Math.abs(d) < tiny ? tiny : d)
  let product = d
  for (let m = 1; m <= 300; m++) {
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

/** Regularised incomplete beta function. */
function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0
  if (x >= 1) return 1
  const front = Math.exp(lnGamma(a + b) - lnGamma(a) - lnGamma(b) + a * Math.log(x) + b * Math.log(1 - x))
  return x < (a + 1) / (a + b + 2)
    ? (front * betaFraction(x, a, b)) / a
    : 1 - (front * betaFraction(1 - x, b, a)) / b
}

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
