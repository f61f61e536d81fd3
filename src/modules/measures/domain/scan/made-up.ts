import type { Coded, ScanRows } from './rows.ts'

/** Mulberry32: the same numbers from the same seed, everywhere. */
export const dice = (seed: number) => () => {
  seed = (seed + 0x6d2b79f5) | 0
  let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed)
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
}

export const normalDice = (seed: number) => {
  const next = dice(seed)
  return () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next())
}

export interface Described {
  readonly school: string
  readonly subject: string
  readonly year: string
  readonly class: string
  readonly pp: string
  readonly sex: string
  readonly send: string
}

/**
 * Results of made-up pupils: each has a prior attainment and one result in each subject, alike within a pupil. `effect`
 * is what is planted, in standard deviations of a result.
 */
export function madeUp({
  seed,
  schools = 6,
  perClass = 25,
  effect = () => 0,
  value = (score) => score,
}: {
  seed: number
  schools?: number
  perClass?: number
  effect?: (pupil: Described) => number
  value?: (score: number, prior: number) => number
}): ScanRows {
  const chance = dice(seed)
  const normal = normalDice(seed + 1_000_003)
  const names = ['school', 'subject', 'year', 'class', 'pp', 'sex', 'send'] as const
  const levels = Object.fromEntries(names.map((name) => [name, new Map<string, number>()])) as Record<
    (typeof names)[number],
    Map<string, number>
  >
  const codes = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<
    (typeof names)[number],
    number[]
  >
  const outcome: number[] = []
  const prior: number[] = []
  const pupils: number[] = []
  let pupil = 0
  for (let school = 0; school < schools; school++)
    for (const year of ['7', '8'])
      for (const form of ['A', 'B'])
        for (let place = 0; place < perClass; place++) {
          const before = normal()
          const own = normal()
          const about = {
            school: `S${school + 1}`,
            year,
            class: `${year}${form}`,
            pp: chance() < 0.3 ? '1' : '0',
            sex: chance() < 0.5 ? 'F' : 'M',
            send: chance() < 0.15 ? 'K' : 'N',
          }
          for (const subject of ['english', 'maths', 'science']) {
            const described = { ...about, subject }
            for (const name of names) {
              const known = levels[name]
              if (!known.has(described[name])) known.set(described[name], known.size)
              codes[name].push(known.get(described[name])!)
            }
            outcome.push(
              value(
                0.7 * before +
                  0.5 * own +
                  0.5 * normal() +
                  (subject === 'maths' ? 0.4 : 0) +
                  effect(described) * Math.SQRT1_2,
                before,
              ),
            )
            prior.push(before)
            pupils.push(pupil)
          }
          pupil++
        }
  const column = (name: (typeof names)[number]): Coded => ({
    name,
    levels: [...levels[name].keys()],
    codes: Int32Array.from(codes[name]),
  })
  return {
    outcome: Float64Array.from(outcome),
    predictors: [{ name: 'prior', values: Float64Array.from(prior) }],
    places: (['school', 'subject', 'year', 'class'] as const).map(column),
    groups: (['pp', 'sex', 'send'] as const).map(column),
    pupils: Int32Array.from(pupils),
  }
}
