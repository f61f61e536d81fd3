import type { Day } from '../../../kernel/days.ts'

/** What a register’s code counts as in DfE’s statistics. Sessions of the last are in neither part of any rate. */
export type Treatment =
  | 'present'
  | 'late'
  | 'educated elsewhere'
  | 'authorised'
  | 'unauthorised'
  | 'not possible'

/** A code of the register, from a day to a day. */
export interface SessionCode {
  readonly code: string
  readonly name: string
  readonly treatment: Treatment
  readonly from: Day
  readonly to?: Day
}

const rules2006 = '2006-09-01'
const rules2024 = '2024-08-19'
const before2024 = '2024-08-18'

const always = (code: string, name: string, treatment: Treatment): SessionCode => ({
  code,
  name,
  treatment,
  from: rules2006,
})
const since2024 = (code: string, name: string, treatment: Treatment): SessionCode => ({
  ...always(code, name, treatment),
  from: rules2024,
})
const until2024 = (code: string, name: string, treatment: Treatment): SessionCode => ({
  ...always(code, name, treatment),
  to: before2024,
})

/**
 * The national attendance and absence codes with their statistical treatment. From 19 August 2024: School Attendance (Pupil
 * Registration) (England) Regulations 2024; the treatment as in the columns of DfE’s daily attendance data. J was attended
 * until then; J1 is authorised absence. H, J and Y ended.
 */
export const sessionCodes: readonly SessionCode[] = [
  always('/', 'Present in the morning', 'present'),
  always('\\', 'Present in the afternoon', 'present'),
  always('L', 'Late, before the register closed', 'late'),
  always('B', 'Educated off site', 'educated elsewhere'),
  since2024('K', 'Education arranged by the local authority', 'educated elsewhere'),
  always('P', 'Sporting activity', 'educated elsewhere'),
  always('V', 'Educational visit or trip', 'educated elsewhere'),
  always('W', 'Work experience', 'educated elsewhere'),
  until2024('J', 'Interview', 'educated elsewhere'),
  always('C', 'Leave in exceptional circumstances', 'authorised'),
  since2024('C1', 'Regulated performance or employment abroad', 'authorised'),
  since2024('C2', 'Part-time timetable', 'authorised'),
  always('E', 'Suspended or excluded', 'authorised'),
  { ...always('F', 'Agreed extended family holiday', 'authorised'), to: '2013-08-31' },
  until2024('H', 'Agreed holiday', 'authorised'),
  always('I', 'Illness', 'authorised'),
  since2024('J1', 'Interview', 'authorised'),
  always('M', 'Medical or dental appointment', 'authorised'),
  always('R', 'Religious observance', 'authorised'),
  always('S', 'Study leave', 'authorised'),
  always('T', 'Parent travelling for work', 'authorised'),
  always('G', 'Holiday not granted', 'unauthorised'),
  always('N', 'No reason yet', 'unauthorised'),
  always('O', 'Other unauthorised absence', 'unauthorised'),
  always('U', 'Late, after the register closed', 'unauthorised'),
  always('D', 'Registered at another school', 'not possible'),
  since2024('Q', 'No access arrangements', 'not possible'),
  always('X', 'Not required to attend', 'not possible'),
  until2024('Y', 'Unable to attend, exceptional circumstances', 'not possible'),
  since2024('Y1', 'Transport not available', 'not possible'),
  since2024('Y2', 'Widespread disruption to travel', 'not possible'),
  since2024('Y3', 'Part of the premises closed', 'not possible'),
  since2024('Y4', 'Whole site closed unexpectedly', 'not possible'),
  since2024('Y5', 'In criminal justice detention', 'not possible'),
  since2024('Y6', 'Public health guidance or law', 'not possible'),
  since2024('Y7', 'Other unavoidable cause', 'not possible'),
  always('Z', 'Not yet on roll', 'not possible'),
  always('#', 'Planned closure', 'not possible'),
]

/** A code as it stood on a day; undefined for one that was not in use then. */
export const sessionCode = (code: string, on: Day): SessionCode | undefined => {
  const said = code.trim().toUpperCase()
  return sessionCodes.find(
    (one) => one.code === said && one.from <= on && (one.to === undefined || on <= one.to),
  )
}

/** Sessions, summed over what each code counts as. */
export interface SessionTally {
  readonly possible: number
  readonly attended: number
  /** L and U: after the register was opened, whenever it closed. */
  readonly late: number
  readonly authorised: number
  readonly unauthorised: number
}

/**
 * Sums sessions by code on a day’s rules: `possible` is what was attended (present, late, educated elsewhere) and missed
 * (authorised, unauthorised). @throws RangeError for a code that was not in use.
 */
export function tally(sessions: Iterable<readonly [code: string, sessions: number]>, on: Day): SessionTally {
  const sum = { possible: 0, attended: 0, late: 0, authorised: 0, unauthorised: 0 }
  for (const [code, many] of sessions) {
    const known = sessionCode(code, on)
    if (!known) throw new RangeError(`${code} is not a code of the register on ${on}.`)
    if (known.code === 'L' || known.code === 'U') sum.late += many
    if (known.treatment === 'not possible') continue
    sum.possible += many
    if (known.treatment === 'authorised') sum.authorised += many
    else if (known.treatment === 'unauthorised') sum.unauthorised += many
    else sum.attended += many
  }
  return sum
}

/** Missed a tenth (persistent) or half (severe) of their own possible sessions, compared exactly. */
export const absentAtLeast = (
  { possible, authorised, unauthorised }: Pick<SessionTally, 'possible' | 'authorised' | 'unauthorised'>,
  share: 0.1 | 0.5,
): boolean => possible > 0 && (authorised + unauthorised) * Math.round(1 / share) >= possible
