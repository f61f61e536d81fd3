import { normalBelow } from '../distributions/normal.ts'

export interface Ranked {
  /** 1 is the highest effect. */
  readonly rank: number
  /** Where the group would stand on average over what the effects could be (Laird and Louis 1989), and its 95% interval. */
  readonly expectedRank: number
  readonly rankLow: number
  readonly rankHigh: number
}

const steps = 400
/** Nodes and weights of Gauss–Hermite quadrature for a standard normal, nine points. */
const nodes = [0, 1.0232556637891326, 2.0768479786778302, 3.20542900285647, 4.512745863399783]
const weights = [
  0.4063492063492063, 0.2440975028949394, 0.0499164067652179, 0.002789141321231769, 0.00002234584400774658,
]

/**
 * Ranks with their uncertainty. Effects are taken as independent normals with their comparative standard errors. For a group at x, the
 * number above it has mean Σ P(b > x) and variance Σ P(1 − P); both are worked out on a grid of x, so the cost grows with groups, not
 * with pairs of them.
 */
export function rankEffects(effects: readonly { readonly value: number; readonly se: number }[]): Ranked[] {
  const order = effects.map((_, at) => at).sort((a, b) => effects[b]!.value - effects[a]!.value)
  const rank = new Array<number>(effects.length)
  order.forEach((at, place) => {
    rank[at] = place + 1
  })
  const widest = Math.max(...effects.map(({ se }) => se), 0)
  const least = Math.min(...effects.map(({ value }) => value)) - 5 * widest
  const most = Math.max(...effects.map(({ value }) => value)) + 5 * widest
  if (!(most > least) || widest === 0)
    return rank.map((at) => ({ rank: at, expectedRank: at, rankLow: at, rankHigh: at }))
  const mean = new Float64Array(steps + 1)
  const spread = new Float64Array(steps + 1)
  const width = (most - least) / steps
  for (const { value, se } of effects)
    for (let step = 0; step <= steps; step++) {
      const x = least + step * width
      const above = se > 0 ? 1 - quickBelow((x - value) / se) : value > x ? 1 : 0
      mean[step]! += above
      spread[step]! += above * (1 - above)
    }
  const read = (grid: Float64Array, x: number) => {
    const place = Math.max(0, Math.min(steps - 1e-9, (x - least) / width))
    const low = Math.floor(place)
    return grid[low]! + (place - low) * (grid[low + 1]! - grid[low]!)
  }
  return effects.map(({ value, se }, at) => {
    let first = 0
    let second = 0
    const add = (x: number, weight: number) => {
      const own = se > 0 ? 1 - quickBelow((x - value) / se) : 0
      const above = read(mean, x) - own
      first += weight * above
      second += weight * (above * above + read(spread, x) - own * (1 - own))
    }
    add(value, weights[0]!)
    for (let node = 1; node < nodes.length; node++)
      for (const side of [-1, 1]) add(value + side * nodes[node]! * se, weights[node]!)
    const deviation = Math.sqrt(Math.max(0, second - first * first))
    const clamp = (place: number) => Math.min(effects.length, Math.max(1, place))
    return {
      rank: rank[at]!,
      expectedRank: clamp(1 + first),
      rankLow: clamp(1 + first - 1.96 * deviation),
      rankHigh: clamp(1 + first + 1.96 * deviation),
    }
  })
}

const half = 400
const reach = 8
const table = Float64Array.from({ length: 2 * half + 1 }, (_, at) =>
  normalBelow(((at - half) / half) * reach),
)

/** The normal distribution from a table, to four digits: enough for ranks. */
function quickBelow(z: number): number {
  if (z <= -reach) return 0
  if (z >= reach) return 1
  const place = (z / reach) * half + half
  const low = Math.floor(place)
  return table[low]! + (place - low) * (table[low + 1]! - table[low]!)
}
