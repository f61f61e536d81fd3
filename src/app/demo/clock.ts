import { type Clock, clockOn } from '../../platform/clock.ts'
import type { Config } from '../../platform/config.ts'
import type { House } from '../../platform/house.ts'
import type { Viewer } from '../../platform/viewer.ts'

/** The day on which Tidewell’s demo stands still: spring results are coming in, and two schools are still to send theirs. */
export const demoDay = '2026-03-20'

/** In demo mode the world stands on its own day; otherwise nothing. */
export const demoClock = (config: Config): Clock | undefined => (config.demo ? clockOn(demoDay) : undefined)

/** The moment at that time in London. */
export const moment = (day: string, time: string): Date => {
  const summer = day.slice(5) >= '03-30' && day.slice(5) < '10-26'
  return new Date(`${day}T${time}:00${summer ? '+01:00' : 'Z'}`)
}

/** The same house on another day: what is done there bears that day's date. */
export const houseOn = (house: House, day: string, time: string): House => {
  const at = moment(day, time)
  const began = Date.now()
  const now = () => new Date(at.getTime() + (Date.now() - began))
  return { ...house, clock: { now, today: () => day } }
}

/** The same viewer on another day. */
export const viewerOn = (viewer: Viewer, day: string, time: string): Viewer => ({
  ...viewer,
  house: houseOn(viewer.house, day, time),
  today: day,
})
