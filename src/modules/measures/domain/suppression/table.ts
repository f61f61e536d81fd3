/**
 * What a viewer does with a cell: reads it if it is not hidden, knows it anyway (a small group of their own school),
 * is never shown it (another school), or it is on no page at all (those of no record, the other side of a group).
 */
export type Access = 'shown' | 'known' | 'denied' | 'unpublished'

/** How many pupils stand behind one number. */
export interface Counted {
  readonly population: number
  readonly n: number
}

export interface TableCell extends Counted {
  readonly access: Access
  /** How late it is to be hidden for the sake of another: whole year groups and the trust after groups and classes. */
  readonly keep?: number
}

/** The total is the sum of its parts, and everybody knows it. */
export interface Relation {
  readonly total: number
  readonly parts: readonly number[]
}

/** Every number that could be shown of one measure at one drop, and how they add up. Cells are named by their place. */
export interface DisclosureTable {
  readonly cells: readonly TableCell[]
  readonly relations: readonly Relation[]
}

/** A group of fewer pupils than this is not shown outside the school. DfE: "5 or fewer" are removed. */
export const leastShown = 6

const few = (count: number) => count > 0 && count < leastShown

/** Small enough to say something of single children. */
export const isSmall = ({ population, n }: Counted): boolean => few(population) || few(n)

/** Nobody in it: nothing to hide, and everybody may know. */
export const isEmpty = ({ population }: Counted): boolean => population === 0
