import { academicYearOf } from '../../../../../kernel/academic-year.ts'
import { dayName } from '../../../../../kernel/days.ts'
import { upnTrouble } from '../../../../../kernel/upn.ts'
import { exclusionReason } from '../../../registers/exclusion-reasons.ts'
import { sessionCode, sessionCodes } from '../../../registers/session-codes.ts'
import { readDate } from '../../domain/read-date.ts'
import type { LeftOut } from '../contract.ts'
import type { TextRow, TextTable } from '../table-text.ts'

/** Something that happened to a pupil on a day; without a day, from the beginning of the year to the day the file was made. */
export interface DatedFact {
  readonly row: number
  readonly upn: string
  readonly day?: string
  /** A session code; `praise` or `behaviour`; `suspension`, `lunchtime` or `permanent`. */
  readonly what: string
  /** Sessions, or events. */
  readonly many: number
  /** Codes of reasons. */
  readonly reasons?: readonly string[]
}

export interface FactsRead {
  readonly facts: readonly DatedFact[]
  readonly leftOut: readonly LeftOut[]
}

type Out = (column: string, value: string, why: string) => void

/** Reads each row of a table for its pupil and day, and what it says of them. */
function reading(
  table: TextTable,
  dated: readonly string[],
  rowOf: (
    row: TextRow,
    day: string | undefined,
    out: Out,
  ) => readonly Omit<DatedFact, 'row' | 'upn' | 'day'>[],
): FactsRead {
  const facts: DatedFact[] = []
  const leftOut: LeftOut[] = []
  for (const row of table.rows) {
    const out: Out = (column, value, why) =>
      leftOut.push({ row: row.row, column, value: value.slice(0, 80), why })
    const upn = row.of('UPN').toUpperCase()
    const trouble = upnTrouble(upn)
    if (trouble) {
      out('UPN', upn, trouble)
      continue
    }
    const column = dated.find((name) => row.of(name) !== '')
    let day: string | undefined
    if (dated.length) {
      const said = readDate(column ? row.of(column) : '')
      if (said.kind !== 'day') {
        out(
          column ?? dated[0]!,
          column ? row.of(column) : '',
          said.kind === 'wrong' ? said.why : 'The row does not say on which day.',
        )
        continue
      }
      day = said.day
    }
    for (const fact of rowOf(row, day, out))
      facts.push({ row: row.row, upn, ...(day ? { day } : {}), ...fact })
  }
  return { facts, leftOut }
}

export const registerColumns = ['UPN', 'Date', 'Session', 'AM', 'PM', 'Code', 'Attendance code', 'Sessions']
const codeNames = [...new Set(sessionCodes.map(({ code }) => code))]

/** How a register is laid out: a day a row with both sessions, a session a row, or a pupil a row with a column for each code. */
export type RegisterShape = 'days' | 'sessions' | 'summary'

const wrongCode = (code: string, day: string): string =>
  sessionCodes.some((one) => one.code === code.toUpperCase())
    ? `${code} was not a code of the register on ${dayName(day)}.`
    : `“${code}” is not a code of the register.`

/** A summary has no days: its codes are those that have no end. */
const noEnd = '9999-12-31'

export function readRegister(table: TextTable, shape: RegisterShape): FactsRead {
  const count = (text: string, column: string, out: Out): number => {
    if (text === '') return 0
    const many = Number(text)
    if (Number.isInteger(many) && many >= 0 && many <= 420) return many
    out(column, text, 'This is not a number of sessions; a year has at most 420.')
    return 0
  }
  if (shape === 'summary')
    return reading(table, [], (row, _, out) =>
      codeNames.flatMap((code) => {
        const many = count(row.of(code), code, out)
        if (many === 0) return []
        if (sessionCode(code, noEnd)) return [{ what: code, many }]
        out(code, row.of(code), `${code} is no longer a code of the register.`)
        return []
      }),
    )
  return reading(table, ['Date'], (row, day, out) => {
    const columns = shape === 'days' ? ['AM', 'PM'] : [row.of('Attendance code') ? 'Attendance code' : 'Code']
    return columns.flatMap((column) => {
      const code = row.of(column).toUpperCase()
      if (code === '' || code === '-') return []
      if (sessionCode(code, day!)) return [{ what: code, many: 1 }]
      out(column, code, wrongCode(code, day!))
      return []
    })
  })
}

export const conductColumns = ['UPN', 'Date', 'Event', 'Event type', 'Behaviour type', 'Points']

const conductWords: Readonly<Record<string, string>> = {
  praise: 'praise',
  achievement: 'praise',
  positive: 'praise',
  reward: 'praise',
  merit: 'praise',
  behaviour: 'behaviour',
  negative: 'behaviour',
  sanction: 'behaviour',
  incident: 'behaviour',
}

export const readConduct = (table: TextTable): FactsRead =>
  reading(table, ['Date'], (row, _, out) => {
    const column = ['Event', 'Event type', 'Behaviour type'].find((name) => row.of(name) !== '') ?? 'Event'
    const said = row.of(column).toLowerCase()
    const what = Object.hasOwn(conductWords, said) ? conductWords[said]! : undefined
    if (what) return [{ what, many: 1 }]
    out(
      column,
      row.of(column),
      'This is neither praise nor behaviour. Files say Praise (or Achievement, Positive) or Behaviour (or Negative, Sanction).',
    )
    return []
  })

export const exclusionColumns = [
  ...[
    'UPN',
    'Start date',
    'Category',
    'Exclusion type',
    'Reason',
    'Reason 1',
    'Reason 2',
    'Reason 3',
    'Sessions',
  ],
]

const exclusionWords: Readonly<Record<string, string>> = {
  susp: 'suspension',
  suspension: 'suspension',
  fixd: 'suspension',
  'fixed term': 'suspension',
  lnch: 'lunchtime',
  lunchtime: 'lunchtime',
  perm: 'permanent',
  permanent: 'permanent',
}

export const readExclusions = (table: TextTable): FactsRead =>
  reading(table, ['Start date'], (row, day, out) => {
    const column = row.of('Category') ? 'Category' : 'Exclusion type'
    const said = row.of(column).toLowerCase()
    const what = Object.hasOwn(exclusionWords, said) ? exclusionWords[said]! : undefined
    if (!what) {
      out(column, row.of(column), 'This is no kind of exclusion. The codes are SUSP, LNCH and PERM.')
      return []
    }
    const year = academicYearOf(day!)
    const reasons = ['Reason', 'Reason 1', 'Reason 2', 'Reason 3'].flatMap((name) => {
      const code = row.of(name).toUpperCase()
      if (code === '') return []
      if (exclusionReason(code, year)) return [code]
      out(
        name,
        code,
        `DfE’s list of ${year}/${String((year + 1) % 100).padStart(2, '0')} has no such reason; the event counts without it.`,
      )
      return []
    })
    return [{ what, many: 1, reasons: [...new Set(reasons)].slice(0, 3) }]
  })
