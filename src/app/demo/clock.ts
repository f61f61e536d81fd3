import { type Clock, clockOn } from '../../platform/clock.ts'
import type { Config } from '../../platform/config.ts'

/** The day on which Tidewell’s demo stands still: spring results are coming in, and two schools are still to send theirs. */
export const demoDay = '2026-03-20'

/** In demo mode the world stands on its own day; otherwise nothing. */
export const demoClock = (config: Config): Clock | undefined => (config.demo ? clockOn(demoDay) : undefined)
