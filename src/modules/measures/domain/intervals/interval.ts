/** A 95% interval, in the same unit as what it is about. */
export interface Interval {
  readonly low: number
  readonly high: number
}

/** Two-sided 95% point of the normal distribution. */
export const z95 = 1.959963984540054
