import type { Absence } from './absence.ts'

/**
 * A figure is an address: measure + place + year group + pupil group + period + snapshot. It resolves to the same
 * number for ever, because snapshots never change.
 */
export interface FigureKey {
  /** Catalogue id of the measure: `reading-expected`. */
  readonly measure: string
  /** Slug of the trust, cluster or school: `saltmarsh`; a class as `saltmarsh~4c`. */
  readonly place: string
  /** `6`, `R`, or `all`. */
  readonly year: string
  /** Pupil group: `all`, `disadvantaged`, `sen-support`, `boys` … */
  readonly group: string
  /** Code of the drop that it is read at: `2026-spring`. */
  readonly period: string
  readonly snapshot: number
}

/** Where the figure is: `/figure/reading-expected/saltmarsh/year-6/all/2026-spring/14` */
export const figurePath = (key: FigureKey): string =>
  `/figure/${key.measure}/${key.place}/${key.year === 'all' ? 'all-years' : `year-${key.year.toLowerCase()}`}/${key.group}/${key.period}/${key.snapshot}`

/** A number that can be trusted: with its interval, how many of how many, and where it comes from. */
export interface Figure {
  readonly key: FigureKey
  readonly kind: 'value' | Absence
  /** In the measure's unit: percent 0 to 100, points, grade, sessions. Undefined when `kind` is an absence. */
  readonly value?: number
  /** 95% interval, in the same unit. */
  readonly low?: number
  readonly high?: number
  /** For a share: how many met it. For a mean: how many pupils it is the mean of. */
  readonly n?: number
  /** For a share: of how many with a result. For a mean: the same as n. For attendance: sessions. */
  readonly of?: number
  /** Everyone whom the measure is about, with or without a result. */
  readonly population?: number
  /** Version of the measure's definition that was in force. */
  readonly version: string
}
