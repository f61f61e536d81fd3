import { londonTime } from '../kernel/days.ts'
import { startDigests } from '../modules/improvement/index.ts'
import type { House } from '../platform/house.ts'

const hour = '07:00'
const betweenLooks = 5 * 60 * 1000

/**
 * Starts what is done once a day, from seven in the morning on, or at the next start when the machine was off. Several
 * processes may do so: the work itself is done once. The demo stands still, so it has no mornings. The answer stops it.
 */
export function eachMorning(house: House): () => void {
  if (house.config.demo) return () => {}
  let begun = ''
  const look = () => {
    const today = house.clock.today()
    if (begun === today || londonTime(house.clock.now()) < hour) return
    begun = today
    startDigests(house).catch((error) => {
      begun = ''
      house.log.error('letters of the morning', error)
    })
  }
  look()
  const timer = setInterval(look, betweenLooks)
  timer.unref()
  return () => clearInterval(timer)
}
