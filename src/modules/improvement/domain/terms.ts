import { academicYearOf } from '../../../kernel/academic-year.ts'
import type { Day } from '../../../kernel/days.ts'
import type { ProgressState } from '../tables.ts'

export type Term = 1 | 2 | 3
export const termNames: Record<Term, string> = { 1: 'Autumn', 2: 'Spring', 3: 'Summer' }

/** The term in which a day falls: autumn to 31 December, spring to 15 April, then summer. */
export function termOf(day: Day): Term {
  const month = day.slice(5)
  return month >= '09-01' ? 1 : month <= '04-15' ? 2 : 3
}

interface Said {
  readonly term: number
  readonly state: ProgressState
  readonly words: string
  readonly on: Day
}

/** What was said last of each term; a term of which nothing was said is absent, and drawn grey. */
export const stateByTerm = <T extends Said>(said: readonly T[]): Partial<Record<Term, T>> =>
  Object.fromEntries(said.toSorted((a, b) => a.on.localeCompare(b.on)).map((one) => [one.term, one]))

/** How it goes by the latest term of which anything was said. */
export const latestState = <T extends Said>(said: readonly T[]): T | undefined => {
  const by = stateByTerm(said)
  return by[3] ?? by[2] ?? by[1]
}

/** Is an update owed? In the plan's own year, when nothing was said yet of the term that we are in. */
export const owesUpdate = (said: readonly Said[], planYear: number, today: Day): boolean =>
  academicYearOf(today) === planYear && stateByTerm(said)[termOf(today)] === undefined
