import { addDays, type Day } from '../../../kernel/days.ts'
import { actionStanding } from './action-standing.ts'

export const digestWays = ['weekly', 'daily', 'never'] as const
export type DigestWay = (typeof digestWays)[number]

/** 1 is Monday, 7 is Sunday. */
const weekday = (day: Day): number => new Date(`${day}T00:00:00Z`).getUTCDay() || 7

/** Is a letter to go out today? Never at a weekend; weekly on Monday, or on the first working day after it that the system runs. */
export function digestIsDue(way: DigestWay, lastSent: Day | null, today: Day): boolean {
  if (way === 'never' || weekday(today) > 5) return false
  if (lastSent === null) return true
  return way === 'daily' ? lastSent < today : lastSent < addDays(today, 1 - weekday(today))
}

interface Standing {
  readonly starts: Day
  readonly due: Day
  readonly doneOn: Day | null
}

/** What a letter tells: what is late, and what is due within a fortnight. */
export interface Digest<T> {
  readonly late: readonly T[]
  readonly due: readonly T[]
}

/** Nothing when nothing is late or due: then there is no letter. */
export function digestOf<T extends Standing>(actions: readonly T[], today: Day): Digest<T> | undefined {
  const standing = (wanted: string) => actions.filter((one) => actionStanding(one, today) === wanted)
  const digest = { late: standing('late'), due: standing('due') }
  return digest.late.length + digest.due.length > 0 ? digest : undefined
}
