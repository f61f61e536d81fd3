import { decimal } from '../../../../kernel/numbers.ts'
import type { ResultStatus } from '../../tables.ts'
import { fold, looksLikeFormula } from './letters.ts'
import { asLeft, asNotTaken, asOther, wholeGrades } from './near-grades.ts'
import type { Choice } from './words.ts'

/** As much of a scale as reading a result takes. */
export interface ReadingScale {
  readonly kind: 'number' | 'grade'
  readonly low: number | null
  readonly high: number | null
  readonly step: number | null
  readonly expected: number | null
  readonly higher: number | null
  readonly grades: readonly {
    readonly code: string
    readonly name: string
    readonly points: number | null
    readonly status: ResultStatus
    readonly expected: boolean
    readonly higher: boolean
  }[]
}

export interface Result {
  readonly kind: 'result'
  readonly value: number | null
  readonly grade: string | null
  readonly status: ResultStatus
  readonly expected: boolean | null
  readonly higher: boolean | null
  /** Other than the text says at first sight: `“A” is kept as absent` deserves a note. */
  readonly noted?: 'code'
}

export type ResultRead =
  | Result
  | { readonly kind: 'none' }
  | { readonly kind: 'wrong'; readonly why: string; readonly suggestions: readonly string[] }

const blanks = new Set(['-', '–', '—', '.', 'n/a', 'na', 'null', 'none', '#n/a'])
const absentWords = new Set(['absent', 'abs'])

/** One cell of results on its scale. Pure: the same text on the same scale is always the same result. */
export function readResult(text: string, scale: ReadingScale): ResultRead {
  const said = text.replaceAll('\u00a0', ' ').trim()
  if (said === '') return { kind: 'none' }
  const grade = gradeOf(said, scale)
  if (grade) return fromGrade(grade, scale)
  const number = scale.kind === 'number' ? numberOf(said) : undefined
  if (number !== undefined && onScale(number, scale)) return fromNumber(number, scale)
  if (blanks.has(said.toLowerCase())) return { kind: 'none' }
  if (absentWords.has(said.toLowerCase())) return { ...absence, noted: 'code' }
  return { kind: 'wrong', why: trouble(said, number, scale), suggestions: suggestions(said, scale) }
}

const absence: Result = {
  kind: 'result',
  value: null,
  grade: null,
  status: 'absent',
  expected: null,
  higher: null,
}

/** A choice that stands where a result would: `as:absent`, or `as:104`. */
export const asAbsent: Choice = { value: 'as:absent', label: 'Record as absent' }

const without: Readonly<Record<string, ResultStatus>> = {
  [asAbsent.value]: 'absent',
  [asNotTaken.value]: 'not taken',
  [asLeft.value]: 'left',
}

/** What a person’s choice makes of a text. What is on another scale keeps its text as its grade, and has no value. */
export function readAnswer(answer: string, scale: ReadingScale, said: string): ResultRead {
  const status = without[answer]
  if (status) return { ...absence, status, noted: 'code' }
  if (answer === asOther.value)
    return { ...absence, status: 'other scale', grade: said.trim().slice(0, 40), noted: 'code' }
  return readResult(answer.replace(/^as:/, ''), scale)
}

function gradeOf(said: string, scale: ReadingScale) {
  const exact = scale.grades.find((grade) => grade.code === said)
  if (exact) return exact
  const upper = said.toUpperCase()
  const folded = fold(said)
  return (
    scale.grades.find((grade) => grade.code.toUpperCase() === upper) ??
    scale.grades.find(
      (grade) =>
        folded !== '' && fold(grade.name) === folded && grade.name.includes('*') === said.includes('*'),
    )
  )
}

const fromGrade = (grade: ReadingScale['grades'][number], scale: ReadingScale): Result =>
  grade.status === 'result'
    ? {
        kind: 'result',
        value: grade.points,
        grade: grade.code,
        status: 'result',
        expected: grade.expected,
        higher: grade.higher,
      }
    : {
        kind: 'result',
        value: scale.kind === 'grade' ? grade.points : null,
        grade: grade.code,
        status: grade.status,
        expected: grade.status === 'below test' ? false : null,
        higher: grade.status === 'below test' ? false : null,
        noted: 'code',
      }

const fromNumber = (value: number, scale: ReadingScale): Result => ({
  kind: 'result',
  value,
  grade: null,
  status: 'result',
  expected: scale.expected === null ? null : value >= scale.expected,
  higher: scale.higher === null ? null : value >= scale.higher,
})

/** `104`, `104.5`, `104,5` (a comma for the point), `1,040` (a comma for thousands). */
function numberOf(said: string): number | undefined {
  const plain = said.replace('−', '-').replace(/%$/, '').trim()
  const text =
    /^[-+]?\d{1,3}(,\d{3})+(\.\d+)?$/.test(plain) && !/^[-+]?0,/.test(plain)
      ? plain.replaceAll(',', '')
      : plain.replace(/^([-+]?\d*),(\d+)$/, '$1.$2')
  return /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(text) ? Number(text) : undefined
}

function onScale(value: number, { low, high, step }: ReadingScale): boolean {
  if (!Number.isFinite(value)) return false
  if (low !== null && value < low) return false
  if (high !== null && value > high) return false
  if (!step) return true
  const steps = (value - (low ?? 0)) / step
  return Math.abs(steps - Math.round(steps)) < 1e-6
}

const written = (value: number) =>
  decimal(value, Number.isInteger(value) ? 0 : Math.min(6, (String(value).split('.')[1] ?? '').length))

const range = ({ low, high, step }: ReadingScale): string => {
  const inSteps = step && step !== 1 ? ` in steps of ${step}` : step === 1 ? ' in whole numbers' : ''
  if (low !== null && high !== null) return `Scores run from ${written(low)} to ${written(high)}${inSteps}.`
  if (low !== null) return `Scores are ${written(low)} or more${inSteps}.`
  if (high !== null) return `Scores are ${written(high)} or less${inSteps}.`
  return `Scores are numbers${inSteps}.`
}

const gradesOf = (scale: ReadingScale): string => {
  const codes = scale.grades.map((grade) => grade.code)
  return codes.length > 14
    ? `${codes.slice(0, 12).join(', ')} and ${codes.length - 12} more`
    : codes.join(', ')
}

function trouble(said: string, number: number | undefined, scale: ReadingScale): string {
  const shown = said.length > 60 ? `${said.slice(0, 59)}…` : said
  if (looksLikeFormula(said))
    return `“${shown}” begins like a formula. It is kept as text and never worked out. ${scale.kind === 'number' ? range(scale) : `The grades are ${gradesOf(scale)}.`}`
  if (scale.kind === 'grade')
    return `“${shown}” is not a grade of this assessment. The grades are ${gradesOf(scale)}.`
  if (number !== undefined) {
    const whole = onScale(Math.round(number), scale)
    return whole && scale.step && number !== Math.round(number)
      ? `“${shown}” lies between two scores. ${range(scale)}`
      : `“${shown}” is not on the scale. ${range(scale)}`
  }
  const letters = [...said].filter((character) => /[OoIlSB]/.test(character))
  if (letters.length === 1 && numberOf(swapLetters(said)) !== undefined) {
    const at = said.indexOf(letters[0]!)
    return `The ${placeName(at, said.length)} character is the letter ${letters[0]!.toUpperCase() === 'L' ? 'l' : letters[0]}. ${range(scale)}`
  }
  return `“${shown}” is not a score. ${range(scale)}`
}

const placeName = (at: number, length: number) =>
  at === 0
    ? 'first'
    : at === length - 1
      ? 'last'
      : length === 3
        ? 'middle'
        : `${['', 'second', 'third', 'fourth', 'fifth'][at] ?? `${at + 1}th`}`

const swapLetters = (said: string) =>
  said.replace(/[Oo]/g, '0').replace(/[Il]/g, '1').replace(/S/g, '5').replace(/B/g, '8')

/** What it may have been meant to be: only what is on the scale, the likeliest first. */
function suggestions(said: string, scale: ReadingScale): string[] {
  const tries = [
    ...(scale.kind === 'grade' ? wholeGrades(said) : []),
    // A lone letter is a grade of some other scale, never a slip for a figure: B is not 8.
    ...(scale.kind === 'grade' && said.length === 1 ? [] : [swapLetters(said)]),
    said.replace(/[^0-9.,A-Za-z*+=-]/g, ''),
    ...(scale.kind === 'number' ? [said.replace(/[^0-9.]/g, '')] : []),
    said.replace(/0/g, 'O'),
  ]
  const found = tries.filter(
    (text) => text !== said && text !== '' && /^-/.test(text) === /^-/.test(said) && isResult(text, scale),
  )
  const near =
    scale.kind === 'grade' && said.length > 2
      ? scale.grades.filter((grade) => oneApart(grade.code.toUpperCase(), said.toUpperCase()))
      : []
  return [...new Set([...found, ...(near.length === 1 ? [near[0]!.code] : [])])].slice(0, 2)
}

const isResult = (text: string, scale: ReadingScale): boolean => {
  if (gradeOf(text, scale)?.status === 'result') return true
  const number = scale.kind === 'number' ? numberOf(text) : undefined
  return number !== undefined && onScale(number, scale)
}

/** One character added, dropped, changed, or two beside each other swapped. */
export function oneApart(one: string, other: string): boolean {
  if (one === other || Math.abs(one.length - other.length) > 1) return false
  let at = 0
  while (at < one.length && one[at] === other[at]) at++
  const [a, b] = [one.slice(at), other.slice(at)]
  return (
    a.slice(1) === b.slice(1) ||
    a.slice(1) === b ||
    a === b.slice(1) ||
    (a.length > 1 && a[0] === b[1] && a[1] === b[0] && a.slice(2) === b.slice(2))
  )
}
