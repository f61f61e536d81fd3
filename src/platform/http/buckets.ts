export interface BucketSize {
  /** How many may come at once. */
  readonly burst: number
  /** How many come back in a second. */
  readonly perSecond: number
  /** How many different keys are remembered; the longest unused is forgotten first, so memory is bounded. */
  readonly most?: number
}

interface Bucket {
  left: number
  at: number
}

/** Token buckets by key. `take` answers 0 when allowed, otherwise the whole seconds to wait. */
export class Buckets {
  readonly #size: Required<BucketSize>
  readonly #now: () => number
  readonly #buckets = new Map<string, Bucket>()

  constructor(size: BucketSize, now: () => number = () => performance.now()) {
    this.#size = { most: 20_000, ...size }
    this.#now = now
  }

  take(key: string): number {
    const { burst, perSecond, most } = this.#size
    const now = this.#now()
    const bucket = this.#buckets.get(key) ?? { left: burst, at: now }
    bucket.left = Math.min(burst, bucket.left + ((now - bucket.at) / 1000) * perSecond)
    bucket.at = now
    this.#buckets.delete(key)
    this.#buckets.set(key, bucket)
    if (this.#buckets.size > most) this.#buckets.delete(this.#buckets.keys().next().value!)
    if (bucket.left < 1) return Math.max(1, Math.ceil((1 - bucket.left) / perSecond))
    bucket.left -= 1
    return 0
  }

  get size(): number {
    return this.#buckets.size
  }
}
