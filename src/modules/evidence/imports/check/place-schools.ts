import { matchSchools } from '../domain/match-schools.ts'
import type { Answers, Problem } from '../domain/words.ts'
import type { Columns } from './columns.ts'
import type { PersonRow } from './lay-persons.ts'
import type { Setting } from './setting.ts'

/** A school’s id, below zero for one that would be added; or why there is none. */
export type SchoolFound = number | 'open' | 'left out'

/** Which school each row is of. */
export function placeSchools(
  rows: readonly PersonRow[],
  columns: Columns,
  setting: Setting,
  answers: Answers,
  problems: Problem[],
) {
  if (setting.school !== null) {
    const school = setting.school
    return { schoolOf: () => school as SchoolFound, placedSchools: [], newSchools: [] }
  }
  const texts = new Map<string, { text: string; row: number; rows: number }>()
  for (const { cells, row, rows: many } of rows) {
    const text = cells.school ?? ''
    const there = texts.get(text)
    texts.set(
      text,
      there
        ? { ...there, row: Math.min(there.row, row), rows: there.rows + many }
        : { text, row, rows: many },
    )
  }
  const placedSchools = matchSchools(
    [...texts.values()],
    setting.schools,
    answers,
    columns.heading('school'),
    setting.mayAddSchools,
  )
  const newSchools: string[] = []
  const ids = new Map<string, SchoolFound>()
  for (const { school, placing, problem } of placedSchools) {
    if (problem) problems.push(problem)
    if (placing.standing === 'known') ids.set(school.text, placing.school)
    else if (placing.standing === 'new') ids.set(school.text, -newSchools.push(school.text))
    else ids.set(school.text, placing.standing)
  }
  return { schoolOf: (row: PersonRow) => ids.get(row.cells.school ?? '')!, placedSchools, newSchools }
}
