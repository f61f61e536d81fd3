import { allowed, refused, type Verdict } from '../../../kernel/refusal.ts'

const leastReason = 15

/** May a result of this drop be corrected, for this reason? Before the lock a file is brought again or undone instead. */
export function canCorrect(now: {
  readonly may: boolean
  readonly locked: boolean
  readonly why: string
}): Verdict {
  if (!now.may) return refused('The trust data lead corrects a locked drop. Your role does not.')
  if (!now.locked)
    return refused('This drop is not locked: bring the school’s file again, or undo its import.')
  if (now.why.trim().length < leastReason)
    return refused('Say in a sentence why the result changes: it is kept with the new snapshot.')
  if (now.why.length > 500) return refused('Say why in fewer than 500 characters.')
  return allowed
}
