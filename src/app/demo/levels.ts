import { type DemoWorld, type OnRoll, onRollAt } from './demo-world.ts'
import { scaledScore } from './national.ts'
import { plantedResults } from './planted.ts'
import { type Core, gradeStanding, standing } from './standing.ts'

/** How well the schools of this world do, worked out backwards from how they should come out in the drop that is open. */
export interface Levels {
  /** By school and subject, in standard deviations; by school and `grades`, in grades. */
  readonly of: ReadonlyMap<string, number>
  /** By pupil and subject, from a drop on: what was planted. */
  readonly planted: ReadonlyMap<string, { readonly add: number; readonly since: number }>
}

/** What must be added to all so that the share wanted reaches the standard. */
function addedFor(subject: Core, values: readonly number[], share: number): number {
  const order = values.toSorted((a, b) => b - a)
  const reach = Math.max(1, Math.min(order.length - 1, Math.round(share * order.length)))
  const edge = (order[reach - 1]! + order[reach]!) / 2
  return (subject === 'writing' ? 0 : (99.5 - scaledScore.mean) / scaledScore.deviation) - edge
}

const openDrop = (world: DemoWorld) => world.drops.length - 1

export function levelsOf(world: DemoWorld): Levels {
  const of = new Map<string, number>()
  const planted = new Map<string, { add: number; since: number }>()
  const now = openDrop(world)
  const rolls = onRollAt(world, world.drops[now]!)
  world.schools.forEach((school, at) => {
    const oldest = rolls[at]!.filter((on) => on.yearGroup === school.intake.years.at(-1))
    for (const subject of ['reading', 'writing', 'mathematics'] as const) {
      const share = school.intake.at[subject]
      if (share === undefined) continue
      const level = addedFor(
        subject,
        oldest.map((on) => standing(on.pupil, subject, now)),
        share,
      )
      of.set(`${at} ${subject}`, level)
      for (const effect of plantedResults.filter(
        (one) => one.school === school.slug && one.subject === subject,
      )) {
        const group = rolls[at]!.filter(
          (on) =>
            on.yearGroup === effect.year &&
            (effect.group === 'all' || (effect.group === 'eal' ? on.pupil.eal : on.pupil.disadvantaged)),
        )
        const since = world.drops.findIndex((drop) => drop.code === effect.since)
        const add =
          addedFor(
            subject,
            group.map((on) => standing(on.pupil, subject, now)),
            effect.share,
          ) - level
        for (const on of group) planted.set(`${on.pupil.key} ${subject}`, { add, since })
      }
    }
    const both = school.intake.at['english and maths']
    if (both !== undefined) of.set(`${at} grades`, gradeLevelFor(oldest, both, now))
  })
  return { of, planted }
}

/** Grades that all gain, so that the share wanted has grade 5 or more in English and maths. */
function gradeLevelFor(on: readonly OnRoll[], share: number, drop: number): number {
  const wanted = Math.round(share * on.length)
  const meets = (level: number) =>
    on.filter(({ pupil }) => {
      const grade = (subject: string) => Math.round(gradeStanding(pupil, subject, drop) + level)
      return (
        Math.max(grade('english-language'), grade('english-literature')) >= 5 && grade('mathematics') >= 5
      )
    }).length
  let low = -3
  let high = 3
  for (let step = 0; step < 24; step++) {
    const middle = (low + high) / 2
    if (meets(middle) < wanted) low = middle
    else high = middle
  }
  return high
}
