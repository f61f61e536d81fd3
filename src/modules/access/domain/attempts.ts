import { allowed, refused, type Verdict } from '../../../kernel/refusal.ts'

export type AttemptKind = 'sign-in' | 'reset' | 'second-step'

/** Earlier attempts that count, newest first. `account`: on the same account, failed since the last success. */
export interface Earlier {
  readonly accountHere: readonly Date[]
  readonly account: readonly Date[]
  readonly address: readonly Date[]
}

const minute = 60_000

/** How many in how many minutes: for one account from one address, for one account from anywhere, for one address (a school may share one). */
export const limits: Record<
  AttemptKind,
  { minutes: number; accountHere: number; account: number; address: number }
> = {
  'sign-in': { minutes: 15, accountHere: 5, account: 20, address: 60 },
  // Six digits are few: five tries in a quarter of an hour, from wherever.
  'second-step': { minutes: 15, accountHere: 5, account: 5, address: 60 },
  reset: { minutes: 60, accountHere: 3, account: 6, address: 30 },
}

/** May another be tried now? The answer is the same for accounts that exist and accounts that don't. */
export function canTry(kind: AttemptKind, earlier: Earlier, now: Date): Verdict {
  const limit = limits[kind]
  const since = now.getTime() - limit.minutes * minute
  const wait = Math.max(
    ...(['accountHere', 'account', 'address'] as const).map((by) => {
      const counted = earlier[by].filter((at) => at.getTime() > since)
      const oldest = counted[limit[by] - 1]
      return oldest ? oldest.getTime() - since : 0
    }),
  )
  if (wait <= 0) return allowed
  const minutes = Math.ceil(wait / minute)
  return refused(`Too many attempts. Try again in ${minutes === 1 ? 'a minute' : `${minutes} minutes`}.`)
}
