import { dayName } from '../../../../../kernel/days.ts'
import { urnTrouble } from '../../../../../kernel/school-numbers.ts'
import type { Phase } from '../../../../organisation/index.ts'
import { readDate } from '../../domain/read-date.ts'
import type { LeftOut } from '../contract.ts'
import type { TextRow, TextTable } from '../table-text.ts'

/** A school as GIAS has it. */
export interface Establishment {
  readonly row: number
  readonly urn: string
  readonly name: string
  readonly town: string
  /** `LLLEEEE`, where GIAS gives both numbers. */
  readonly laestab?: string
  readonly phase: Phase
  readonly admits: 'mixed' | 'girls' | 'boys'
  readonly ages?: readonly [number, number]
  readonly opened?: string
  readonly closed?: string
  readonly group: { readonly uid: string; readonly name: string }
  /** What is unusual about it, in a phrase each: `closed on 31 August 1992`. */
  readonly odd: readonly string[]
}

export const establishmentHeadings = [
  'URN',
  'LA (code)',
  'EstablishmentNumber',
  'EstablishmentName',
  'TypeOfEstablishment (name)',
  'EstablishmentTypeGroup (name)',
  'EstablishmentStatus (name)',
  'OpenDate',
  'CloseDate',
  'PhaseOfEducation (name)',
  'StatutoryLowAge',
  'StatutoryHighAge',
  'Gender (name)',
  'Trusts (code)',
  'Trusts (name)',
  'Town',
] as const

/** Schools of an extract; a row that names no school, or one that stood before it, is left out with its sentence. */
export function readEstablishments(table: TextTable): {
  schools: Establishment[]
  leftOut: LeftOut[]
} {
  const schools: Establishment[] = []
  const leftOut: LeftOut[] = []
  const first = new Map<string, number>()
  for (const row of table.rows) {
    const urn = row.of('URN')
    const name = row.of('EstablishmentName')
    const out = (column: string, value: string, why: string) =>
      leftOut.push({ row: row.row, column, value, why })
    if (urnTrouble(urn)) out('URN', urn, 'A URN has six digits, so this row names no school.')
    else if (!name) out('EstablishmentName', urn, `The school with the URN ${urn} has no name.`)
    else if (first.has(urn)) out('URN', urn, `The URN ${urn} stands in row ${first.get(urn)} already.`)
    else {
      first.set(urn, row.row)
      schools.push(establishment(row, urn, name, table.headings.length))
    }
  }
  return { schools, leftOut }
}

const day = (text: string): string | undefined => {
  const read = readDate(text)
  return read.kind === 'day' ? read.day : undefined
}

function establishment(row: TextRow, urn: string, name: string, width: number): Establishment {
  const odd: string[] = []
  const [la, number] = [row.of('LA (code)'), row.of('EstablishmentNumber')]
  const laestab = /^\d{3}$/.test(la) && /^\d{1,4}$/.test(number) ? la + number.padStart(4, '0') : undefined
  if (!laestab) odd.push('has no LAESTAB')
  const [low, high] = [row.of('StatutoryLowAge'), row.of('StatutoryHighAge')]
  const ages =
    /^\d{1,2}$/.test(low) && /^\d{1,2}$/.test(high) ? ([Number(low), Number(high)] as const) : undefined
  if (!ages) odd.push('has no ages')
  const status = row.of('EstablishmentStatus (name)')
  const closed = day(row.of('CloseDate'))
  if (/^closed/i.test(status))
    odd.push(closed ? `closed on ${dayName(closed)}` : 'is closed, on no known day')
  else if (status && !/^open$/i.test(status)) odd.push(`is “${status}”`)
  for (const heading of ['OpenDate', 'CloseDate'])
    if (row.of(heading) && !day(row.of(heading)))
      odd.push(`has “${row.of(heading)}” as its ${heading}, which is no date`)
  const said = row.of('PhaseOfEducation (name)')
  const kind = row.of('TypeOfEstablishment (name)')
  const phase = phaseOf(said, kind, ages)
  if (!phase.told) odd.push(`has the phase “${said || 'none'}” (${kind || 'no type'})`)
  if (row.cells !== width) odd.push(`has ${row.cells} cells under ${width} headings`)
  const gender = row.of('Gender (name)').toLowerCase()
  return {
    row: row.row,
    urn,
    name,
    town: row.of('Town'),
    laestab,
    phase: phase.phase,
    admits: gender === 'girls' || gender === 'boys' ? gender : 'mixed',
    ages,
    opened: day(row.of('OpenDate')),
    closed: /^closed/i.test(status) ? closed : undefined,
    group: { uid: row.of('Trusts (code)'), name: row.of('Trusts (name)') },
    odd,
  }
}

const phases: Readonly<Record<string, Phase>> = {
  nursery: 'primary',
  primary: 'primary',
  'middle deemed primary': 'primary',
  'middle deemed secondary': 'secondary',
  secondary: 'secondary',
  '16 plus': 'secondary',
  'all-through': 'all-through',
  'all through': 'all-through',
}

/** GIAS gives special schools, alternative provision, independent and Welsh schools no phase: their type and ages tell, or we say that nothing does. */
export function phaseOf(
  said: string,
  kind: string,
  ages: readonly [number, number] | undefined,
): { phase: Phase; told: boolean } {
  const phase = phases[said.toLowerCase()]
  if (phase) return { phase, told: true }
  if (/special|pupil referral|alternative provision|hospital|secure/i.test(kind))
    return { phase: 'special', told: true }
  if (!ages) return { phase: 'primary', told: false }
  const [low, high] = ages
  if (high <= 13 && low < 10) return { phase: 'primary', told: false }
  return { phase: low < 10 ? 'all-through' : 'secondary', told: false }
}
