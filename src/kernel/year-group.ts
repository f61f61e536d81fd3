/** National curriculum year: nursery, reception, 1 to 14, X (does not follow the years). CBDS "NC year (actual)". */
export const yearGroups = [
  'N1',
  'N2',
  'R',
  '1',
  '2',
  '3',
  '4',
  '5',
  '6',
  '7',
  '8',
  '9',
  '10',
  '11',
  '12',
  '13',
  '14',
  'X',
] as const
export type YearGroup = (typeof yearGroups)[number]

const names: Partial<Record<YearGroup, string>> = {
  N1: 'Nursery 1',
  N2: 'Nursery 2',
  R: 'Reception',
  X: 'No year group',
}

/** `6` → `Year 6`, `R` → `Reception` */
export const yearGroupName = (year: string): string => names[year as YearGroup] ?? `Year ${year}`

/** For sorting: Reception before Year 1, X last. */
export const yearGroupOrder = (year: string): number => {
  const place = yearGroups.indexOf(year as YearGroup)
  return place === -1 ? yearGroups.length : place
}
