import { yearGroupName } from '../../../../kernel/year-group.ts'
import { leaveOut } from '../domain/pupil-words.ts'
import {
  type CharacteristicTarget,
  characteristicKindOf,
  readCharacteristic,
} from '../domain/read-characteristic.ts'
import { readDate } from '../domain/read-date.ts'
import { readYearGroup } from '../domain/read-year-group.ts'
import type { Answers, Choice, Problem } from '../domain/words.ts'
import { answerOf } from './answer-of.ts'
import type { Columns } from './columns.ts'
import type { PersonRow } from './lay-persons.ts'
import type { Setting } from './setting.ts'

const without: Choice = { value: 'without', label: 'Leave this cell empty' }

/** Why a person of the file does not go in, or not yet. */
export interface NotTaken {
  readonly standing: 'open' | 'left out'
  readonly column: string
  readonly value: string
  readonly why: string
}

/** A cell that is left empty while the row goes in. */
export interface EmptyCell {
  readonly person: number
  readonly column: string
  readonly value: string
  readonly why: string
}

/** What a row says about its pupil besides who they are. */
export interface Facts {
  readonly about: readonly { readonly kind: string; readonly value: string }[]
  readonly born?: string
  readonly yearGroup?: string
  readonly refuse?: NotTaken
}

const aboutTargets = Object.keys(characteristicKindOf) as CharacteristicTarget[]

/** Reads it; a cell that can’t be read is a problem, and empty or the row’s end by its answer. */
export function factsOf(
  row: PersonRow,
  columns: Columns,
  setting: Setting,
  answers: Answers,
  problems: Problem[],
  cells: EmptyCell[],
): Facts {
  let refuse: Facts['refuse']
  const wrong = (
    kind: 'date' | 'characteristic',
    key: string,
    column: string,
    value: string,
    why: string,
  ) => {
    const choices = [without, leaveOut]
    const answer = answerOf(answers, key, kind, choices, without.value)
    problems.push({
      key,
      kind,
      row: row.row,
      rows: row.rows,
      column,
      value,
      why,
      choices,
      suggestion: without.value,
      ...(answer ? { answer } : {}),
    })
    if (answer === without.value) cells.push({ person: row.person, column, value, why })
    else refuse = { standing: answer === undefined ? 'open' : 'left out', column, value, why }
  }
  const date = readDate(row.cells['date of birth'] ?? '')
  if (date.kind === 'wrong')
    wrong('date', `date@${row.row}`, columns.heading('date of birth'), row.cells['date of birth']!, date.why)
  else if (
    date.kind === 'day' &&
    (date.day > setting.drop.asAt || Number(date.day.slice(0, 4)) < setting.drop.academicYear - 25)
  )
    wrong(
      'date',
      `date@${row.row}`,
      columns.heading('date of birth'),
      row.cells['date of birth']!,
      `“${row.cells['date of birth']}” can’t be a pupil’s date of birth.`,
    )
  const said = row.cells['year group'] ?? ''
  const yearGroup = readYearGroup(said)
  if (said && !yearGroup)
    wrong(
      'characteristic',
      `year@${row.row}`,
      columns.heading('year group'),
      said,
      `“${said}” is not a year group. Files say ${yearGroupName('6')}, Y6, 6, or R.`,
    )
  const about: { kind: string; value: string }[] = []
  for (const target of aboutTargets) {
    const text = row.cells[target]
    if (!text) continue
    const read = readCharacteristic(target, text)
    if (read.kind === 'value') about.push({ kind: characteristicKindOf[target], value: read.value })
    if (read.kind === 'wrong')
      wrong('characteristic', `about@${row.row}@${target}`, columns.heading(target), text, read.why)
  }
  return {
    about,
    ...(date.kind === 'day' ? { born: date.day } : {}),
    ...(yearGroup ? { yearGroup } : {}),
    ...(refuse ? { refuse } : {}),
  }
}
