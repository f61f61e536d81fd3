import { daysBetween } from '../../kernel/days.ts'
import type { DemoPupil, Stay } from './demo-pupil.ts'
import { type DemoWorld, type OnRoll, onRollAt } from './demo-world.ts'
import { normalLuck } from './dice.ts'
import type { DemoDrop } from './drops.ts'
import { absence } from './national.ts'
import { plantedAbsence } from './planted.ts'

export interface Attendance {
  readonly possible: number
  readonly authorised: number
  readonly unauthorised: number
}

/** England's absence has been falling a little each year since 2022. */
const yearsAgo = (drop: DemoDrop, now: number) => 1 + 0.03 * (now - drop.academicYear)

const sessionsUntil = (drops: readonly DemoDrop[], day: string): number => {
  const start = `${drops[0]!.academicYear}-09-01`
  let before = { day: start, sessions: 0 }
  for (const drop of drops) {
    if (day <= drop.asAt) {
      const share =
        Math.max(0, daysBetween(before.day, day)) / Math.max(1, daysBetween(before.day, drop.asAt))
      return Math.round(before.sessions + share * (drop.sessions - before.sessions))
    }
    before = { day: drop.asAt, sessions: drop.sessions }
  }
  return before.sessions
}

/** What each school's own level multiplies its pupils' absence by, so that the drop that is open comes out as wanted. */
export function absenceLevels(world: DemoWorld): number[] {
  const rolls = onRollAt(world, world.drops.at(-1)!)
  return world.schools.map((school, at) => {
    const missed = rolls[at]!.filter((on) => !on.yearGroup.startsWith('N')).map((on) =>
      Math.min(0.9, on.pupil.missed),
    )
    const mean = missed.reduce((sum, one) => sum + one, 0) / Math.max(1, missed.length)
    return mean ? school.intake.absence / 100 / mean : 1
  })
}

/** Sessions of a pupil from the beginning of the year, or from joining, to the day of the drop; nothing for the nursery. */
export function attendanceOf(
  world: DemoWorld,
  levels: readonly number[],
  drop: DemoDrop,
  on: OnRoll,
): Attendance | undefined {
  if (on.yearGroup.startsWith('N')) return undefined
  const year = world.drops
    .filter((one) => one.academicYear === drop.academicYear)
    .toSorted((a, b) => (a.asAt < b.asAt ? -1 : 1))
  const school = world.schools[on.stay.school]!
  const level = absence[school.phase === 'all-through' ? 'secondary' : school.phase]
  let possible = 0
  let missed = 0
  let before = joined(year, on.stay)
  for (const one of year) {
    if (one.asAt > drop.asAt) break
    const sessions = Math.max(0, one.sessions - before)
    before = Math.max(before, one.sessions)
    const planted =
      school.slug === plantedAbsence.school &&
      on.yearGroup === plantedAbsence.year &&
      one.code === plantedAbsence.since
    const rate = Math.min(
      0.92,
      on.pupil.missed *
        levels[on.stay.school]! *
        yearsAgo(drop, world.drops.at(-1)!.academicYear) *
        (planted ? plantedAbsence.times : 1),
    )
    possible += sessions
    missed += missedOf(on.pupil, sessions, rate, one)
  }
  const authorised = Math.round(
    missed * Math.min(1, Math.max(0, level.authorised + 0.15 * normalLuck(on.pupil.key, 77))),
  )
  return { possible, authorised, unauthorised: missed - authorised }
}

const joined = (year: readonly DemoDrop[], stay: Stay) =>
  stay.from > `${year[0]!.academicYear}-09-10` ? sessionsUntil(year, stay.from) : 0

function missedOf(pupil: DemoPupil, sessions: number, rate: number, drop: DemoDrop): number {
  const spread = Math.sqrt(sessions * rate * (1 - rate)) * 1.4
  const missed = Math.round(
    sessions * rate + spread * normalLuck(pupil.key, drop.sessions, drop.academicYear),
  )
  return Math.min(sessions, Math.max(0, missed))
}
