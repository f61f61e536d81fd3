import type { Day } from '../../../kernel/days.ts'

/** Where the days that a school belonged to the trust are known. */
export interface Belonging {
  /** First day, where somebody has said it. */
  readonly joined: Day | null
  /** Last day. */
  readonly left: Day | null
}

/** Did the school belong to the trust on the day? Where nobody has said when it joined, it always did. */
export const belongedOn = ({ joined, left }: Belonging, day: Day): boolean =>
  (joined === null || joined <= day) && (left === null || day <= left)

/** Had it not joined yet? */
export const beforeJoining = ({ joined }: Belonging, day: Day): boolean => joined !== null && day < joined
