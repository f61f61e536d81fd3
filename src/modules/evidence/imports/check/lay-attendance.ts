import type { Workbench } from '../../../../platform/lake/duck.ts'
import { leaveOut } from '../domain/pupil-words.ts'
import { readSessions } from '../domain/read-sessions.ts'
import type { Answers, Problem } from '../domain/words.ts'
import { pour } from '../reading/pour.ts'
import type { Columns } from './columns.ts'
import { samePerson } from './lay-persons.ts'
import { states } from './lay-results.ts'

interface Line {
  readonly row: number
  readonly pupil: number
  readonly school: number
  readonly possible: string | null
  readonly attended: string | null
  readonly authorised: string | null
  readonly unauthorised: string | null
}

/** Lays out `attended`: one row of sessions for each pupil. The answer: what can’t be right. */
export async function layAttendance(
  bench: Workbench,
  columns: Columns,
  answers: Answers,
): Promise<Problem[]> {
  const possible = columns.of('possible sessions')
  const pouringOf = (rows: Iterable<readonly (number | bigint)[]>) =>
    pour(
      bench,
      'attended',
      {
        row: 'integer',
        pupil: 'bigint',
        school: 'integer',
        possible: 'integer',
        authorised: 'integer',
        unauthorised: 'integer',
      },
      rows,
    )
  if (!possible) {
    await pouringOf([])
    return []
  }
  const cell = (target: 'attended sessions' | 'authorised absence' | 'unauthorised absence') =>
    columns.of(target) ? `f.${columns.of(target)}` : 'null::varchar'
  const lines = await bench.rows<Line>(`
    select f."row", g.pupil, g.school, f.${possible} as possible, ${cell('attended sessions')} as attended, ${cell('authorised absence')} as authorised, ${cell('unauthorised absence')} as unauthorised
    from rowsof f join person p on ${samePerson('f', 'p')} join placed g using (person)
    where trim(f.${possible}) <> '' qualify row_number() over (partition by g.pupil order by f."row") = 1 order by f."row"`)
  const problems: Problem[] = []
  const rows: (number | bigint)[][] = []
  const bad: (string | number)[][] = []
  const column = columns.heading('possible sessions')
  for (const line of lines) {
    const read = readSessions(line)
    if (read.kind === 'sessions') {
      rows.push([
        line.row,
        BigInt(line.pupil),
        line.school,
        read.possible,
        read.authorised,
        read.unauthorised,
      ])
      continue
    }
    const key = `attendance@${line.row}`
    const wanted = answers[key] ?? answers['all:attendance']
    const answer = wanted === leaveOut.value ? wanted : undefined
    problems.push({
      key,
      kind: 'attendance',
      row: line.row,
      rows: 1,
      column,
      value: read.value,
      why: read.why,
      choices: [leaveOut],
      suggestion: leaveOut.value,
      ...(answer ? { answer } : {}),
    })
    bad.push([line.row, column, read.value, read.why, answer ? states['left out'] : states.open])
  }
  await pouringOf(rows)
  if (bad.length) {
    await pour(
      bench,
      'bad_sessions',
      { row: 'integer', heading: 'text', value: 'text', why: 'text', state: 'integer' },
      bad,
    )
    await bench.run('insert into refused select * from bad_sessions')
  }
  return problems
}
