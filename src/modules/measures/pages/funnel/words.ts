import { decimal } from '../../../../kernel/numbers.ts'
import type { FunnelPoint } from '../../domain/funnel/funnel.ts'
import { numberWord } from '../words.ts'
import type { FunnelPage } from './query.ts'

/** Good or bad news, where the limits of 95% are left. */
export function standingOf(
  { measure, found }: FunnelPage,
  point: FunnelPoint,
): 'below' | 'better' | 'expected' {
  if (!point.outside95) return 'expected'
  const more = point.value > found!.target
  return more === (measure!.direction === 'higher is better') ? 'better' : 'below'
}

/** What a school's place in the funnel says. */
export function pointWords(point: FunnelPoint): string {
  if (point.outside998) return 'Outside 99.8%: chance is an unlikely reason'
  if (point.outside95) return 'Outside 95%: one school in 20 lies there by luck'
  return 'Inside: chance could explain it'
}

/** Stands out at a false-discovery rate of 5%, with all of them looked at. */
export const stillOut = ({ q }: FunnelPoint): boolean => q <= 0.05

/** What the funnel says, in a sentence or two. */
export function leadWords({ found, rows, target }: FunnelPage): string {
  const out = found!.points.filter(({ outside95 }) => outside95).length
  const still = found!.points.filter(stillOut).length
  if (rows.length === 1)
    return `One school, held to ${target!.name}: ${out === 0 ? 'chance could explain the difference.' : 'more of a difference than chance would often make.'}`
  if (out === 0)
    return `All ${rows.length} lie where chance alone could put them: there is no order to read in these rates.`
  return `${numberWord(out)} of ${rows.length} ${out === 1 ? 'lies' : 'lie'} outside the limits of 95%. ${
    still === 0
      ? `Having looked at ${rows.length}, none of them can be told from luck.`
      : `${numberWord(still)} still ${still === 1 ? 'stands' : 'stand'} out with all ${rows.length} looked at (ringed).`
  }`
}

/** How much the schools differ beyond chance, and what to make of it. */
export function spreadWords({ found, rows, spread }: FunnelPage): string {
  const { phi, tau2 } = found!
  const measured = `φ ${decimal(phi, 2)}, τ² ${decimal(tau2, 4)}`
  const few =
    rows.length < 10
      ? ` From ${rows.length === 1 ? 'one school' : `${rows.length} schools`} that says little: ten or more would be needed.`
      : ''
  const what =
    phi <= 1
      ? `These schools differ no more than chance makes schools of their sizes differ (${measured}).`
      : `These schools differ ${decimal(Math.sqrt(phi), 1)} times as much as chance alone would make them (${measured}).`
  const next: Record<typeof spread, string> = {
    none:
      phi > 2
        ? ' Something that is common to many of them, such as intake, has not been allowed for: wider limits may be fairer.'
        : '',
    multiplicative:
      phi > 1 ? ' The limits have been widened by as much.' : ' So the limits stay as they were.',
    additive:
      tau2 > 0 ? ' The limits allow for that spread between schools.' : ' So the limits stay as they were.',
  }
  return `${what}${next[spread]}${few}`
}
