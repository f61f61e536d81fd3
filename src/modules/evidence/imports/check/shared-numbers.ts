import { leaveOut } from '../domain/pupil-words.ts'
import type { RollPupil } from '../domain/roll.ts'
import type { Answers, Choice, Problem } from '../domain/words.ts'
import { answerOf } from './answer-of.ts'
import type { Columns } from './columns.ts'
import type { PersonRow } from './lay-persons.ts'
import type { SchoolFound } from './place-schools.ts'
import type { NotTaken } from './read-facts.ts'

const twoPupils: Choice = { value: 'two pupils', label: 'They are different pupils' }

/** One number for two pupils: rows that say different things under the same number, where nothing but the number tells who it is. */
export function sharedNumbers(
  rows: readonly PersonRow[],
  columns: Columns,
  roll: readonly RollPupil[],
  schoolOf: (row: PersonRow) => SchoolFound,
  answers: Answers,
  problems: Problem[],
): Map<number, NotTaken> {
  const refused = new Map<number, NotTaken>()
  if (!columns.numbersOnly) return refused
  const known = new Set(roll.map((pupil) => `${pupil.school}|${pupil.localId}`))
  const byNumber = new Map<string, PersonRow[]>()
  for (const row of rows) {
    const key = `${row.cells.school ?? ''}|${row.cells['local id'] ?? ''}`
    const there = byNumber.get(key)
    if (there) there.push(row)
    else byNumber.set(key, [row])
  }
  for (const sharers of byNumber.values()) {
    if (sharers.length < 2) continue
    const [first] = sharers
    const number = first!.cells['local id'] ?? ''
    if (sharers.every((one) => one.occ === 1 || known.has(`${schoolOf(first!)}|${number} (${one.occ})`)))
      continue
    const places = sharers.map(({ row }) => row)
    const at = first!.cells.school ? ` of school ${first!.cells.school}` : ''
    const why = `Number ${number}${at} stands in rows ${places.slice(0, -1).join(', ')} and ${places.at(-1)}, and they say different things.`
    const choices = [
      twoPupils,
      ...sharers.map(({ row }) => ({ value: `row:${row}`, label: `Take row ${row}` })),
      leaveOut,
    ]
    const key = `number@${first!.row}`
    const answer = answerOf(answers, key, 'same number', choices, twoPupils.value)
    problems.push({
      key,
      kind: 'same number',
      row: first!.row,
      rows: sharers.length,
      column: columns.heading('local id'),
      value: number,
      why,
      choices,
      suggestion: twoPupils.value,
      ...(answer ? { answer } : {}),
    })
    if (answer === twoPupils.value) continue
    for (const one of sharers) {
      if (answer === `row:${one.row}`) continue
      refused.set(one.person, {
        standing: answer === undefined ? 'open' : 'left out',
        column: columns.heading('local id'),
        value: number,
        why,
      })
    }
  }
  return refused
}
