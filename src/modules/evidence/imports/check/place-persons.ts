import { yearGroupName } from '../../../../kernel/year-group.ts'
import type { PupilForMatching } from '../../../organisation/index.ts'
import {
  type FilePerson,
  leaveOut,
  matchPupils,
  type Placed,
  type Placing,
  type RollPupil,
} from '../domain/match-pupils.ts'
import { addSchoolChoice, matchSchools, type PlacedSchool } from '../domain/match-schools.ts'
import {
  type CharacteristicTarget,
  characteristicKindOf,
  readCharacteristic,
} from '../domain/read-characteristic.ts'
import { readDate } from '../domain/read-date.ts'
import { readYearGroup } from '../domain/read-year-group.ts'
import type { Answers, Choice, Problem } from '../domain/words.ts'
import type { Columns } from './columns.ts'
import { asFilePerson, type PersonRow } from './lay-persons.ts'
import type { Setting } from './setting.ts'

export const without: Choice = { value: 'without', label: 'Leave this cell empty' }
export const twoPupils: Choice = { value: 'two pupils', label: 'They are different pupils' }

/** Where a person of the file ended up. */
export interface Standing {
  readonly of: PersonRow
  readonly person: FilePerson
  readonly placing: Placing
  /** Why not, when they did not. */
  readonly why?: { readonly column: string; readonly value: string; readonly why: string }
  /** What the file says about them, in the record’s codes. */
  readonly about: readonly { readonly kind: string; readonly value: string }[]
  readonly born?: string
  readonly yearGroup?: string
}

export interface Standings {
  readonly persons: readonly Standing[]
  readonly problems: readonly Problem[]
  /** Cells that were left empty while the row goes in. */
  readonly cells: readonly {
    readonly person: number
    readonly column: string
    readonly value: string
    readonly why: string
  }[]
  readonly schools: readonly PlacedSchool[]
  /** Texts of schools that would be added, in order: the n-th has the number −n until it is published. */
  readonly newSchools: readonly string[]
  readonly roll: readonly PupilForMatching[]
  readonly sameNumber: number
}

const answerOf = (
  answers: Answers,
  key: string,
  kind: string,
  choices: readonly Choice[],
  suggestion?: string,
) => {
  const general = answers[`all:${kind}`]
  const offered = (value: string | undefined) =>
    choices.some((choice) => choice.value === value) ? value : undefined
  return offered(answers[key]) ?? offered(general === 'suggested' ? suggestion : general)
}

/** Which school and which pupil each person of the file is, and what is wrong with what the file says about them. */
export async function placePersons(
  rows: readonly PersonRow[],
  columns: Columns,
  setting: Setting,
  answers: Answers,
): Promise<Standings> {
  const problems: Problem[] = []
  const { schoolOf, placedSchools, newSchools } = placeSchools(rows, columns, setting, answers, problems)
  const touched = [
    ...new Set(
      rows.map(schoolOf).filter((school): school is number => typeof school === 'number' && school > 0),
    ),
  ]
  const roll = await setting.roll(touched)
  const shared = sharedNumbers(rows, columns, roll, schoolOf, answers, problems)
  const placed = matchPupils(
    rows.map((row) => {
      const school = schoolOf(row)
      return asFilePerson(row, typeof school === 'number' ? school : undefined)
    }),
    roll,
    answers,
    {
      upn: columns.heading('upn'),
      localId: columns.heading('local id'),
      name: columns.of('surname')
        ? `${columns.heading('surname')}, ${columns.heading('forename')}`
        : columns.heading('name') || columns.heading('local id') || columns.heading('upn'),
      born: columns.heading('date of birth'),
    },
  )
  const cells: Standings['cells'][number][] = []
  const persons = placed.map((one, at): Standing => {
    const of = rows[at]!
    const school = schoolOf(of)
    const facts = factsOf(of, columns, setting, answers, problems, cells)
    if (school === 'open' || school === 'left out') {
      const value = of.cells.school ?? ''
      return {
        of,
        person: one.person,
        placing: { standing: school },
        about: [],
        why: {
          column: columns.heading('school'),
          value,
          why: value ? `No school of the trust goes by “${value}”.` : 'The row names no school.',
        },
      }
    }
    const number = shared.get(of.person)
    if (number)
      return { of, person: one.person, placing: { standing: number.standing }, about: [], why: number }
    if (one.problem) problems.push(one.problem)
    const refused = one.placing.standing === 'open' || one.placing.standing === 'left out'
    if (facts.refuse && !refused)
      return {
        of,
        person: one.person,
        placing: { standing: facts.refuse.standing },
        about: [],
        why: facts.refuse,
      }
    return {
      of,
      person: one.person,
      placing: one.placing,
      about: facts.about,
      ...(facts.born ? { born: facts.born } : {}),
      ...(facts.yearGroup ? { yearGroup: facts.yearGroup } : {}),
      ...(refused && one.problem ? { why: reasonOf(one) } : {}),
    }
  })
  return {
    persons,
    problems,
    cells,
    schools: placedSchools,
    newSchools,
    roll,
    sameNumber: [...shared.values()].length,
  }
}

const reasonOf = ({ problem }: Placed) => ({
  column: problem!.column,
  value: problem!.value,
  why: problem!.why,
})

function placeSchools(
  rows: readonly PersonRow[],
  columns: Columns,
  setting: Setting,
  answers: Answers,
  problems: Problem[],
) {
  if (setting.school !== null) {
    const school = setting.school
    return { schoolOf: () => school as number | 'open' | 'left out', placedSchools: [], newSchools: [] }
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
  const ids = new Map<string, number | 'open' | 'left out'>()
  for (const { school, placing, problem } of placedSchools) {
    if (problem) problems.push(problem)
    if (placing.standing === 'known') ids.set(school.text, placing.school)
    else if (placing.standing === 'new') ids.set(school.text, -newSchools.push(school.text))
    else ids.set(school.text, placing.standing)
  }
  return { schoolOf: (row: PersonRow) => ids.get(row.cells.school ?? '')!, placedSchools, newSchools }
}

/** One number for two pupils: rows that say different things under the same number, where nothing but the number tells who it is. */
function sharedNumbers(
  rows: readonly PersonRow[],
  columns: Columns,
  roll: readonly RollPupil[],
  schoolOf: (row: PersonRow) => number | 'open' | 'left out',
  answers: Answers,
  problems: Problem[],
): Map<number, { standing: 'open' | 'left out'; column: string; value: string; why: string }> {
  const refused = new Map<
    number,
    { standing: 'open' | 'left out'; column: string; value: string; why: string }
  >()
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

interface Facts {
  readonly about: readonly { readonly kind: string; readonly value: string }[]
  readonly born?: string
  readonly yearGroup?: string
  readonly refuse?: {
    readonly standing: 'open' | 'left out'
    readonly column: string
    readonly value: string
    readonly why: string
  }
}

const aboutTargets = Object.keys(characteristicKindOf) as CharacteristicTarget[]

function factsOf(
  row: PersonRow,
  columns: Columns,
  setting: Setting,
  answers: Answers,
  problems: Problem[],
  cells: Standings['cells'][number][],
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
    if (answer === without.value)
      (cells as Standings['cells'][number][]).push({ person: row.person, column, value, why })
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

export { addSchoolChoice }
