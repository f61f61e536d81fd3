/** A column of the model as it goes in: centred and scaled, so that sums of squares lose no digits. */
export interface Scaled {
  /** `intercept`, `standLRT`, `sex=M` */
  readonly name: string
  readonly mean: number
  readonly deviation: number
}

/**
 * All that the model needs to know of a file: per group the sums of products of the scaled columns. Columns stand in the
 * order intercept, fixed effects, then the column of the random slope when it is not among them, then the outcome.
 */
export interface GroupSums {
  readonly groups: readonly string[]
  readonly n: Float64Array
  /** Fixed effects, the intercept first. */
  readonly fixed: readonly Scaled[]
  readonly outcome: Scaled
  /** The column with a random slope, and where it stands. */
  readonly slope?: { readonly column: Scaled; readonly at: number }
  readonly columns: number
  /** Upper triangles, group after group. */
  readonly products: Float64Array
}

/** Numbers in an upper triangle of this many columns. */
export const triangle = (columns: number): number => (columns * (columns + 1)) / 2

/** Where the product of two columns stands in an upper triangle. */
export const placeOf = (one: number, other: number, columns: number): number => {
  const [low, high] = one <= other ? [one, other] : [other, one]
  return low * columns - (low * (low - 1)) / 2 + (high - low)
}
