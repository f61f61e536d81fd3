import { dayName } from '../../kernel/days.ts'
import { assessments } from './assessments.ts'
import { attendanceOf } from './attendance.ts'
import { type DemoWorld, type OnRoll, onRollAt } from './demo-world.ts'
import type { Levels } from './levels.ts'
import { marksOf } from './marks.ts'

/** One pupil's line as the school's own system would print it. */
export interface FileLine {
  readonly on: OnRoll
  readonly form: string
  /** By assessment code. */
  readonly marks: ReadonlyMap<string, string>
  readonly attendance:
    | { readonly possible: number; readonly authorised: number; readonly unauthorised: number }
    | undefined
}

/** Everything a school has to send at a drop, by form and name. */
export function linesOf(
  world: DemoWorld,
  levels: Levels,
  absence: readonly number[],
  dropNumber: number,
  school: number,
): FileLine[] {
  const drop = world.drops[dropNumber]!
  const roll = onRollAt(world, drop)[school]!
  const marks = new Map<number, Map<string, string>>()
  for (const mark of marksOf(world, levels, dropNumber, school, roll)) {
    const of = marks.get(mark.on.pupil.key) ?? new Map<string, string>()
    of.set(mark.assessment, mark.raw)
    marks.set(mark.on.pupil.key, of)
  }
  return roll
    .map((on) => ({
      on,
      form: world.classes[on.form]!.name,
      marks: marks.get(on.pupil.key) ?? new Map<string, string>(),
      attendance: attendanceOf(world, absence, drop, on),
    }))
    .sort(
      (a, b) =>
        a.form.localeCompare(b.form, 'en', { numeric: true }) ||
        a.on.pupil.surname.localeCompare(b.on.pupil.surname, 'en') ||
        a.on.pupil.forename.localeCompare(b.on.pupil.forename, 'en') ||
        a.on.pupil.key - b.on.pupil.key,
    )
}

/** How a system heads its columns and writes its dates. */
export interface FileStyle {
  readonly heads: {
    readonly upn: string
    readonly surname: string
    readonly forename: string
    readonly born: string
    readonly year: string
    readonly form: string
    readonly possible: string
    readonly authorised: string
    readonly unauthorised: string
  }
  readonly assessment: (name: string) => string
  readonly delimiter: ',' | ';' | '\t'
  readonly day: 'dd/mm/yyyy' | 'yyyy-mm-dd' | 'd Month yyyy'
  readonly year: (yearGroup: string) => string
}

export const styles = {
  sims: {
    heads: {
      upn: 'UPN',
      surname: 'Surname',
      forename: 'Forename',
      born: 'DOB',
      year: 'Year',
      form: 'Reg',
      possible: 'Possible',
      authorised: 'Auth',
      unauthorised: 'Unauth',
    },
    assessment: (name) => name,
    delimiter: ',',
    day: 'dd/mm/yyyy',
    year: (yearGroup) => (yearGroup === 'R' ? 'R' : yearGroup),
  },
  arbor: {
    heads: {
      upn: 'UPN',
      surname: 'Legal Last Name',
      forename: 'Legal First Name',
      born: 'Date of Birth',
      year: 'Year Group',
      form: 'Registration Form',
      possible: 'Possible Sessions',
      authorised: 'Authorised Absences',
      unauthorised: 'Unauthorised Absences',
    },
    assessment: (name) => name,
    delimiter: ',',
    day: 'd Month yyyy',
    year: (yearGroup) => (yearGroup === 'R' ? 'Reception' : `Year ${yearGroup}`),
  },
  bromcom: {
    heads: {
      upn: 'UPN',
      surname: 'Surname',
      forename: 'Forename',
      born: 'Date of Birth',
      year: 'Year Group',
      form: 'Tutor Group',
      possible: 'Possible Marks',
      authorised: 'Authorised',
      unauthorised: 'Unauthorised',
    },
    assessment: (name) => name,
    delimiter: ';',
    day: 'yyyy-mm-dd',
    year: (yearGroup) => yearGroup,
  },
} as const satisfies Record<string, FileStyle>

export const dayAs = (day: string, how: FileStyle['day']): string =>
  how === 'yyyy-mm-dd' ? day : how === 'dd/mm/yyyy' ? day.split('-').reverse().join('/') : dayName(day)

const quoted = (cell: string, delimiter: string) =>
  cell.includes(delimiter) || cell.includes('"') || cell.includes('\n')
    ? `"${cell.replaceAll('"', '""')}"`
    : cell

export const csv = (rows: readonly (readonly string[])[], delimiter: string): string =>
  `${rows.map((row) => row.map((cell) => quoted(cell, delimiter)).join(delimiter)).join('\r\n')}\r\n`

/** A column for each assessment, a line for each pupil, with the sessions of the year so far; and what each column is. */
export function wideFile(
  lines: readonly FileLine[],
  style: FileStyle,
): { text: string; mapping: Record<string, string> } {
  const held = new Set(lines.flatMap((line) => [...line.marks.keys()]))
  const columns = assessments.filter((one) => held.has(one.code))
  const { heads } = style
  const head = [
    heads.upn,
    heads.surname,
    heads.forename,
    heads.born,
    heads.year,
    heads.form,
    ...columns.map((one) => style.assessment(one.name)),
    heads.possible,
    heads.authorised,
    heads.unauthorised,
  ]
  const rows = lines
    .filter((line) => line.marks.size > 0 || line.attendance)
    .map(({ on, form, marks, attendance }) => [
      on.pupil.upn,
      on.pupil.surname,
      on.pupil.forename,
      dayAs(on.pupil.born, style.day),
      style.year(on.yearGroup),
      form,
      ...columns.map((one) => marks.get(one.code) ?? ''),
      ...(attendance
        ? [attendance.possible, attendance.authorised, attendance.unauthorised].map(String)
        : ['', '', '']),
    ])
  return {
    text: csv([head, ...rows], style.delimiter),
    mapping: {
      [heads.upn]: 'upn',
      [heads.surname]: 'surname',
      [heads.forename]: 'forename',
      [heads.born]: 'date of birth',
      [heads.year]: 'year group',
      [heads.form]: 'class',
      ...Object.fromEntries(columns.map((one) => [style.assessment(one.name), `result:${one.code}`])),
      [heads.possible]: 'possible sessions',
      [heads.authorised]: 'authorised absence',
      [heads.unauthorised]: 'unauthorised absence',
    },
  }
}
