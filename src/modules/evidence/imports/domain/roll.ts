import { fold } from './letters.ts'
import { readDate } from './read-date.ts'

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
  /** Numbers that they had before. */
  readonly formerUpns?: readonly string[]
  readonly surname: string
  readonly forename: string
  readonly born: string | null
  readonly yearGroup: string | null
  readonly form: string | null
}

/** The pupils on roll at one school, by everything that a file may call them. */
export class Roll {
  readonly byUpn = new Map<string, RollPupil>()
  readonly byLocalId = new Map<string, RollPupil[]>()
  readonly byName = new Map<string, RollPupil[]>()
  readonly all: RollPupil[] = []

  add(pupil: RollPupil) {
    this.all.push(pupil)
    for (const upn of pupil.formerUpns ?? []) this.byUpn.set(upn, this.byUpn.get(upn) ?? pupil)
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
export const plainId = (text: string) =>
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

export const bornOf = (person: FilePerson): string | undefined => {
  const read = readDate(person.born)
  return read.kind === 'day' ? read.day : undefined
}
