import { fold } from './letters.ts'
import { leaveOut } from './pupil-words.ts'
import type { Answers, Choice, Problem } from './words.ts'

export interface KnownSchool {
  readonly id: number
  readonly urn: string
  readonly laestab: string | null
  readonly slug: string
  readonly name: string
  readonly shortName: string
  readonly localCode: string | null
}

export interface FileSchool {
  /** As the file writes it. */
  readonly text: string
  readonly row: number
  readonly rows: number
}

export type SchoolPlacing =
  | { readonly standing: 'known'; readonly school: number }
  | { readonly standing: 'new' | 'open' | 'left out' }

export interface PlacedSchool {
  readonly school: FileSchool
  readonly placing: SchoolPlacing
  readonly problem?: Problem
}

export const addSchoolChoice: Choice = { value: 'add', label: 'Add as a new school' }

/** When not one school of a file is known, the file brings its own schools; when some are, an unknown one is more likely a slip. */
export const addIfNoneKnown = 'add if none is known'

const plain = (text: string) =>
  fold(text)
    .replace(/^0+(?=\d)/, '')
    .replace(/ 0$/, '')

/** Which school each text of a trust’s own file means: its code in such files, URN, LAESTAB, or name. */
export function matchSchools(
  found: readonly FileSchool[],
  known: readonly KnownSchool[],
  answers: Answers,
  heading: string,
  mayAdd: boolean,
): PlacedSchool[] {
  const byText = new Map<string, KnownSchool | null>()
  const say = (text: string | null, school: KnownSchool) => {
    if (!text) return
    const key = plain(text)
    const there = byText.get(key)
    byText.set(key, there && there.id !== school.id ? null : school)
  }
  for (const school of known) {
    for (const text of [school.name, school.shortName, school.slug]) say(text, school)
    say(school.laestab, school)
    if (school.laestab) say(`${school.laestab.slice(0, 3)}/${school.laestab.slice(3)}`, school)
  }
  for (const school of known) {
    byText.set(plain(school.urn), school)
    if (school.localCode) byText.set(plain(school.localCode), school)
  }
  const noneKnown = found.every((school) => !byText.get(plain(school.text)))
  return found.map((school) => {
    const match = byText.get(plain(school.text))
    if (match) return { school, placing: { standing: 'known', school: match.id } }
    const choices = [
      ...(mayAdd && school.text ? [addSchoolChoice] : []),
      ...known.slice(0, 100).map((one) => ({ value: `school:${one.id}`, label: `It is ${one.shortName}` })),
      leaveOut,
    ]
    const key = `school@${school.row}`
    const said = answers['all:school unknown']
    const general =
      said === addIfNoneKnown ? (noneKnown && mayAdd ? addSchoolChoice.value : leaveOut.value) : said
    const answer = answers[key] ?? (general === 'suggested' ? choices[0]!.value : general)
    const problem: Problem = {
      key,
      kind: 'school unknown',
      row: school.row,
      rows: school.rows,
      column: heading,
      value: school.text,
      why: school.text ? `No school of the trust goes by “${school.text}”.` : 'The row names no school.',
      choices,
      suggestion: mayAdd && school.text ? addSchoolChoice.value : undefined,
      ...(answer && choices.some((choice) => choice.value === answer) ? { answer } : {}),
    }
    if (problem.answer === undefined) return { school, placing: { standing: 'open' }, problem }
    if (problem.answer === addSchoolChoice.value) return { school, placing: { standing: 'new' }, problem }
    if (problem.answer.startsWith('school:'))
      return { school, placing: { standing: 'known', school: Number(problem.answer.slice(7)) }, problem }
    return { school, placing: { standing: 'left out' }, problem }
  })
}
