/** How much results vary about their expectation, in bands of the expectation: marks near the top or the bottom vary less. */
export interface Spread {
  /** Band of every row. */
  readonly band: Int32Array
  /** Of each band: variance and third central moment of the differences, and the degrees of freedom behind them. */
  readonly variance: Float64Array
  readonly third: Float64Array
  readonly freedom: Float64Array
}

const rowsInBand = 300
const mostBands = 10
/** So many expectations, evenly taken, place the cuts between bands well enough. */
const sampled = 20_000

/** Expectations of a stratum at which one band ends and the next begins; equal expectations stay together. */
function cutsOf(fitted: Float64Array, rows: Int32Array): Float64Array {
  const bands = Math.min(mostBands, Math.floor(rows.length / rowsInBand))
  if (bands < 2) return new Float64Array(0)
  const step = Math.max(1, Math.floor(rows.length / sampled))
  const sample = new Float64Array(Math.ceil(rows.length / step))
  for (let at = 0; at < sample.length; at++) sample[at] = fitted[rows[at * step]!]!
  sample.sort()
  const cuts: number[] = []
  const fewest = (sample.length * rowsInBand) / (2 * rows.length)
  let from = 0
  for (let band = 1; band < bands; band++) {
    const at = Math.floor((band * sample.length) / bands)
    const first = firstAt(sample, sample[at]!)
    if (first - from < fewest || sample.length - first < fewest) continue
    cuts.push(sample[at]!)
    from = first
  }
  return Float64Array.from(cuts)
}

/** Where the values of a sorted list that are not below this one begin. */
function firstAt(sorted: Float64Array, value: number): number {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (sorted[middle]! < value) low = middle + 1
    else high = middle
  }
  return low
}

/** Spread and lean of the residuals in bands of expectation, each of at least some hundred rows of one stratum. */
export function spreadOf(
  residual: Float64Array,
  freed: { readonly codes: Int32Array; readonly share: Float64Array },
  fitted: Float64Array,
  stratum: Int32Array,
  strata: Float64Array,
  size: number,
): Spread {
  const many = residual.length
  const starts = new Int32Array(strata.length + 1)
  for (let at = 0; at < strata.length; at++) starts[at + 1] = starts[at]! + strata[at]!
  const next = starts.slice()
  const order = new Int32Array(many)
  for (let row = 0; row < many; row++) order[next[stratum[row]!]!++] = row
  const band = new Int32Array(many)
  const sums: { square: number; cube: number; free: number; n: number }[] = []
  for (let at = 0; at < strata.length; at++) {
    const mine = order.subarray(starts[at]!, starts[at + 1]!)
    const cuts = cutsOf(fitted, mine)
    const first = sums.length
    const bands = cuts.length + 1
    const [square, cube, free, n] = [0, 0, 0, 0].map(() => new Float64Array(bands)) as Float64Array[]
    for (let place = 0; place < mine.length; place++) {
      const row = mine[place]!
      let mineBand = 0
      while (mineBand < cuts.length && fitted[row]! >= cuts[mineBand]!) mineBand++
      const one = residual[row]!
      band[row] = first + mineBand
      square![mineBand]! += one * one
      cube![mineBand]! += one * one * one
      free![mineBand]! += freed.share[freed.codes[row]!]!
      n![mineBand]!++
    }
    for (let one = 0; one < bands; one++)
      sums.push({ square: square![one]!, cube: cube![one]!, free: free![one]! - size / bands, n: n![one]! })
  }
  const of = (number: (one: (typeof sums)[number]) => number) => Float64Array.from(sums, number)
  return {
    band,
    variance: of(({ square, free }) => square / Math.max(1, free)),
    third: of(({ cube, free }) => cube / Math.max(1, free)),
    freedom: of(({ free }) => Math.max(1, free)),
  }
}
