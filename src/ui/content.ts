import type { Child } from 'hono/jsx'

/** Anything that may stand between two tags: words, numbers, elements, or a list of them. */
export type Content = Child

/** Joins class names, leaving out what is false. */
export const classes = (...names: readonly (string | false | null | undefined)[]): string | undefined =>
  names.filter(Boolean).join(' ') || undefined
