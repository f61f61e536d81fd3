import { academicYearOf } from '../../../kernel/academic-year.ts'
import type { Day } from '../../../kernel/days.ts'
import { allowed, refused, type Verdict } from '../../../kernel/refusal.ts'

/** From when the years of a rule are counted. */
export type CountedFrom = 'birth' | 'leaving' | 'academic year' | 'day'

export interface RecordClassRule {
  readonly name: string
  readonly counted: CountedFrom
  /** Years that a trust starts with; its to decide. */
  readonly years: number
  /** Where that number comes from. */
  readonly source: string
  /** What letting it go does. */
  readonly goes: string
}

const irms = 'IRMS Information Management Toolkit for Schools'

/** What is kept by one rule each. The years are what a trust starts with: it decides, with its data protection officer. */
export const recordClasses = {
  roll: {
    name: 'Pupil roll: names, numbers, schools, classes',
    counted: 'birth',
    years: 25,
    source: `${irms}: the pupil’s educational record, date of birth and 25 years. A primary school passes it on and may keep it shorter.`,
    goes: 'The whole record of pupils who are on no roll, as if erased.',
  },
  characteristics: {
    name: 'Characteristics, with their dates',
    counted: 'leaving',
    years: 6,
    source: 'No rule of its own: as long as the results that it explains.',
    goes: 'Dated facts of pupils who have left; what stands with the results of a drop goes with them.',
  },
  results: {
    name: 'Results, and characteristics as at each drop',
    counted: 'academic year',
    years: 6,
    source: `${irms}: examination and assessment results, the current year and 6.`,
    goes: 'Rows become nobody’s: figures of the trust, schools, years and groups stay, pupils and classes do not.',
  },
  attendance: {
    name: 'Attendance',
    counted: 'academic year',
    years: 6,
    source:
      'School Attendance (Pupil Registration) (England) Regulations 2024: entries of a register, six years.',
    goes: 'Sessions at each drop of the year, and the figures made of them.',
  },
  conduct: {
    name: 'Behaviour, suspensions and exclusions',
    counted: 'academic year',
    years: 6,
    source:
      'No number is set: DfE’s guidance on data protection in schools leaves it to each trust. As long as attendance.',
    goes: 'Rows at each drop of the year, and the figures made of them.',
  },
  marks: {
    name: 'Marks, question by question',
    counted: 'academic year',
    years: 1,
    source: 'No number is set: of use while the year is taught.',
    goes: 'Marks of the papers of the year; the papers and their questions stay.',
  },
  files: {
    name: 'Files as schools sent them, and what was asked about them',
    counted: 'academic year',
    years: 1,
    source: 'Needed to find a mistake; the school keeps its own.',
    goes: 'The files, what they looked like, and the rows that needed somebody. What was published stands.',
  },
  trail: {
    name: 'Audit trail',
    counted: 'day',
    years: 6,
    source: 'Limitation Act 1980: claims can be brought for six years.',
    goes: 'The words of lines; the links of the chain stay, so that it can still be checked.',
  },
  'sign-in': {
    name: 'Attempts to sign in',
    counted: 'day',
    years: 1,
    source: 'NCSC: logs of sign-in are of use for at least six months.',
    goes: 'Rows of attempts. Of the whole house, when several trusts share it.',
  },
  staff: {
    name: 'Staff who have left',
    counted: 'leaving',
    years: 6,
    source: `${irms}: personal files, termination of employment and 6 years.`,
    goes: 'Name, e-mail address and post; what they did stays, as done by somebody who has left.',
  },
} as const satisfies Record<string, RecordClassRule>
export type RecordClass = keyof typeof recordClasses

export const recordClassNames = Object.keys(recordClasses) as RecordClass[]
export const isRecordClass = (text: string): text is RecordClass => Object.hasOwn(recordClasses, text)

/** By class: how many years, or null for as long as nobody decides otherwise. */
export type Years = Readonly<Record<RecordClass, number | null>>

/** A rule in words: `25 years from the date of birth`. */
export function ruleWords(of: RecordClass, years: number | null): string {
  if (years === null) return 'kept until somebody decides otherwise'
  const many = years === 1 ? '1 year' : `${years} years`
  const from: Record<CountedFrom, string> = {
    birth: 'from the date of birth, and on no roll',
    leaving: 'after leaving the last school of the trust',
    'academic year': 'after the end of the academic year',
    day: 'from the day',
  }
  if (of === 'staff') return `${many} after leaving`
  return `${many} ${from[recordClasses[of].counted]}`
}

const shift = (day: Day, years: number): Day => {
  const [year, month, date] = day.split('-') as [string, string, string]
  const there = `${String(Number(year) - years).padStart(4, '0')}-${month}-${date}`
  return month === '02' && date === '29' && !leap(Number(year) - years) ? `${there.slice(0, 8)}28` : there
}
const leap = (year: number) => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0

/** The last day that has been kept long enough: what began on it, or before, is due. */
export const dueSince = (today: Day, years: number): Day => shift(today, years)

/** The last academic year that has been kept long enough: its end is at least so many years ago. */
export const lastYearDue = (today: Day, years: number): number => academicYearOf(today) - 1 - years

const shorter = (one: number | null, than: number | null) => one !== null && (than === null || one < than)

/** May the trust keep a class so long? */
export function canKeep(
  now: Years,
  change: { readonly class: RecordClass; readonly years: number | null; readonly reason: string },
): Verdict {
  const { years } = change
  if (years !== null && !(Number.isInteger(years) && years >= 0 && years <= 100))
    return refused(
      'Say how many years, as a whole number from 0 to 100, or leave it empty to keep it until somebody decides.',
    )
  if (change.reason.trim().length < 10)
    return refused('Say in a sentence why it is kept so long: the reason is kept.')
  const then = { ...now, [change.class]: years }
  if (then[change.class] === now[change.class]) return refused('It is kept so long already.')
  for (const read of ['attendance', 'conduct'] as const)
    if (shorter(then.results, then[read]))
      return refused(
        `${recordClasses[read].name} can’t be kept longer than results: its figures are read by the groups that stand with them.`,
      )
  if (change.class === 'trail' && years !== null && years < 1)
    return refused('The audit trail is kept for at least a year: what is wrong is seldom noticed at once.')
  return allowed
}
