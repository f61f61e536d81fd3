import { type AcademicYear, academicYearName } from '../../../../kernel/academic-year.ts'
import { type Day, dayName, daysBetween } from '../../../../kernel/days.ts'

/** A drop is locked by a person, on a day, into a snapshot; `note` says why some schools were left out, when they were. */
export interface DropLock {
  readonly snapshot: number
  readonly at: Date
  readonly by: string
  readonly note: string
}

/** A data drop: why, what, by when, at what cost, for which decision. */
export interface Drop {
  readonly id: number
  /** `2026-spring` */
  readonly code: string
  /** `Spring` */
  readonly name: string
  readonly academicYear: AcademicYear
  /** Place in the year's order of drops: autumn 1, spring 2, summer 3, statutory results 4. */
  readonly term: number
  readonly kind: 'termly' | 'statutory'
  readonly purpose: string
  readonly decides: string
  /** Of staff time, each teacher. */
  readonly minutes: number
  readonly opens: Day
  readonly due: Day
  /** Pupils on roll on this day are the population of every figure of the drop. */
  readonly asAt: Day
  readonly openedAt: Date
  readonly openedBy: string | null
  readonly lock?: DropLock
}

/** `Spring 2025/26` */
export const dropTitle = (drop: Pick<Drop, 'name' | 'academicYear'>): string =>
  `${drop.name} ${academicYearName(drop.academicYear)}`

export type DropState = 'to come' | 'open' | 'past due' | 'locked'

export function dropState(drop: Pick<Drop, 'opens' | 'due' | 'lock'>, today: Day): DropState {
  if (drop.lock) return 'locked'
  if (today < drop.opens) return 'to come'
  return today > drop.due ? 'past due' : 'open'
}

/** When a thing is due, as people say it: `due tomorrow`, `3 days late`. */
export function dueName(due: Day, today: Day): string {
  const left = daysBetween(today, due)
  if (left < 0) return left === -1 ? '1 day late' : `${-left} days late`
  if (left === 0) return 'due today'
  if (left === 1) return 'due tomorrow'
  return left <= 14 ? `due in ${left} days` : `due ${dayName(due)}`
}

export const terms = [
  { term: 1, name: 'Autumn' },
  { term: 2, name: 'Spring' },
  { term: 3, name: 'Summer' },
  { term: 4, name: 'Results' },
] as const
