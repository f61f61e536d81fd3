import type { AcademicYear } from '../../../kernel/academic-year.ts'

/** A reason for a suspension or permanent exclusion, in the academic years in which DfE’s list has it. */
export interface ExclusionReason {
  readonly code: string
  readonly name: string
  readonly from: AcademicYear
}

const since = (from: AcademicYear, reasons: Readonly<Record<string, string>>): ExclusionReason[] =>
  Object.entries(reasons).map(([code, name]) => ({ code, name, from }))

/** Common Basic Data Set, May 2026; which codes stood in the list of 2020 to 2025 is from memory and to be checked. */
export const exclusionReasons: readonly ExclusionReason[] = [
  ...since(2020, {
    PP: 'Physical assault against a pupil',
    PA: 'Physical assault against an adult',
    VP: 'Verbal abuse or threatening behaviour against a pupil',
    VA: 'Verbal abuse or threatening behaviour against an adult',
    OW: 'Use or threat of use of an offensive weapon or prohibited item',
    BU: 'Bullying',
    RA: 'Racist abuse',
    LG: 'Abuse relating to sexual orientation or gender identity',
    DS: 'Abuse relating to disability',
    SM: 'Sexual misconduct',
    DA: 'Drug and alcohol related',
    DM: 'Damage to property',
    TH: 'Theft',
    DB: 'Persistent or general disruptive behaviour',
    MT: 'Inappropriate use of social media or online technology',
    PH: 'Wilful transgression of measures that protect public health',
  }),
  ...since(2026, {
    BW: 'Found to have brought a weapon or prohibited item',
    TB: 'Cyber-bullying or threatening behaviour online',
    SB: 'Harmful sexual behaviour',
    MB: 'Misogynistic behaviour',
    AB: 'Misandry behaviour',
    DR: 'Drug related',
    AR: 'Alcohol related',
    SR: 'Smoking related',
    VR: 'Vape related',
    LD: 'Persistent disruptive behaviour: low level',
    CB: 'Persistent disruptive behaviour: challenging',
    MP: 'Use of a mobile phone',
    OS: 'Misbehaviour outside school',
  }),
]

/** The reason that a code means in an academic year; undefined for one that is not in that year’s list. */
export const exclusionReason = (code: string, year: AcademicYear): ExclusionReason | undefined =>
  exclusionReasons.find((one) => one.code === code.trim().toUpperCase() && one.from <= year)
