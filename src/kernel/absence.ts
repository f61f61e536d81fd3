/**
 * Why there is no number. Never 0, never a bare dash: each absence is written out where the number would be.
 * `suppressed` hides a small group (or one that would give a small group away); `too few` means too few to say
 * anything; `not produced` means that nobody makes this figure for that year (Progress 8 after 2024).
 */
export const absences = [
  'suppressed',
  'too few',
  'not published',
  'not applicable',
  'not collected',
  'not produced',
] as const

export type Absence = (typeof absences)[number]

/** A value, or the named reason why there is none. */
export type Measured<T> = { readonly kind: 'value'; readonly value: T } | { readonly kind: Absence }

export const measured = <T>(value: T): Measured<T> => ({ kind: 'value', value })
export const absent = (kind: Absence): { readonly kind: Absence } => ({ kind })
