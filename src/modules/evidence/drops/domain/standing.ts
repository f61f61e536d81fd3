import type { Day } from '../../../../kernel/days.ts'

/** Where one school stands in a drop, from late to done. */
export type Standing = 'nothing yet' | 'in hand' | 'published' | 'signed off'

export interface SchoolReadiness {
  readonly school: {
    readonly id: number
    readonly slug: string
    readonly name: string
    readonly shortName: string
    readonly phase: string
  }
  readonly due: Day
  readonly standing: Standing
  /** Not signed off, and the day has passed. */
  readonly late: boolean
  readonly person?: { readonly id: number; readonly name: string; readonly email: string }
  /** Files brought but neither published nor set aside. */
  readonly inHand: readonly { readonly id: number; readonly name: string; readonly at: Date }[]
  /** Results live in the drop. */
  readonly results: number
  /** Pupils on roll when the results were published. */
  readonly pupils: number
  readonly publishedAt?: Date
  /** Still good: a sign-off does not cover what is published or undone after it. */
  readonly signedOff?: { readonly by: string; readonly at: Date; readonly snapshot: number }
  readonly changedSinceSignOff: boolean
  readonly reminders: readonly { readonly to: string; readonly person: number; readonly at: Date }[]
}
