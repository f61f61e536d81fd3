import { decimal, whole } from '../../../kernel/numbers.ts'
import { yearGroupName } from '../../../kernel/year-group.ts'
import type { CheckRow, Names } from './finding.ts'

/** A score as the file has it: whole, or to three places without trailing noughts. */
export const score = (value: unknown): string => {
  const number = Number(value)
  return decimal(number, 3).replace(/\.?0+$/, '')
}

export const pupils = (many: number): string => (many === 1 ? '1 pupil' : `${whole(many)} pupils`)

export const inYear = (row: CheckRow): string =>
  row.year_group ? ` in ${yearGroupName(row.year_group)}` : ''

/** `Reading, scaled score` in the middle of a sentence. */
export const inside = (name: string): string =>
  /^[A-Z][a-z]/.test(name) && !name.startsWith('English')
    ? name.charAt(0).toLowerCase() + name.slice(1)
    : name

/** `Year 4, class 4C, writing` */
export const whereOf = (row: CheckRow, names: Names): string => {
  const form = names.className(row)
  return [
    row.year_group ? yearGroupName(row.year_group) : '',
    form ? `class ${form}` : '',
    row.assessment ? inside(names.assessment(row.assessment)) : '',
  ]
    .filter(Boolean)
    .join(', ')
}

export const verb = (many: number, one: string, more: string): string => (many === 1 ? one : more)
