/** Chance that falls the same way each time: the demo is one world, the same on every machine. */
export interface Dice {
  /** 0 up to, not including, 1. */
  readonly next: () => number
  readonly normal: () => number
  /** A whole number from `low` to `high`, both included. */
  readonly whole: (low: number, high: number) => number
  readonly chance: (share: number) => boolean
  readonly pick: <T>(list: readonly T[]) => T
  readonly weighted: <T extends string>(weights: Readonly<Record<T, number>>) => T
  readonly shuffled: <T>(list: readonly T[]) => T[]
}

/** FNV-1a over the text, 32 bits. */
const seedOf = (text: string): number => {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return hash >>> 0
}

/** Mulberry32. */
const generator = (seed: number) => {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

const normalFrom = (next: () => number) =>
  Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next())

export function dice(seed: string): Dice {
  const next = generator(seedOf(seed))
  const whole = (low: number, high: number) => low + Math.floor(next() * (high - low + 1))
  return {
    next,
    normal: () => normalFrom(next),
    whole,
    chance: (share) => next() < share,
    pick: (list) => list[Math.floor(next() * list.length)]!,
    weighted: (weights) => {
      const entries = Object.entries(weights) as [keyof typeof weights, number][]
      let rest = next() * entries.reduce((sum, [, weight]) => sum + weight, 0)
      for (const [name, weight] of entries) {
        rest -= weight
        if (rest < 0) return name
      }
      return entries.at(-1)![0]
    },
    shuffled: (list) => {
      const copy = [...list]
      for (let at = copy.length - 1; at > 0; at--) {
        const other = whole(0, at)
        ;[copy[at], copy[other]] = [copy[other]!, copy[at]!]
      }
      return copy
    },
  }
}

/** A number from 0 to 1 that belongs to these numbers: the luck of one pupil in one subject at one drop. */
export const luck = (...of: number[]): number => {
  let hash = 0x9e3779b9
  for (const part of of) {
    hash = Math.imul(hash ^ part, 0x85ebca6b)
    hash = (hash ^ (hash >>> 13)) >>> 0
  }
  return generator(hash)()
}

export const normalLuck = (...of: number[]): number => {
  let hash = 0x7f4a7c15
  for (const part of of) {
    hash = Math.imul(hash ^ part, 0x85ebca6b)
    hash = (hash ^ (hash >>> 13)) >>> 0
  }
  return normalFrom(generator(hash))
}
