import { count, whole } from '../../../../kernel/numbers.ts'
import { literal, type Workbench } from '../../../../platform/lake/duck.ts'
import { leaveOut } from '../domain/pupil-words.ts'
import type { Answers, Choice, Problem, Reading } from '../domain/words.ts'
import { states } from './lay-results.ts'

const asItStands: Choice = { value: 'as it stands', label: 'Take it as it stands' }

interface Ragged {
  readonly problems: readonly Problem[]
  readonly without: readonly number[]
  readonly refused: readonly {
    readonly row: number
    readonly why: string
    readonly value: string
    readonly state: number
  }[]
}

/** Rows with too few or too many cells: what stands in them may have slipped into the wrong column. */
export async function raggedRows(bench: Workbench, reading: Reading, answers: Answers): Promise<Ragged> {
  const beyond = reading.columns
    .slice(reading.width)
    .map(({ index }) => `coalesce(trim(c${index}), '') <> ''`)
  const rows = await bench.rows<{ row: number; cells: number; value: string }>(`
    select "row", cells, coalesce(c0, '') as value from file where cells < ${reading.width}${beyond.length ? ` or ${beyond.join(' or ')}` : ''} order by "row"`)
  const byWidth = new Map<number, typeof rows>()
  for (const row of rows) {
    const there = byWidth.get(row.cells)
    if (there) there.push(row)
    else byWidth.set(row.cells, [row])
  }
  const problems: Problem[] = []
  const without: number[] = []
  const refused: Ragged['refused'][number][] = []
  for (const [cells, same] of byWidth) {
    const key = `ragged@${cells}`
    const choices = [asItStands, leaveOut]
    const why = `${same.length > 1 ? `These ${whole(same.length)} rows have` : 'The row has'} ${count(cells, 'cell')}; ${reading.headingRow ? 'the heading' : 'most rows'} ${reading.headingRow ? 'has' : 'have'} ${reading.width}. ${cells < reading.width ? 'A cell may be missing, so that the rest stands in the wrong column.' : 'A comma in a name without quotation marks may have pushed the rest along.'}`
    const wanted = answers[key] ?? answers['all:ragged']
    const answer = choices.some((choice) => choice.value === wanted) ? wanted : undefined
    problems.push({
      key,
      kind: 'ragged',
      row: same[0]!.row,
      rows: same.length,
      column: '',
      value: same[0]!.value,
      why,
      choices,
      ...(answer ? { answer } : {}),
    })
    if (answer === asItStands.value) continue
    for (const { row, value } of same) {
      without.push(row)
      refused.push({ row, value, why, state: answer === undefined ? states.open : states['left out'] })
    }
  }
  return { problems, without, refused }
}

/** Says on the bench which of them do not go in, and why. */
export async function refuseRagged(bench: Workbench, rows: Ragged['refused']): Promise<void> {
  await bench.connection.run('begin')
  for (const { row, value, why, state } of rows)
    await bench.run(`insert into refused values (${row}, '', ${literal(value)}, ${literal(why)}, ${state})`)
  await bench.connection.run('commit')
}
