import { Refusal } from '../../../../../kernel/refusal.ts'
import { upnTrouble } from '../../../../../kernel/upn.ts'
import { fold } from '../../domain/letters.ts'
import type { LeftOut } from '../contract.ts'
import type { TextTable } from '../table-text.ts'

/** A question of a paper. */
export interface PaperQuestion {
  /** As the paper numbers it: `2a`. */
  readonly label: string
  readonly most: number
  readonly topic: string
}

export interface PaperPupil {
  readonly row: number
  readonly upn?: string
  readonly localId: string
  readonly surname: string
  readonly forename: string
  /** One for each question; null where the pupil left it unanswered. */
  readonly marks: readonly (number | null)[]
}

export interface Paper {
  readonly questions: readonly PaperQuestion[]
  readonly pupils: readonly PaperPupil[]
  readonly notes: readonly string[]
  readonly leftOut: readonly LeftOut[]
}

const question =
  /^(?:q|question)\s*\.?\s*(\d{1,3}\s*[a-z]{0,3})\s*(?:[[(]\s*(\d{1,3}(?:\.5)?)\s*(?:marks?)?\s*[\])])?$/i
const identity = {
  upn: ['upn'],
  localId: ['adno', 'admission number', 'pupil number', 'student id', 'local id'],
  surname: ['surname', 'last name'],
  forename: ['forename', 'first name'],
  name: ['name', 'pupil name', 'student', 'pupil'],
} as const

/** `Q2a [2]` → `2a`, worth 2; nothing for a heading that is no question’s. */
export function questionOf(heading: string): { label: string; most?: number } | undefined {
  const found = question.exec(heading.trim())
  if (!found) return undefined
  return {
    label: found[1]!.replace(/\s/g, '').toLowerCase(),
    ...(found[2] ? { most: Number(found[2]) } : {}),
  }
}

/** Does a heading name pupils and at least three questions? */
export const isPaper = (headings: readonly string[]): boolean =>
  headings.filter((heading) => questionOf(heading)).length >= 3 &&
  headings.some((heading) =>
    Object.values(identity).some((some) => (some as readonly string[]).includes(fold(heading))),
  )

const mostRows = /^(max|maximum|max marks?|maximum marks?|out of|marks available|available)$/
const topicRows = /^(topic|strand|domain|content domain|content|skill|area|about)$/

/**
 * Reads a sheet of marks by question. Rows under the heading that begin with `Max marks` and `Topic` say what each question was worth and about; without
 * them it is worth the most that anybody got, and a note says so. @throws Refusal
 */
export function readPaper({ headings, rows }: TextTable): Paper {
  const columns = headings.flatMap((heading) => {
    const found = questionOf(heading)
    return found ? [{ heading, ...found }] : []
  })
  const twice = columns.find(({ label }, at) => columns.findIndex((one) => one.label === label) !== at)
  if (twice)
    throw new Refusal(`Two columns are question ${twice.label}. Give each question a number of its own.`)
  const headingOf = (what: keyof typeof identity) =>
    headings.find((heading) => (identity[what] as readonly string[]).includes(fold(heading))) ?? ''
  const own = Object.fromEntries(
    Object.keys(identity).map((what) => [what, headingOf(what as keyof typeof identity)]),
  ) as Record<keyof typeof identity, string>
  const leftOut: LeftOut[] = []
  const notes: string[] = []
  const most = columns.map((one) => one.most)
  const topics = columns.map(() => '')
  const pupils: PaperPupil[] = []
  const numberIn = (text: string) => (/^\d{1,3}(\.5)?$/.test(text) ? Number(text) : undefined)
  for (const row of rows) {
    const said = Object.values(own).map((heading) => (heading ? row.of(heading) : ''))
    const first = fold(said.find((text) => text !== '') ?? '')
    if (mostRows.test(first)) {
      columns.forEach(({ heading }, at) => {
        most[at] = numberIn(row.of(heading)) ?? most[at]
      })
      continue
    }
    if (topicRows.test(first)) {
      columns.forEach(({ heading }, at) => {
        topics[at] = row.of(heading).slice(0, 100)
      })
      continue
    }
    if (first === '' || /^(average|mean|total|facility)\b/.test(first)) continue
    const cells = columns.map(({ heading }) => row.of(heading))
    const filled = cells.filter((cell) => cell !== '')
    const name = own.name && !own.surname ? row.of(own.name) : ''
    const [surname, forename] = name.includes(',')
      ? name.split(',').map((part) => part.trim())
      : [name.split(' ').slice(1).join(' '), name.split(' ')[0]]
    if (filled.length === 0 || filled.every((cell) => /^(a|abs|absent|x)$/i.test(cell))) {
      notes.push(`Row ${row.row} has no mark: the pupil did not sit the test, and is in no share.`)
      continue
    }
    const marks = cells.map((cell, at) => {
      if (cell === '' || cell === '-') return null
      const mark = numberIn(cell)
      const limit = most[at]
      if (mark !== undefined && (limit === undefined || mark <= limit)) return mark
      leftOut.push({
        row: row.row,
        column: columns[at]!.heading,
        value: cell.slice(0, 100),
        why:
          mark === undefined
            ? 'This is not a mark. Marks are whole or half numbers from 0 up; the question counts as unanswered.'
            : `The question is out of ${limit}; it counts as unanswered.`,
      })
      return null
    })
    const upn = own.upn ? row.of(own.upn).toUpperCase() : ''
    pupils.push({
      row: row.row,
      ...(upn && upnTrouble(upn) === undefined ? { upn } : {}),
      localId: own.localId ? row.of(own.localId) : '',
      surname: own.surname ? row.of(own.surname) : (surname ?? ''),
      forename: own.forename ? row.of(own.forename) : (forename ?? ''),
      marks,
    })
  }
  const unsaid = most.flatMap((limit, at) => (limit === undefined ? [columns[at]!.label] : []))
  if (unsaid.length)
    notes.push(
      `The file does not say what ${unsaid.length === most.length ? 'the questions are' : `question ${unsaid.slice(0, 8).join(', ')} is`} out of: taken to be the most that anybody got. Put a row “Max marks” under the heading.`,
    )
  if (pupils.length === 0)
    throw new Refusal('The file has questions in its heading and no pupil with a mark under it.')
  return {
    questions: columns.map(({ label }, at) => ({
      label,
      most: most[at] ?? Math.max(1, ...pupils.map(({ marks }) => marks[at] ?? 0)),
      topic: topics[at]!,
    })),
    pupils,
    notes: notes.slice(0, 50),
    leftOut,
  }
}
