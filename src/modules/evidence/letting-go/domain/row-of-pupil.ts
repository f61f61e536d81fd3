import type { PupilMarks } from '../../../organisation/index.ts'
import { fold } from '../../imports/domain/letters.ts'

/** A pupil as files may know them. */
export type Sought = Omit<PupilMarks, 'schools'>

export type RowIs = 'theirs' | 'could be theirs' | 'not theirs'

const upnShape = /^[A-HJ-NP-RT-Z][0-9]{11}[0-9A-HJ-NP-RT-Z]$/

/** A birth date in the ways that files write it. */
function datesOf(born: string): Set<string> {
  const [year, month, day] = born.split('-') as [string, string, string]
  const [m, d, short] = [String(Number(month)), String(Number(day)), year.slice(2)]
  const excel = Math.round(Date.parse(`${born}T00:00:00Z`) / 86_400_000) + 25_569
  const marks = ['/', '.', '-']
  return new Set([
    born,
    String(excel),
    `${year}${month}${day}`,
    ...marks.flatMap((mark) => [
      [day, month, year].join(mark),
      [d, m, year].join(mark),
      [day, month, short].join(mark),
    ]),
  ])
}

/**
 * Is a row of a file about the pupil? By UPN; by the school’s own number in a column that holds those; or by the name,
 * when the row has nobody else’s UPN and no namesake could be meant.
 */
export function rowOfPupil(who: Sought): (cells: readonly string[], numbersAt?: readonly number[]) => RowIs {
  const upns = new Set(who.upns.map((upn) => upn.toUpperCase()))
  const [surname, forename] = [fold(who.surname), fold(who.forename)]
  const dates = who.born ? datesOf(who.born) : new Set<string>()
  const wholes = new Set([`${forename} ${surname}`, `${surname} ${forename}`])
  return (cells, numbersAt = []) => {
    const plain = cells.map((cell) => cell.trim())
    if (plain.some((cell) => cell.length === 13 && upns.has(cell.toUpperCase()))) return 'theirs'
    if (plain.some((cell) => upnShape.test(cell.toUpperCase()))) return 'not theirs'
    const local = who.localId !== null && numbersAt.some((at) => plain[at] === who.localId)
    if (local) return 'theirs'
    if (!surname || !forename) return 'not theirs'
    const folded = plain.map(fold)
    const named =
      folded.some((cell) => wholes.has(cell)) || (folded.includes(surname) && folded.includes(forename))
    if (!named) return 'not theirs'
    const sure =
      !who.namesakes ||
      (who.localId !== null && plain.includes(who.localId)) ||
      plain.some((cell) => dates.has(cell))
    return sure ? 'theirs' : 'could be theirs'
  }
}
