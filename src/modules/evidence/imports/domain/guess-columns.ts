import { targetOfHeading } from './heading-words.ts'
import { fold } from './letters.ts'
import { type AskedFor, assessmentOf, fitOf } from './match-assessment.ts'
import { readDate } from './read-date.ts'
import { readYearGroup } from './read-year-group.ts'
import type { ColumnGuess, FileColumn, GuessFrom, PlainTarget, Target } from './words.ts'

/** A heading that this school’s file had before, and what its column was. */
export interface Remembered {
  readonly heading: string
  readonly target: Target
}

export interface Guessing {
  readonly columns: readonly FileColumn[]
  /** Up to a few hundred values of each column, by its index. */
  readonly values: readonly (readonly string[])[]
  readonly asked: readonly AskedFor[]
  /** The drop’s name, `Spring`: a column of another term is none of this drop’s. */
  readonly term: string
  /** A file of several schools has a column that says which. */
  readonly trustWide: boolean
  readonly remembered: readonly Remembered[]
}

/** What each column is likely to be, and where the guess comes from. No two columns are guessed to be the same thing. */
export function guessColumns(about: Guessing): ColumnGuess[] {
  const remembered = new Map(about.remembered.map((one) => [fold(one.heading), one]))
  const taken = new Set<Target>()
  const guesses = new Map<number, ColumnGuess>()
  const take = (index: number, target: Target, from: GuessFrom) => {
    if (target !== 'leave out' && taken.has(target)) return
    guesses.set(index, { index, target, from })
    taken.add(target)
  }
  for (const column of about.columns) {
    const known = remembered.get(fold(column.heading))
    if (known && stillAsked(known.target, about.asked)) take(column.index, known.target, 'remembered')
  }
  const long =
    about.columns.some(({ heading }) => ['assessment', 'subject'].includes(targetOfHeading(heading) ?? '')) &&
    about.columns.some(({ heading }) => targetOfHeading(heading) === 'result')
  for (const column of about.columns) {
    if (guesses.has(column.index)) continue
    const target = byHeading(column, about, long)
    if (target && !taken.has(target))
      take(column.index, target, wasNamed(target, about, remembered) ?? 'guessed from heading')
  }
  for (const column of about.columns) {
    if (guesses.has(column.index)) continue
    const target = byValues(column, about, taken)
    if (target) take(column.index, target, wasNamed(target, about, remembered) ?? 'guessed from values')
  }
  return about.columns.map(
    ({ index }) => guesses.get(index) ?? { index, target: 'leave out', from: 'not recognised' },
  )
}

const stillAsked = (target: Target, asked: readonly AskedFor[]) =>
  !target.startsWith('result:') || asked.some(({ code }) => target === `result:${code}`)

/** `new: was Writing TA`: the same thing stood under another heading last time, which is gone from this file. */
function wasNamed(
  target: Target,
  { columns, remembered }: Guessing,
  known: ReadonlyMap<string, Remembered>,
): GuessFrom | undefined {
  if (target === 'leave out' || known.size === 0) return undefined
  const here = new Set(columns.map(({ heading }) => fold(heading)))
  const before = remembered.find((one) => one.target === target && !here.has(fold(one.heading)))
  return before ? `new: was ${before.heading}` : undefined
}

function byHeading(
  column: FileColumn,
  { values, asked, term, trustWide }: Guessing,
  long: boolean,
): Target | undefined {
  const cells = values[column.index] ?? []
  const plain = targetOfHeading(column.heading)
  if (!long) {
    const assessment = assessmentOf(column.heading, asked, term, cells)
    const exact =
      assessment &&
      (fold(assessment.code) === fold(column.heading) || fold(assessment.name) === fold(column.heading))
    if (assessment && (exact || !plain || plain === 'result')) return `result:${assessment.code}`
  }
  if (plain === 'school') return trustWide ? 'school' : 'leave out'
  if (plain === 'result' && !long) return asked.length === 1 ? `result:${asked[0]!.code}` : undefined
  if ((plain === 'assessment' || plain === 'subject') && !long) return undefined
  if (plain === 'local id' || plain === 'name') return numberOrName(plain, cells)
  if (plain === 'first language' && fold(column.heading) === 'language' && long) return undefined
  return plain
}

const numberOrName = (plain: PlainTarget, cells: readonly string[]): PlainTarget => {
  const filled = cells.filter((cell) => cell.trim() !== '')
  if (filled.length === 0) return plain
  const names = filled.filter((cell) => /[a-z]{2,}[, ]+[a-z]{1,}/i.test(cell)).length
  const numbers = filled.filter((cell) => /^[a-z]{0,4}[-/]?\d+[a-z]?$/i.test(cell.trim())).length
  if (names > filled.length * 0.7) return 'name'
  if (numbers > filled.length * 0.7) return 'local id'
  return plain
}

const share = (cells: readonly string[], test: (cell: string) => boolean) => {
  const filled = cells.map((cell) => cell.trim()).filter((cell) => cell !== '')
  return filled.length === 0 ? 0 : filled.filter(test).length / filled.length
}

const isUpn = (cell: string) => /^[a-hj-np-rt-z]\d{11}[0-9a-hj-np-rt-z]$/i.test(cell)

function byValues(
  column: FileColumn,
  { values, asked, columns }: Guessing,
  taken: ReadonlySet<Target>,
): Target | undefined {
  const cells = values[column.index] ?? []
  const free = (target: Target) => !taken.has(target)
  if (free('upn') && share(cells, isUpn) > 0.6) return 'upn'
  const nameless = columns.every(({ heading }) => /^Column [A-Z]+$/.test(heading))
  if (
    free('date of birth') &&
    share(cells, (cell) => /[-/. ]/.test(cell) && readDate(cell).kind === 'day') > 0.8 &&
    oldEnough(cells)
  )
    return 'date of birth'
  if (!nameless) return undefined
  if (
    free('name') &&
    free('surname') &&
    share(cells, (cell) => /^[\p{L}’' -]+, ?[\p{L}’' -]+$/u.test(cell)) > 0.8
  )
    return 'name'
  if (free('sex') && share(cells, (cell) => /^(m|f|male|female)$/i.test(cell)) > 0.95) return 'sex'
  const fitting = asked.filter(({ code, scale }) => free(`result:${code}`) && fitOf(cells, scale) > 0.9)
  if (fitting.length === 1 && share(cells, (cell) => readYearGroup(cell) !== undefined) < 0.9)
    return `result:${fitting[0]!.code}`
  if (
    free('year group') &&
    share(cells, (cell) => readYearGroup(cell) !== undefined) > 0.95 &&
    new Set(cells).size < 15
  )
    return 'year group'
  return undefined
}

/** Dates of birth lie some years back; the dates of a test don’t. */
const oldEnough = (cells: readonly string[]) => {
  const days = cells
    .map((cell) => readDate(cell))
    .flatMap((read) => (read.kind === 'day' ? [Number(read.day.slice(0, 4))] : []))
  return (
    days.length > 0 &&
    new Set(days).size > 0 &&
    Math.max(...days) - Math.min(...days) < 25 &&
    Math.min(...days) > 1980 &&
    new Set(cells).size > cells.length / 10
  )
}
