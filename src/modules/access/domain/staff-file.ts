import { CsvError, parse } from 'csv-parse/sync'
import { isDay } from '../../../kernel/days.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import { type Role, roleNames, roles } from '../../../kernel/roles.ts'

/** The columns of a staff file; a row is a person, or a person's role. */
export const staffColumns = [
  'name',
  'email',
  'title',
  'school',
  'role',
  'cluster',
  'department',
  'class',
  'from',
  'to',
  'left',
] as const
type StaffColumn = (typeof staffColumns)[number]

export interface StaffRow {
  /** As the spreadsheet numbers it: the headings are row 1. */
  readonly row: number
  readonly fields: Readonly<Partial<Record<StaffColumn, string>>>
}

export const mostRows = 5000

/** Headings that people and systems write, beside our own. */
const alsoCalled: Readonly<Record<string, StaffColumn | 'forename' | 'surname'>> = {
  'full name': 'name',
  'display name': 'name',
  'e-mail': 'email',
  'e-mail address': 'email',
  'email address': 'email',
  'work email': 'email',
  'job title': 'title',
  post: 'title',
  urn: 'school',
  'first name': 'forename',
  forename: 'forename',
  'given name': 'forename',
  'last name': 'surname',
  surname: 'surname',
  'family name': 'surname',
  start: 'from',
  'start date': 'from',
  'end date': 'to',
  'left on': 'left',
  'leaving date': 'left',
}

/** Text of a file that may be UTF-8, UTF-16 or Windows’ own. @throws Refusal for a workbook, and for what is no text. */
export function staffText(bytes: Uint8Array): string {
  if (bytes[0] === 0x50 && bytes[1] === 0x4b)
    throw new Refusal('That is an Excel workbook. Save it as CSV in Excel, then choose that file.')
  const wide =
    bytes[0] === 0xff && bytes[1] === 0xfe
      ? 'utf-16le'
      : bytes[0] === 0xfe && bytes[1] === 0xff
        ? 'utf-16be'
        : ''
  if (wide) return new TextDecoder(wide).decode(bytes)
  if (bytes.includes(0)) throw new Refusal('That is not a CSV file: it holds bytes that no text has.')
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}

/** The rows of a staff file. @throws Refusal when it is no table, or lacks the column that tells people apart. */
export function staffRows(text: string): StaffRow[] {
  let table: { record: string[]; info: { lines: number } }[]
  try {
    table = parse(text, {
      bom: true,
      trim: true,
      relax_column_count: true,
      skip_empty_lines: true,
      info: true,
      delimiter: [',', ';', '\t'],
      max_record_size: 20_000,
    }) as unknown as typeof table
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    throw new Refusal(`Row ${error.lines ?? '?'} can’t be read: is a quotation mark left open there?`)
  }
  const [head, ...rest] = table
  const heads = (head?.record ?? []).map((text) => {
    const plain = text
      .toLowerCase()
      .replace(/[_\s]+/g, ' ')
      .trim()
    return alsoCalled[plain] ?? (staffColumns.find((column) => column === plain) as StaffColumn | undefined)
  })
  if (!heads.includes('email'))
    throw new Refusal(`The first row has no heading “email”. The headings are: ${staffColumns.join(', ')}.`)
  if (rest.length === 0) throw new Refusal('The file has headings and no rows.')
  if (rest.length > mostRows)
    throw new Refusal(`The file has ${rest.length} rows. Send at most ${mostRows} at a time.`)
  return rest
    .map(({ record }, at) => {
      const cells = Object.fromEntries(
        heads.flatMap((column, place) => (column && record[place] ? [[column, record[place]]] : [])),
      ) as Record<string, string>
      const { forename, surname, ...fields } = cells
      const name = fields.name ?? [forename, surname].filter(Boolean).join(' ')
      return { row: at + 2, fields: { ...fields, ...(name ? { name } : {}) } }
    })
    .filter(({ fields }) => Object.keys(fields).length > 0)
}

/** A role by its code or its name, in any case. @throws Refusal */
export function roleCalled(text: string): Role {
  const plain = text.toLowerCase().trim()
  const found = roles.find(
    (role) => role === plain.replace(/\s+/g, '-') || roleNames[role].toLowerCase() === plain,
  )
  if (found) return found
  throw new Refusal(
    `There is no role “${text}”. There are: ${roles.map((role) => roleNames[role]).join(', ')}.`,
  )
}

/** A day as `2026-09-01` or `01/09/2026`. @throws Refusal */
export function dayCalled(text: string): string {
  const british = /^(\d{1,2})[/.](\d{1,2})[/.](\d{4})$/.exec(text.trim())
  const day = british
    ? `${british[3]}-${british[2]!.padStart(2, '0')}-${british[1]!.padStart(2, '0')}`
    : text.trim()
  if (!isDay(day)) throw new Refusal(`“${text}” is not a day. Write it as 2026-09-01 or 01/09/2026.`)
  return day
}
