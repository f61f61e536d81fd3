import type { Workbench } from '../../../../platform/lake/duck.ts'
import { assessmentOf } from '../domain/match-assessment.ts'
import { asLeft, asNotTaken, asOther, codeMeant } from '../domain/near-grades.ts'
import { leaveOut } from '../domain/pupil-words.ts'
import { asAbsent, type ResultRead, readAnswer, readResult } from '../domain/read-result.ts'
import type { Answers, Choice, Mapping, Problem } from '../domain/words.ts'
import { readingKey } from '../queries/remembered-readings.ts'
import { pour } from '../reading/pour.ts'
import type { Columns } from './columns.ts'
import { samePerson } from './lay-persons.ts'
import type { Setting } from './setting.ts'

/** What a text of results comes to: goes in, waits, is left out, or says nothing. */
export const states = { in: 0, open: 1, 'left out': 2, none: 3 } as const

interface Said {
  readonly said: number
  readonly col: number
  readonly a: string | null
  readonly s: string | null
  readonly t: string
  readonly row: number
  readonly rows: number
}

export interface ReadTexts {
  readonly problems: readonly Problem[]
  /** Codes that stand where a result would, for a note: `A` in Reading. */
  readonly coded: readonly {
    readonly said: number
    readonly text: string
    readonly status: string
    readonly assessment: string
    readonly rows: number
  }[]
  /** Assessment texts that were recognised or answered, to be remembered. */
  readonly assessments: Readonly<Record<string, string>>
  /** What a person said that texts off their scale mean, by `readingKey`, to be remembered. */
  readonly readings: Readonly<Record<string, string>>
  readonly bad: boolean
}

/**
 * Reads every different text of results once, by the rules of its scale, and lays out `meaning` (what each comes to),
 * `assess` (the assessments) and `cell` (row, person, said): one for each filled cell.
 */
export async function layResults(
  bench: Workbench,
  columns: Columns,
  setting: Setting,
  mapping: Mapping,
  answers: Answers,
): Promise<ReadTexts> {
  await pour(
    bench,
    'assess',
    { assess: 'integer', code: 'text', subject: 'text' },
    setting.asked.map((one, at) => [at, one.code, one.subjectCode]),
  )
  await pour(
    bench,
    'asked',
    { assess: 'integer', year_group: 'text' },
    setting.asked.flatMap(({ years }, at) => years.map((year) => [at, year])),
  )
  await bench.run(
    `create or replace temp table said as select (row_number() over (order by "row", col))::integer as said, * from (${textsOf(columns)})`,
  )
  const texts = await bench.rows<Said>('select said, col, a, s, t, "row", "rows" from said order by said')
  const problems: Problem[] = []
  const coded: ReadTexts['coded'][number][] = []
  const assessments: Record<string, string> = {}
  const readings: Record<string, string> = {}
  const indexOf = new Map(setting.asked.map(({ code }, at) => [code, at]))
  const named = new Map<string, Named>()
  let bad = false
  const rows = texts.map((text) => {
    const wide = columns.wide.find(({ index }) => index === text.col)
    const assess = wide
      ? (indexOf.get(wide.code) ?? 'left out')
      : assessmentNamed(text, named, columns, setting, mapping, answers, problems, assessments)
    if (typeof assess !== 'number') {
      bad = true
      return [
        text.said,
        null,
        null,
        null,
        null,
        null,
        null,
        states[assess],
        columns.of('assessment') ? (text.a ?? '') : (text.s ?? ''),
      ]
    }
    const { code, scale } = setting.asked[assess]!
    const reading = readingKey(code, text.t)
    const { read, problem, state } = readOne(text, scale, columns, answers, setting.readings.get(reading))
    if (problem) problems.push(problem)
    if (problem?.answer && (answers[problem.key] || problem.answer !== leaveOut.value))
      readings[reading] = problem.answer
    if (state === states.open || state === states['left out']) bad = true
    if (read.kind !== 'result' || state !== states.in)
      return [
        text.said,
        assess,
        null,
        null,
        null,
        null,
        null,
        read.kind === 'none' ? states.none : state,
        problem?.why ?? null,
      ]
    if (read.noted && read.status !== 'result')
      coded.push({
        said: text.said,
        text: text.t.trim(),
        status: read.status,
        assessment: setting.asked[assess]!.name,
        rows: text.rows,
      })
    return [
      text.said,
      assess,
      read.value,
      read.grade,
      read.status,
      read.expected,
      read.higher,
      states.in,
      null,
    ]
  })
  await pour(
    bench,
    'meaning',
    {
      said: 'integer',
      assess: 'integer',
      value: 'double',
      grade: 'text',
      status: 'text',
      expected: 'boolean',
      higher: 'boolean',
      state: 'integer',
      why: 'text',
    },
    rows,
  )
  await bench.run(`create or replace temp table cell as ${cellsOf(columns)}`)
  return { problems, coded, assessments, readings, bad }
}

/** What a name of an assessment came to, and where its problem stands among the problems. */
interface Named {
  readonly placed: number | 'open' | 'left out'
  readonly problem?: number
}

const nothing = `select 0 as col, null::varchar as a, null::varchar as s, ''::varchar as t, 0 as "row", 0 as "rows", 0::ubigint as said_key where false`

/** What a filled cell says, and of which assessment, as one key. */
const saidKey = (columns: Columns, text: string, index: number) => {
  const [a, s] = [columns.of('assessment'), columns.of('subject')]
  return columns.long ? `hash(${[text, a, s].filter(Boolean).join(', ')})` : `hash(${index}, ${text})`
}

function textsOf(columns: Columns): string {
  const result = columns.of('result')
  const select = (column: string, index: number) => `select ${index} as col,
      ${(result && columns.of('assessment')) ?? 'null::varchar'} as a, ${(result && columns.of('subject')) ?? 'null::varchar'} as s,
      ${column} as t, min("row")::integer as "row", count(*)::integer as "rows", ${saidKey(columns, column, index)} as said_key
    from rowsof where ${column} is not null group by all`
  if (result) return select(result, Number(result.slice(1)))
  return columns.wide.length
    ? columns.wide.map(({ index, column }) => select(column, index)).join(' union all ')
    : nothing
}

function cellsOf(columns: Columns): string {
  const result = columns.of('result')
  const select = (column: string, index: number) => `select f."row", p.person, s.said
    from (select "row", person_key, ${saidKey(columns, column, index)} as said_key from rowsof where ${column} is not null) f
    join person p on ${samePerson('f', 'p')} join said s on s.said_key = f.said_key`
  if (result) return select(result, Number(result.slice(1)))
  return columns.wide.length
    ? columns.wide.map(({ index, column }) => select(column, index)).join(' union all ')
    : 'select 0 as "row", 0 as person, 0 as said where false'
}

function assessmentNamed(
  text: Said,
  named: Map<string, Named>,
  columns: Columns,
  setting: Setting,
  mapping: Mapping,
  answers: Answers,
  problems: Problem[],
  assessments: Record<string, string>,
): Named['placed'] {
  const said = [text.s, text.a]
    .map((part) => part?.trim())
    .filter(Boolean)
    .join(' ')
  const known = named.get(said)
  if (known) {
    const { problem } = known
    if (problem !== undefined)
      problems[problem] = { ...problems[problem]!, rows: problems[problem]!.rows + text.rows }
    return known.placed
  }
  const choices: Choice[] = [
    ...setting.asked.map(({ code, name }) => ({ value: `is:${code}`, label: name })),
    leaveOut,
  ]
  const remembered = mapping.assessments?.[said]
  const guess = remembered
    ? setting.asked.find(({ code }) => code === remembered)
    : (exactly(text.a, setting) ?? assessmentOf(said, setting.asked, setting.drop.name))
  const key = `assessment@${text.row}`
  const general = answers['all:assessment unknown']
  const answer = [answers[key], general].find((value) => choices.some((choice) => choice.value === value))
  let placed: Named['placed']
  let problem: number | undefined
  if (guess) placed = setting.asked.indexOf(guess)
  else {
    problem = problems.length
    problems.push({
      key,
      kind: 'assessment unknown',
      row: text.row,
      rows: text.rows,
      column: columns.heading(columns.of('assessment') ? 'assessment' : 'subject'),
      value: said,
      why: said ? `This drop asks for no “${said}”.` : 'The row does not say which assessment it is.',
      choices,
      ...(answer ? { answer } : {}),
    })
    placed =
      answer === undefined
        ? 'open'
        : answer === leaveOut.value
          ? 'left out'
          : setting.asked.findIndex(({ code }) => answer === `is:${code}`)
  }
  named.set(said, { placed, problem })
  if (typeof placed === 'number') assessments[said] = setting.asked[placed]!.code
  return placed
}

const exactly = (text: string | null, setting: Setting) => {
  const said = text?.trim().toLowerCase()
  return said
    ? setting.asked.find(({ code, name }) => code.toLowerCase() === said || name.toLowerCase() === said)
    : undefined
}

/** Grades of the scale that are offered for a text that is off it. */
const mostGrades = 30

/** What may be done with a text that is off its scale: the likeliest first. */
function choicesFor(said: string, suggestions: readonly string[], scale: Parameters<typeof readResult>[1]) {
  const grades =
    scale.kind === 'grade'
      ? scale.grades.filter(({ status }) => status === 'result').slice(0, mostGrades)
      : []
  const likely = [...new Set([...suggestions, ...grades.map(({ code }) => code)])]
  const choices: Choice[] = [
    ...likely.map((value) => ({ value: `as:${value}`, label: `Read as ${value}` })),
    asAbsent,
    // A slip of the keyboard in a score needs no more than these three.
    ...(scale.kind === 'number' && suggestions.length > 0 ? [] : [asNotTaken, asLeft, asOther]),
    leaveOut,
  ]
  const suggestion = codeMeant(said) ?? (suggestions[0] === undefined ? undefined : `as:${suggestions[0]}`)
  return { choices, suggestion }
}

function readOne(
  text: Said,
  scale: Parameters<typeof readResult>[1],
  columns: Columns,
  answers: Answers,
  remembered: string | undefined,
): { read: ResultRead; state: number; problem?: Problem } {
  const read = readResult(text.t, scale)
  if (read.kind === 'result') return { read, state: states.in }
  if (read.kind === 'none') return { read, state: states.none }
  const { choices, suggestion } = choicesFor(text.t, read.suggestions, scale)
  const key = `result@${text.row}@${text.col}`
  const general = answers['all:result']
  const fits = (wanted: string | undefined) =>
    wanted !== undefined &&
    (choices.some((choice) => choice.value === wanted) ||
      (wanted.startsWith('as:') && readAnswer(wanted, scale, text.t).kind === 'result'))
  const answer = [answers[key], remembered, general === 'suggested' ? suggestion : general].find(fits)
  const problem: Problem = {
    key,
    kind: 'result',
    row: text.row,
    rows: text.rows,
    column: columns.headingAt(text.col),
    value: text.t.trim().slice(0, 200),
    why:
      answer !== undefined && answer === remembered && answers[key] === undefined
        ? `${read.why} Read as you said last time.`
        : read.why,
    choices,
    ...(suggestion ? { suggestion } : {}),
    ...(answer ? { answer } : {}),
  }
  if (answer === undefined) return { read, state: states.open, problem }
  if (answer === leaveOut.value) return { read, state: states['left out'], problem }
  return { read: readAnswer(answer, scale, text.t), state: states.in, problem }
}
