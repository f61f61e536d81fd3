/** The address of one school's task in a drop. */
export const taskPath = (drop: { readonly code: string }, school: { readonly slug: string }): string =>
  `/drops/${drop.code}/schools/${school.slug}`
