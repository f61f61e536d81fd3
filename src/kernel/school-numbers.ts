/** URN: six digits, no check digit, changes when a school converts. */
export const urnTrouble = (text: string): string | undefined =>
  /^\d{6}$/.test(text.trim()) ? undefined : 'A URN has six digits.'

/** LAESTAB `LLLEEEE`: the local authority's three digits and the establishment's four; shown `LLL/EEEE`. */
export const laestabName = (laestab: string): string => `${laestab.slice(0, 3)}/${laestab.slice(3)}`
