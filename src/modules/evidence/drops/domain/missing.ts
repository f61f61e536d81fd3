import { listed } from './sentences.ts'
import type { SchoolReadiness } from './standing.ts'

/** What a school that has not signed off still owes, in a sentence that follows a name or stands alone. */
export function whatIsMissing(
  one: Pick<SchoolReadiness, 'school' | 'standing' | 'inHand' | 'changedSinceSignOff'>,
): string {
  const { shortName } = one.school
  if (one.standing === 'nothing yet') return `Nothing has come from ${shortName} yet.`
  if (one.standing === 'in hand')
    return `${listed(one.inHand.map((file) => file.name))} ${one.inHand.length === 1 ? 'is' : 'are'} uploaded but not published yet.`
  return one.changedSinceSignOff
    ? `${shortName}’s results changed after they were signed off, so they need signing again.`
    : `${shortName}’s results are published; the headteacher has not signed them off yet.`
}
