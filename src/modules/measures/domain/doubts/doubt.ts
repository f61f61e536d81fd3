import { benjaminiHochberg } from '../distributions/multiple-testing.ts'

/** What is asked about. */
export type DoubtKind =
  | 'too good to be true'
  | 'pile at the standard'
  | 'round numbers'
  | 'one mark for a class'
  | 'marks carried forward'
  | 'roll before a census'
  | 'teachers and tests drift apart'

/** What a doubt is about; what is not named is all of it. */
export interface DoubtPlace {
  readonly school: number
  readonly year?: string
  readonly class?: number
  readonly assessment?: string
}

/** A bar of the picture; `here` marks what is asked about, `usual` what would be usual there. */
export interface DoubtBar {
  readonly label: string
  /** Where the bar is of a school: not every reader may be told which. */
  readonly school?: number
  readonly value: number
  readonly here?: boolean
  readonly usual?: number
}

/** Something that would seldom be so by chance: a question to whoever knows, never a verdict. */
export interface Doubt {
  readonly kind: DoubtKind
  readonly place: DoubtPlace
  /** What was counted or averaged, of how many pupils, and what would be usual. */
  readonly value: number
  readonly of: number
  readonly usual: number
  /** Chance of it if this school were as the others are. */
  readonly chance: number
  readonly bars: readonly DoubtBar[]
  /** A mark, or a day, that the question names. */
  readonly about?: string
}

/** Of the questions of one kind that are asked, the share that may be chance. */
export const doubtRate = 0.05

/** Those of one kind that still stand out once it is allowed for how many places were looked at, the least likely first. */
export function standing(looked: readonly Doubt[]): Doubt[] {
  const adjusted = benjaminiHochberg(looked.map(({ chance }) => chance))
  return looked.filter((_, at) => adjusted[at]! <= doubtRate).sort((one, other) => one.chance - other.chance)
}

/** The rate of all but one, which is held against them; undefined where these are fewer than `least`. */
export const rateOfOthers = (
  all: { readonly met: number; readonly of: number },
  own: { readonly met: number; readonly of: number },
  least = 50,
): number | undefined => (all.of - own.of < least ? undefined : (all.met - own.met) / (all.of - own.of))

export const totals = <T extends { readonly met: number; readonly of: number }>(some: readonly T[]) => ({
  met: some.reduce((sum, { met }) => sum + met, 0),
  of: some.reduce((sum, { of }) => sum + of, 0),
})
