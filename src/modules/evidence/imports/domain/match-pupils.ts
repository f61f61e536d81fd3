import { dayName } from '../../../../kernel/days.ts'
import { count } from '../../../../kernel/numbers.ts'
import { upnTrouble } from '../../../../kernel/upn.ts'
import { yearGroupName } from '../../../../kernel/year-group.ts'
import { fold } from './letters.ts'
import { readDate } from './read-date.ts'
import { oneApart } from './read-result.ts'
import { readYearGroup } from './read-year-group.ts'
import type { Answers, Choice, Problem, ProblemKind } from './words.ts'

/** Someone as the file names them: one for each different set of identifying cells. */
export interface FilePerson {
  readonly person: number
  /** First row that names them, and how many rows do. */
  readonly row: number
  readonly rows: number
  /** The school’s id; undefined while the school itself is in question. */
  readonly school: number | undefined
  readonly upn: string
  readonly localId: string
  readonly surname: string
  readonly forename: string
  readonly name: string
  readonly born: string
  readonly yearGroup: string
  readonly form: string
}

/** Someone on roll. */
export interface RollPupil {
  readonly pupil: number
  readonly school: number
  readonly upn: string | null
  readonly localId: string | null
  readonly surname: string
  readonly forename: string
  readonly born: string | null
  readonly yearGroup: string | null
  readonly form: string | null
}

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

export const leaveOut: Choice = { value: 'leave out', label: 'Leave out' }
export const addAsNew: Choice = { value: 'add', label: 'Add as a new pupil' }

interface Trouble {
  readonly kind: ProblemKind
  readonly column: string
  readonly value: string
  readonly why: string
  readonly choices: readonly Choice[]
  readonly suggestion?: string
}

type Finding = { readonly pupil: number } | { readonly trouble: Trouble }

/** Headings under which the identifying columns stand in this file. */
export type Headings = Readonly<Record<'upn' | 'localId' | 'name' | 'born', string>>

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

class Roll {
  readonly byUpn = new Map<string, RollPupil>()
  readonly byLocalId = new Map<string, RollPupil[]>()
  readonly byName = new Map<string, RollPupil[]>()
  readonly all: RollPupil[] = []

  add(pupil: RollPupil) {
    this.all.push(pupil)
    if (pupil.upn) this.byUpn.set(pupil.upn.toUpperCase(), pupil)
    if (pupil.localId) put(this.byLocalId, plainId(pupil.localId), pupil)
    if (!pupil.surname && !pupil.forename) return
    const surname = fold(pupil.surname)
    const forename = fold(pupil.forename)
    for (const key of new Set([
      `${surname}|${forename}`,
      `${surname}|${forename.split(' ')[0]}`,
      `${forename} ${surname}`,
      `${surname} ${forename}`,
    ]))
      put(this.byName, key, pupil)
  }

  named(person: FilePerson): RollPupil[] {
    const { surname, forename, whole } = namesOf(person)
    if (!surname && !whole) return []
    if (!surname) return this.byName.get(fold(whole)) ?? []
    const exact = this.byName.get(`${fold(surname)}|${fold(forename)}`)
    return exact ?? this.byName.get(`${fold(surname)}|${fold(forename).split(' ')[0]}`) ?? []
  }
}

const put = (map: Map<string, RollPupil[]>, key: string, pupil: RollPupil) => {
  const there = map.get(key)
  if (!there) map.set(key, [pupil])
  else if (!there.includes(pupil)) there.push(pupil)
}

/** `007` and `7` are the same number. */
const plainId = (text: string) =>
  text
    .trim()
    .toUpperCase()
    .replace(/^0+(?=\d)/, '')
    .replace(/\.0$/, '')

/** Surname and forename, from two columns or from “Dawes, Ellie”; a name without a comma stays whole. */
export function namesOf(person: Pick<FilePerson, 'surname' | 'forename' | 'name'>): {
  surname: string
  forename: string
  whole: string
} {
  if (person.surname || person.forename)
    return {
      surname: person.surname,
      forename: person.forename,
      whole: `${person.forename} ${person.surname}`.trim(),
    }
  const comma = person.name.indexOf(',')
  if (comma > 0) {
    const surname = person.name.slice(0, comma).trim()
    const forename = person.name.slice(comma + 1).trim()
    return { surname, forename, whole: `${forename} ${surname}`.trim() }
  }
  return { surname: '', forename: '', whole: person.name }
}

const nameOf = (pupil: RollPupil) =>
  `${pupil.forename} ${pupil.surname}`.trim() || `number ${pupil.localId ?? pupil.pupil}`

const placeOf = (pupil: RollPupil) =>
  [
    pupil.yearGroup ? ` in ${yearGroupName(pupil.yearGroup)}` : '',
    pupil.upn ? `, ending ${pupil.upn.slice(-4)}` : '',
  ].join('')

const described = (pupil: RollPupil) =>
  [
    nameOf(pupil),
    pupil.born ? `born ${dayName(pupil.born)}` : '',
    pupil.form ? `class ${pupil.form}` : pupil.yearGroup ? yearGroupName(pupil.yearGroup) : '',
    pupil.upn ? `UPN ending ${pupil.upn.slice(-4)}` : '',
  ]
    .filter(Boolean)
    .join(', ')

const itIs = (pupil: RollPupil): Choice => ({
  value: `pupil:${pupil.pupil}`,
  label: `It is ${nameOf(pupil)}${pupil.form ? `, class ${pupil.form}` : ''}`,
})

const bornOf = (person: FilePerson): string | undefined => {
  const read = readDate(person.born)
  return read.kind === 'day' ? read.day : undefined
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
      if (born && pupil!.born && born !== pupil!.born)
        return {
          trouble: {
            kind: 'pupil disagrees',
            column: headings.born,
            value: `${said}, ${person.born}`,
            why: `${nameOf(pupil!)}${placeOf(pupil!)} was born on ${dayName(pupil!.born)}; the row says ${dayName(born)}.`,
            choices: [itIs(pupil!), addAsNew, leaveOut],
            suggestion:
              oneApart(born, pupil!.born) || swappedDay(born, pupil!.born)
                ? `pupil:${pupil!.pupil}`
                : undefined,
          },
        }
      return { pupil: pupil!.pupil }
    }
    return ambiguous(person, left, said, headings)
  }
  return unknown(person, roll, born, said, headings)
}

/** The day and month may have been swapped: 3 August for 8 March. */
const swappedDay = (one: string, other: string) =>
  one.slice(0, 4) === other.slice(0, 4) &&
  one.slice(5, 7) === other.slice(8) &&
  one.slice(8) === other.slice(5, 7)

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

function byWrongUpn(
  person: FilePerson,
  upn: string,
  roll: Roll,
  named: readonly RollPupil[],
  said: string,
  headings: Headings,
): Finding {
  const trouble = upnTrouble(upn)
  if (named.length === 1) {
    const pupil = named[0]!
    const born = bornOf(person)
    if (!pupil.upn && born && born === pupil.born) return { pupil: pupil.pupil }
    const why = trouble ?? 'Nobody on roll has this UPN.'
    const bornApart =
      born && pupil.born && born !== pupil.born
        ? ` They were born on ${dayName(pupil.born)}; the row says ${dayName(born)}.`
        : ''
    return {
      trouble: {
        kind: 'upn',
        column: headings.upn,
        value: [said, person.upn].filter(Boolean).join(' · '),
        why: `${why} There is one ${nameOf(pupil)}${placeOf(pupil)}.${bornApart}`,
        choices: [itIs(pupil), ...(trouble ? [] : [addAsNew]), leaveOut],
        suggestion: bornApart ? undefined : `pupil:${pupil.pupil}`,
      },
    }
  }
  if (named.length > 1) return ambiguous(person, named, said, headings, undefined, trouble)
  const near = said
    ? []
    : roll.all.filter((pupil) => pupil.upn !== null && oneApart(pupil.upn.toUpperCase(), upn))
  if (near.length === 1)
    return {
      trouble: {
        kind: 'upn',
        column: headings.upn,
        value: person.upn,
        why: `${trouble ?? 'Nobody on roll has this UPN.'} It is one character away from ${nameOf(near[0]!)}’s${placeOf(near[0]!)}.`,
        choices: [itIs(near[0]!), ...(trouble ? [] : [addAsNew]), leaveOut],
        suggestion: `pupil:${near[0]!.pupil}`,
      },
    }
  if (trouble)
    return {
      trouble: {
        kind: 'upn',
        column: headings.upn,
        value: [said, person.upn].filter(Boolean).join(' · '),
        why: `${trouble} ${said ? 'Nobody on roll has this name.' : 'No name stands beside it.'}`,
        choices: [leaveOut],
      },
    }
  return {
    trouble: {
      kind: 'pupil unknown',
      column: headings.upn,
      value: [said, person.upn].filter(Boolean).join(' · '),
      why: said ? 'Nobody on roll has this UPN or this name.' : 'Nobody on roll has this UPN.',
      choices: [addAsNew, leaveOut],
      suggestion: addAsNew.value,
    },
  }
}

const monthsApart = (pupils: readonly RollPupil[]) => {
  const months = pupils.map((pupil) => (pupil.born ? dayName(pupil.born).split(' ')[1]! : undefined))
  if (months.some((month) => month === undefined) || new Set(months).size < months.length) return ''
  return `, born in ${months.slice(0, -1).join(', in ')} and in ${months.at(-1)}`
}

function ambiguous(
  person: FilePerson,
  pupils: readonly RollPupil[],
  said: string,
  headings: Headings,
  what = 'this name',
  trouble?: string,
): Finding {
  const years = new Set(pupils.map((pupil) => pupil.yearGroup))
  const inYear = years.size === 1 && pupils[0]!.yearGroup ? ` in ${yearGroupName(pupils[0]!.yearGroup)}` : ''
  const number = ['No', 'One', 'Two', 'Three', 'Four', 'Five', 'Six'][pupils.length] ?? String(pupils.length)
  return {
    trouble: {
      kind: 'pupil ambiguous',
      column: headings.name,
      value: said || person.localId,
      why: `${trouble ? `${trouble} ` : ''}${number} pupils${inYear} have ${what}${monthsApart(pupils)}.`,
      choices: [
        ...pupils.map((pupil) => ({ value: `pupil:${pupil.pupil}`, label: described(pupil) })),
        leaveOut,
      ],
    },
  }
}

function unknown(
  person: FilePerson,
  roll: Roll,
  born: string | undefined,
  said: string,
  headings: Headings,
): Finding {
  if (!said && !person.localId)
    return {
      trouble: {
        kind: 'pupil unknown',
        column: headings.name,
        value: '',
        why: 'The row says nothing about who the pupil is.',
        choices: [leaveOut],
        suggestion: leaveOut.value,
      },
    }
  const words = fold(said).split(' ')
  const near =
    born && said
      ? roll.all.filter(
          (pupil) =>
            pupil.born === born &&
            fold(`${pupil.forename} ${pupil.surname}`)
              .split(' ')
              .some((word) =>
                words.some((other) => word === other || (word.length > 3 && oneApart(word, other))),
              ),
        )
      : []
  if (near.length === 1)
    return {
      trouble: {
        kind: 'pupil disagrees',
        column: headings.name,
        value: said,
        why: `Nobody on roll has this name. ${described(near[0]!)}, has the same birthday.`,
        choices: [itIs(near[0]!), addAsNew, leaveOut],
        suggestion: `pupil:${near[0]!.pupil}`,
      },
    }
  return {
    trouble: {
      kind: 'pupil unknown',
      column: said ? headings.name : headings.localId,
      value: said || person.localId,
      why: said ? 'Nobody on roll has this name.' : 'Nobody on roll has this number.',
      choices: [addAsNew, leaveOut],
      suggestion: addAsNew.value,
    },
  }
}

/** `3 pupils on roll are not in the file` and who, for the page. */
export const missingNames = (pupils: readonly RollPupil[]): string[] =>
  pupils.map((pupil) => `${nameOf(pupil)}${pupil.form ? `, ${pupil.form}` : ''}`)
export const missingSentence = (many: number): string =>
  `${count(many, 'pupil')} on roll ${many === 1 ? 'is' : 'are'} not in the file.`
