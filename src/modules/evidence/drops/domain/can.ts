import { londonDay, londonTime, shortDayName } from '../../../../kernel/days.ts'
import { allowed, refused, type Verdict } from '../../../../kernel/refusal.ts'
import type { DropLock } from './drop.ts'
import { capital, listed, worded } from './sentences.ts'

/** `on 3 April at 16:42` */
const moment = (at: Date): string => `on ${shortDayName(londonDay(at))} at ${londonTime(at)}`

const isLocked = (lock: DropLock): Verdict =>
  refused(`${lock.by} locked this drop ${moment(lock.at)}: snapshot ${lock.snapshot} is final.`)

export interface SignOffFacts {
  readonly school: string
  readonly may: boolean
  readonly lock?: DropLock
  readonly asked: boolean
  /** Results of the school that are live in the drop. */
  readonly results: number
  /** Names of files brought but neither published nor set aside. */
  readonly inHand: readonly string[]
  readonly signedOff?: { readonly by: string; readonly at: Date }
}

/** May this school's data be signed off now? */
export function canSignOff(now: SignOffFacts): Verdict {
  if (now.lock) return isLocked(now.lock)
  if (!now.asked) return refused(`${now.school} was not asked for anything in this drop.`)
  if (now.signedOff) return refused(`${now.signedOff.by} signed off ${moment(now.signedOff.at)}.`)
  if (!now.may) return refused(`${now.school}’s headteacher signs off. Your role does not.`)
  if (now.inHand.length)
    return refused(
      `${capital(worded(now.inHand.length, 'file'))} ${now.inHand.length === 1 ? 'is' : 'are'} not published yet: ${listed(now.inHand)}. Publish or set aside first.`,
    )
  if (!now.results) return refused(`Nothing of ${now.school} is published in this drop yet.`)
  return allowed
}

/** May a sign-off be taken back now, so that a file can be corrected? */
export function canWithdraw(now: Pick<SignOffFacts, 'school' | 'may' | 'lock' | 'signedOff'>): Verdict {
  if (now.lock) return isLocked(now.lock)
  if (!now.signedOff) return refused(`${now.school} has not signed off.`)
  if (!now.may) return refused(`${now.school}’s headteacher takes a sign-off back. Your role does not.`)
  return allowed
}

export interface LockFacts {
  readonly may: boolean
  readonly lock?: DropLock
  /** Schools with something published. */
  readonly published: number
  /** Schools that were asked and have not signed off. */
  readonly waiting: readonly string[]
  /** Why it is locked without them. */
  readonly without?: string
}

/** May the drop be locked now? Without schools that have not signed off, only with a reason that is kept. */
export function canLock(now: LockFacts): Verdict {
  if (now.lock) return isLocked(now.lock)
  if (!now.may) return refused('The trust data lead locks a drop. Your role does not.')
  if (!now.published) return refused('Nothing is published in this drop, so there is nothing to lock.')
  if (now.waiting.length && now.without === undefined)
    return refused(
      `${capital(worded(now.waiting.length, 'school has', 'schools have'))} not signed off: ${listed(now.waiting)}.`,
    )
  if (now.waiting.length && now.without!.trim().length < 10)
    return refused(
      `Say in a sentence why the drop is locked without ${listed(now.waiting)}: it is kept with the snapshot.`,
    )
  return allowed
}

export interface ChaseFacts {
  readonly may: boolean
  readonly lock?: DropLock
  /** Schools asked that have not published or not signed off. */
  readonly waiting: number
  /** People who would be written to: known by address and not reminded today. */
  readonly recipients: number
}

/** May reminders be sent now? */
export function canChase(now: ChaseFacts): Verdict {
  if (now.lock) return isLocked(now.lock)
  if (!now.may) return refused('The trust data lead or the director sends reminders. Your role does not.')
  if (!now.waiting) return refused('Every school has signed off; there is nobody to remind.')
  if (!now.recipients)
    return refused('Everybody who could be reminded was reminded today. Nobody is written to twice in a day.')
  return allowed
}

/** May a drop be opened, by whom? */
export const canOpen = (now: { readonly may: boolean }): Verdict =>
  now.may ? allowed : refused('The trust data lead opens a drop. Your role does not.')
