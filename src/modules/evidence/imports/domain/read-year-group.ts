import { type YearGroup, yearGroups } from '../../../../kernel/year-group.ts'

/** `6`, `Yr 6`, `Year 06`, `Y6`, `Reception`, `R` → a year group; anything else → undefined. */
export function readYearGroup(text: string): YearGroup | undefined {
  const said = text
    .trim()
    .toUpperCase()
    .replace(/^(CURRICULUM |NC )?(YEAR|YR|Y)\.?(?: GROUP)? *(?=[0-9RNX])/, '')
  const plain = said.replace(/^0+(?=\d)/, '').replace(/\.0$/, '')
  if (plain === 'RECEPTION' || plain === 'REC') return 'R'
  if (plain === 'NURSERY' || plain === 'N') return 'N2'
  return yearGroups.find((year) => year === plain)
}
