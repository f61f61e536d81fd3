import { type Day, londonDay } from '../kernel/days.ts'

export interface Clock {
  readonly now: () => Date
  readonly today: () => Day
}

export const systemClock: Clock = { now: () => new Date(), today: () => londonDay(new Date()) }

/** A clock that stands on one day and goes on from a time of it: for the demo's world and for tests. */
export function clockOn(day: Day, time = '09:00'): Clock {
  const offset = new Date(`${day}T${time}:00Z`).getTime() - Date.now()
  const now = () => new Date(Date.now() + offset)
  return { now, today: () => londonDay(now()) }
}
