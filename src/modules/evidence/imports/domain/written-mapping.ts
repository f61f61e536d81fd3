import { Refusal } from '../../../../kernel/refusal.ts'
import { fold } from './letters.ts'
import { type Answers, type Mapping, plainTargets, type Reading, type Target, targetNames } from './words.ts'

/** A mapping as a person writes it into a file: a column’s heading (or letter) and what it is. */
export type WrittenMapping = Readonly<Record<string, unknown>>

const wishes = {
  newPupils: { add: ['all:pupil unknown', 'add'], 'leave out': ['all:pupil unknown', 'leave out'] },
  newSchools: { add: ['all:school unknown', 'add'], 'leave out': ['all:school unknown', 'leave out'] },
  sameNumber: {
    'two pupils': ['all:same number', 'two pupils'],
    'leave out': ['all:same number', 'leave out'],
  },
  twice: {
    'first row': ['all:pupil twice', 'first row'],
    'last row': ['all:pupil twice', 'last row'],
    'leave out': ['all:pupil twice', 'leave out'],
  },
  suggestions: { take: ['all:result', 'suggested'], 'leave out': ['all:result', 'leave out'] },
} as const

/**
 * What the columns are: as written, and as guessed where nothing is written. `{"Rdg SS": "result:reading-scaled", "Adno": "local id"}`,
 * with wishes beside it: `"newPupils": "leave out"`, `"replace": true`. @throws Refusal for a column or a meaning that there isn’t.
 */
export function mappingFrom(
  written: WrittenMapping | undefined,
  reading: Reading,
  guess: Mapping,
  asked: readonly { readonly code: string; readonly name: string }[],
): { mapping: Mapping; answers: Answers } {
  if (written === undefined) return { mapping: guess, answers: {} }
  if (written === null || typeof written !== 'object' || Array.isArray(written))
    throw new Refusal(
      'A mapping is a JSON object of headings and what each is, such as {"Rdg SS": "result:reading-scaled"}.',
    )
  const answers: Record<string, string> = {}
  const columns: Record<number, Target> = {}
  const named = new Set<number>()
  const nested =
    written.columns !== null && typeof written.columns === 'object' && !hasColumn(reading, 'columns')
      ? (written.columns as Record<string, unknown>)
      : {}
  for (const [heading, meaning] of [...Object.entries(written), ...Object.entries(nested)]) {
    if (!hasColumn(reading, heading)) {
      if (heading === 'columns' || heading === 'replace' || heading === 'assessments') continue
      if (heading in wishes) {
        const options: Readonly<Record<string, readonly [string, string]>> =
          wishes[heading as keyof typeof wishes]
        const chosen = options[String(meaning)]
        if (!chosen)
          throw new Refusal(`The mapping’s ${heading} is one of: ${Object.keys(options).join(', ')}.`)
        answers[chosen[0]] = chosen[1]
        continue
      }
      throw new Refusal(
        `The mapping names a column “${heading}”, which the file doesn’t have. Its columns are ${reading.columns
          .slice(0, 30)
          .map((column) => column.heading)
          .join(', ')}.`,
      )
    }
    const column = columnNamed(reading, heading)!
    named.add(column.index)
    columns[column.index] = targetNamed(meaning, heading, asked)
  }
  const taken = new Set(Object.values(columns))
  for (const [index, target] of Object.entries(guess.columns))
    if (!named.has(Number(index)) && !taken.has(target)) columns[Number(index)] = target
  const kept = Object.fromEntries(Object.entries(columns).filter(([, target]) => target !== 'leave out'))
  return {
    mapping: {
      columns: kept,
      ...(written.replace === true ? { replace: true } : {}),
      ...(guess.assessments || isTexts(written.assessments)
        ? {
            assessments: {
              ...guess.assessments,
              ...(isTexts(written.assessments) ? written.assessments : {}),
            },
          }
        : {}),
    },
    answers,
  }
}

const isTexts = (value: unknown): value is Record<string, string> =>
  value !== null && typeof value === 'object' && Object.values(value).every((one) => typeof one === 'string')

const columnNamed = (reading: Reading, heading: string) =>
  reading.columns.find((column) => column.heading === heading) ??
  reading.columns.find((column) => fold(column.heading) === fold(heading)) ??
  reading.columns.find((column) => column.heading === `Column ${column.letter}` && column.letter === heading)

const hasColumn = (reading: Reading, heading: string) => columnNamed(reading, heading) !== undefined

function targetNamed(
  meaning: unknown,
  heading: string,
  asked: readonly { readonly code: string; readonly name: string }[],
): Target {
  if (typeof meaning === 'string') {
    const said = fold(meaning.replace(/^result:/, ''))
    const assessment = asked.find(({ code, name }) => fold(code) === said || fold(name) === said)
    if (
      meaning.startsWith('result:') ||
      (assessment && !(plainTargets as readonly string[]).includes(meaning))
    ) {
      if (assessment) return `result:${assessment.code}`
      throw new Refusal(
        `The mapping says that “${heading}” holds results of “${meaning.slice(7)}”, which this drop doesn’t ask for. It asks for ${asked.map(({ code }) => code).join(', ')}.`,
      )
    }
    const plain = plainTargets.find((target) => fold(target) === said || fold(targetNames[target]) === said)
    if (plain) return plain
    if (said === 'ignore' || said === 'ignored' || said === 'left out') return 'leave out'
  }
  throw new Refusal(
    `The mapping says that “${heading}” is “${String(meaning)}”. A column can be ${plainTargets.join(', ')}, or result:CODE with one of ${asked.map(({ code }) => code).join(', ')}.`,
  )
}
