import { fold } from './letters.ts'
import {
  ambiguous,
  bornOnAnotherDay,
  byWrongUpn,
  type Finding,
  type Headings,
  type Trouble,
  unknown,
} from './pupil-troubles.ts'
import { addAsNew, itIs, leaveOut, nameOf, placeOf } from './pupil-words.ts'
import { readYearGroup } from './read-year-group.ts'
import { bornOf, type FilePerson, namesOf, plainId, Roll, type RollPupil } from './roll.ts'
import type { Answers, Problem } from './words.ts'

export type Placing =
  | { readonly standing: 'matched'; readonly pupil: number }
  | { readonly standing: 'new' }
  | { readonly standing: 'open' }
  | { readonly standing: 'left out' }

export interface Placed {
  readonly person: FilePerson
  readonly placing: Placing
  readonly problem?: Problem
}

/** Who each person of the file is, among those on roll. What can’t be told is a problem with choices, never a guess. */
export function matchPupils(
  persons: readonly FilePerson[],
  roll: readonly RollPupil[],
  answers: Answers,
  headings: Headings,
): Placed[] {
  const rolls = new Map<number, Roll>()
  for (const pupil of roll) {
    const known = rolls.get(pupil.school) ?? new Roll()
    rolls.set(pupil.school, known)
    known.add(pupil)
  }
  const nobody = new Roll()
  return persons.map((person) => {
    if (person.school === undefined) return { person, placing: { standing: 'open' } }
    const found = find(person, rolls.get(person.school) ?? nobody, headings)
    return 'pupil' in found
      ? { person, placing: { standing: 'matched', pupil: found.pupil } }
      : decide(person, found.trouble, answers)
  })
}

function decide(person: FilePerson, trouble: Trouble, answers: Answers): Placed {
  const key = `pupil@${person.row}`
  const general = answers[`all:${trouble.kind}`]
  const offered = (value: string | undefined) =>
    value !== undefined && trouble.choices.some((choice) => choice.value === value) ? value : undefined
  const answer = offered(answers[key]) ?? offered(general === 'suggested' ? trouble.suggestion : general)
  const problem: Problem = {
    key,
    row: person.row,
    rows: person.rows,
    ...trouble,
    ...(answer ? { answer } : {}),
  }
  if (answer === undefined) return { person, placing: { standing: 'open' }, problem }
  if (answer === addAsNew.value) return { person, placing: { standing: 'new' }, problem }
  if (answer.startsWith('pupil:'))
    return { person, placing: { standing: 'matched', pupil: Number(answer.slice(6)) }, problem }
  return { person, placing: { standing: 'left out' }, problem }
}

function find(person: FilePerson, roll: Roll, headings: Headings): Finding {
  const upn = person.upn.replace(/\s/g, '').toUpperCase()
  const born = bornOf(person)
  const named = roll.named(person)
  const said = namesOf(person).whole
  if (upn) {
    const pupil = roll.byUpn.get(upn)
    if (pupil) return agree(person, pupil, born, headings.upn, person.upn)
    return byWrongUpn(person, upn, roll, narrowed(named, person, born), said, headings)
  }
  if (person.localId) {
    const known = roll.byLocalId.get(plainId(person.localId)) ?? []
    if (known.length === 1) return agree(person, known[0]!, born, headings.localId, person.localId)
    if (known.length > 1)
      return ambiguous(person, narrowed(known, person, born), said, headings, `number ${person.localId}`)
  }
  if (named.length > 0) {
    const left = narrowed(named, person, born)
    if (left.length === 1) {
      const [pupil] = left
      if (born && pupil!.born && born !== pupil!.born) return bornOnAnotherDay(person, pupil!, born, headings)
      return { pupil: pupil!.pupil }
    }
    return ambiguous(person, left, said, headings)
  }
  return unknown(person, roll, born, said, headings)
}

function narrowed(
  pupils: readonly RollPupil[],
  person: FilePerson,
  born: string | undefined,
): readonly RollPupil[] {
  let left = pupils
  const tests: ((pupil: RollPupil) => boolean)[] = []
  if (born) tests.push((pupil) => pupil.born === born)
  const year = readYearGroup(person.yearGroup)
  if (year) tests.push((pupil) => pupil.yearGroup === year)
  if (person.form) tests.push((pupil) => pupil.form !== null && fold(pupil.form) === fold(person.form))
  for (const test of tests) {
    if (left.length < 2) break
    const kept = left.filter(test)
    if (kept.length > 0) left = kept
  }
  return left
}

/** The number fits someone; do the name and the birthday, where the row has them, speak against it? */
function agree(
  person: FilePerson,
  pupil: RollPupil,
  born: string | undefined,
  column: string,
  value: string,
): Finding {
  const { whole } = namesOf(person)
  if (!whole || !(pupil.surname || pupil.forename)) return { pupil: pupil.pupil }
  const words = new Set(fold(whole).split(' '))
  const shared = fold(`${pupil.forename} ${pupil.surname}`)
    .split(' ')
    .some((word) => words.has(word))
  if (shared || (born !== undefined && born === pupil.born)) return { pupil: pupil.pupil }
  return {
    trouble: {
      kind: 'pupil disagrees',
      column,
      value: `${whole}, ${value}`,
      why: `The number is ${nameOf(pupil)}’s${placeOf(pupil)}, but the row names ${whole}.`,
      choices: [itIs(pupil), leaveOut],
    },
  }
}
