/** A class in an address: `10x/Ma1` → `10x-ma1`. */
export const classSlug = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '')

/** `saltmarsh~4c`: the school, and the class when it is of one. */
export const placeName = (school: string, className?: string): string =>
  className === undefined ? school : `${school}~${classSlug(className)}`

export const placeParts = (place: string): { readonly school: string; readonly class?: string } => {
  const [school, ...rest] = place.split('~')
  return rest.length === 0 ? { school: school! } : { school: school!, class: rest.join('~') }
}
