import { type Absence, absences } from '../kernel/absence.ts'
import { decimal } from '../kernel/numbers.ts'
import type { StatusKind } from './parts/status.tsx'

/** A number as a page shows it: with its interval, n of N and status, or the words that say why there is none. */
export interface Shown {
  /** In the unit of the axis: percent 0 to 100, points, a z-score. Left out when there is no number. */
  readonly value?: number
  /** Ends of the 95% interval, in the same unit. */
  readonly low?: number
  readonly high?: number
  readonly n?: number
  /** The same as `n` for a mean. */
  readonly of?: number
  /** Why there is no number: a named absence, or a sentence (`not collected: no writing`). */
  readonly absent?: Absence | (string & {})
  readonly status?: StatusKind
  /** The figure's own page. */
  readonly href?: string
}

/** How a measure is drawn and written: its scale, its unit, and the lines that it is compared with. */
export interface Axis {
  /** Ends of the scale, shared by everything that is to be compared: `[20, 100]`, `[-1.5, 1.5]`. */
  readonly domain: readonly [number, number]
  readonly ticks?: readonly number[]
  /** Written after a number: `%`, or nothing. */
  readonly unit?: string
  /** Decimal places of values; lines and ends of intervals use the same. */
  readonly places?: number
  readonly national?: number
  readonly nationalName?: string
  readonly trust?: number
  readonly trustName?: string
}

const words: Record<Absence, string> = {
  suppressed: 'suppressed',
  'too few': 'too few to show',
  'not published': 'not published',
  'not applicable': 'not applicable',
  'not collected': 'not collected',
  'not produced': 'not produced',
}

/** The words that stand where the number would be; never empty, never a dash. */
export const absentWords = (absent: Shown['absent']): string =>
  absent === undefined
    ? 'not collected'
    : (absences as readonly string[]).includes(absent)
      ? words[absent as Absence]
      : absent

/** `35 of 60`, or `60 pupils` for a mean; undefined when it is not known. */
export const ofWords = ({ n, of }: Pick<Shown, 'n' | 'of'>, things = 'pupils'): string | undefined => {
  if (n === undefined) return undefined
  const count = n.toLocaleString('en-GB')
  if (of === undefined || of === n) return `${count} ${things}`
  return `${count} of ${of.toLocaleString('en-GB')}${things === 'pupils' ? '' : ` ${things}`}`
}

/** `interval 46 to 70` in the places of the axis. */
export const intervalWords = ({ low, high }: Pick<Shown, 'low' | 'high'>, places = 0): string | undefined =>
  low === undefined || high === undefined
    ? undefined
    : `interval ${decimal(low, places)} to ${decimal(high, places)}`
