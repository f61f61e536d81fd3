import { count } from '../../../../kernel/numbers.ts'
import { yearGroupName } from '../../../../kernel/year-group.ts'
import { literal, type Workbench } from '../../../../platform/lake/duck.ts'
import { leaveOut } from '../domain/pupil-words.ts'
import type { Answers, Choice, Note, Problem } from '../domain/words.ts'
import { pour } from '../reading/pour.ts'
import type { Columns } from './columns.ts'
import { samePerson } from './lay-persons.ts'
import { states } from './lay-results.ts'
import type { Standings } from './place-persons.ts'
import type { Setting } from './setting.ts'

export interface Found {
  readonly problems: readonly Problem[]
  readonly notes: readonly Note[]
}

/** A pupil’s number on the bench: their own, or until they are added the person’s, below zero. */
export const pupilNumber = (standing: Standings['persons'][number]): number | undefined =>
  standing.placing.standing === 'matched'
    ? standing.placing.pupil
    : standing.placing.standing === 'new'
      ? -standing.of.person
      : undefined

/** Lays out `placing` (person, pupil, school), `who` (pupils with year and class) and `refused` (what does not go in, and why). */
export async function layWho(bench: Workbench, setting: Setting, standings: Standings): Promise<void> {
  await pour(
    bench,
    'placed',
    { person: 'integer', pupil: 'bigint', school: 'integer' },
    standings.persons.flatMap((one) => {
      const pupil = pupilNumber(one)
      return pupil === undefined ? [] : [[one.of.person, BigInt(pupil), one.person.school!]]
    }),
  )
  const years = new Set(setting.asked.flatMap((one) => one.years))
  const onlyYear = years.size === 1 ? [...years][0]! : null
  const matched = new Map(
    standings.persons.flatMap((one) =>
      one.placing.standing === 'matched' ? [[one.placing.pupil, one] as const] : [],
    ),
  )
  const forms = new Map<string, number>(
    standings.roll.flatMap((pupil) =>
      pupil.form && pupil.classId
        ? [[`${pupil.school}|${pupil.form.toLowerCase()}`, pupil.classId] as [string, number]]
        : [],
    ),
  )
  await pour(bench, 'who', { pupil: 'bigint', school: 'integer', year_group: 'text', class_id: 'integer' }, [
    ...standings.roll.map((pupil) => [
      BigInt(pupil.pupil),
      pupil.school,
      pupil.yearGroup ?? matched.get(pupil.pupil)?.yearGroup ?? onlyYear,
      pupil.classId,
    ]),
    ...standings.persons.flatMap((one) =>
      one.placing.standing === 'new'
        ? [
            [
              BigInt(-one.of.person),
              one.person.school!,
              one.yearGroup ?? onlyYear,
              forms.get(`${one.person.school}|${one.person.form.toLowerCase()}`) ?? null,
            ],
          ]
        : [],
    ),
  ])
  await pour(
    bench,
    'bad_person',
    { person: 'integer', heading: 'text', value: 'text', why: 'text', state: 'integer' },
    standings.persons.flatMap((one) =>
      one.placing.standing === 'open' || one.placing.standing === 'left out'
        ? [
            [
              one.of.person,
              one.why?.column ?? '',
              one.why?.value ?? '',
              one.why?.why ?? '',
              states[one.placing.standing],
            ],
          ]
        : [],
    ),
  )
  await bench.run(`create or replace temp table refused as
    select f."row", b.heading, b.value, b.why, b.state from rowsof f join person p on ${samePerson('f', 'p')} join bad_person b using (person)`)
  await pour(
    bench,
    'bad_cell',
    { person: 'integer', heading: 'text', value: 'text', why: 'text' },
    standings.cells.map((cell) => [cell.person, cell.column, cell.value, cell.why]),
  )
  await bench.run(
    `insert into refused select p."row", b.heading, b.value, b.why, ${states.none} from person p join bad_cell b using (person)`,
  )
}

/** Lays out `found`: one row for each result that would go in. Twins of a pupil, and years that nobody asked for, are sorted out here. */
export async function layFound(
  bench: Workbench,
  columns: Columns,
  setting: Setting,
  answers: Answers,
  anyBad: boolean,
): Promise<Found> {
  await bench.run(`create or replace temp table found as
    select c."row", g.pupil, g.school, m.assess, c.said from cell c join placed g using (person) join meaning m using (said) where m.state = ${states.in} order by g.school, g.pupil`)
  if (anyBad) await bench.run(refusedCells(columns))
  const notes: Note[] = [...(await dropUnasked(bench, columns, setting))]
  const twins = await sortTwins(bench, columns, setting, answers)
  return { problems: twins.problems, notes: [...notes, ...twins.notes] }
}

const headingOf = (columns: Columns, col: string) =>
  columns.long
    ? literal(columns.heading('result'))
    : `case ${col} ${columns.wide.map(({ index }) => `when ${index} then ${literal(columns.headingAt(index))}`).join(' ')} else '' end`

const refusedCells = (columns: Columns) => `insert into refused
  select c."row", ${columns.long || columns.wide.length ? headingOf(columns, 's.col') : "''"}, trim(s.t), coalesce(m.why, ''), m.state
  from cell c join meaning m using (said) join said s using (said)
  where m.state in (${states.open}, ${states['left out']}) and c.person not in (select person from bad_person)`

async function dropUnasked(bench: Workbench, columns: Columns, setting: Setting): Promise<Note[]> {
  const pairs = await bench.rows<{ assess: number; year: string; many: number; at: number }>(`
    select f.assess, w.year_group as "year", count(*)::integer as many, min(f."row")::integer as "at"
    from found f join who w using (pupil) where w.year_group is not null group by all`)
  const notes: Note[] = []
  for (const { assess, year, many, at } of pairs) {
    const asked = setting.asked[assess]!
    if (asked.years.includes(year)) continue
    const these = `from found where assess = ${assess} and pupil in (select pupil from who where year_group = ${literal(year)})`
    const why = `This drop doesn’t ask for ${asked.name} in ${yearGroupName(year)}.`
    await bench.run(`insert into refused select f."row", ${headingOf(columns, 's.col')}, trim(s.t), ${literal(why)}, ${states['left out']}
      from (select * ${these}) f join said s using (said)`)
    await bench.run(`delete ${these}`)
    notes.push({
      sentence: `${count(many, 'result')} left out: ${why[0]!.toLowerCase()}${why.slice(1)}`,
      rows: [at],
    })
  }
  return notes
}

/** More than any drop asks for: a pupil and an assessment make one number. */
const mostAssessments = 65_536
/** New pupils have numbers below zero until they are on record. */
const aboveZero = 2 ** 40

/** The same pupil twice: rows that agree are one; rows that differ are a choice. */
async function sortTwins(
  bench: Workbench,
  columns: Columns,
  setting: Setting,
  answers: Answers,
): Promise<Found> {
  await bench.run(`create or replace temp table doubled as
    select k // ${mostAssessments} - ${aboveZero} as pupil, (k % ${mostAssessments})::integer as assess
    from (select (pupil + ${aboveZero}) * ${mostAssessments} + assess as k from found) group by k having count(*) > 1`)
  const [doubled] = await bench.rows<{ many: number }>('select count(*)::integer as many from doubled')
  if (doubled!.many === 0) return { problems: [], notes: [] }
  await bench.run(`create or replace temp table twin as
    select pupil, assess, count(distinct (m.value, m.grade, m.status))::integer as ways
    from found f join doubled using (pupil, assess) join meaning m using (said, assess) group by pupil, assess`)
  const twins = await bench.rows<{
    pupil: number
    assess: number
    ways: number
    at: number[]
    texts: string[]
  }>(`
    select f.pupil, f.assess, any_value(t.ways) as ways, list(f."row" order by f."row") as "at", list(trim(s.t) order by f."row") as texts
    from found f join twin t using (pupil, assess) join said s using (said) group by f.pupil, f.assess order by min(f."row")`)
  const problems: Problem[] = []
  const notes: Note[] = []
  const agreeing = twins.filter(({ ways }) => ways === 1)
  await bench.run(`delete from found where (pupil, assess) in (select (pupil, assess) from twin where ways = 1)
    and ("row", pupil, assess) not in (select (min("row"), pupil, assess) from found group by pupil, assess)`)
  if (agreeing.length) {
    const rows = [...new Set(agreeing.flatMap(({ at }) => listOf<number>(at)))].sort((a, b) => a - b)
    notes.push({
      sentence: `${rows.length === 2 ? `Rows ${rows[0]} and ${rows[1]} name` : `${rows.length} rows name`} a pupil a second time with the same results: counted once.`,
      rows: rows.slice(0, 20),
    })
  }
  const differing = twins.filter(({ ways }) => ways > 1)
  const groups = new Map<string, typeof differing>()
  for (const twin of differing) {
    const key = columns.long ? `${twin.pupil}|${twin.assess}` : String(twin.pupil)
    const there = groups.get(key)
    if (there) there.push(twin)
    else groups.set(key, [twin])
  }
  const resolve: { pupil: number; assess: number; keep: number; state: number; why: string }[] = []
  for (const group of groups.values()) {
    const rows = [...new Set(group.flatMap(({ at }) => listOf<number>(at)))].sort((a, b) => a - b)
    const key = `twice@${rows[0]}@${columns.long ? group[0]!.assess : ''}`
    const says = group
      .map((twin) => `${setting.asked[twin.assess]!.name}: ${listOf<string>(twin.texts).join(' and ')}`)
      .join('; ')
    const why = `Rows ${rows.slice(0, -1).join(', ')} and ${rows.at(-1)} are the same pupil with different results (${says}).`
    const choices: Choice[] = [
      ...rows.slice(0, 8).map((row) => ({ value: `row:${row}`, label: `Take row ${row}` })),
      { ...leaveOut, label: 'Leave both out' },
    ]
    const answer = [answers[key], answers['all:pupil twice']]
      .map((value) =>
        value === 'last row' ? `row:${rows.at(-1)}` : value === 'first row' ? `row:${rows[0]}` : value,
      )
      .find((value) => choices.some((choice) => choice.value === value))
    problems.push({
      key,
      kind: 'pupil twice',
      row: rows[0]!,
      rows: rows.length,
      column: columns.long
        ? columns.heading('result')
        : group.map(({ assess }) => setting.asked[assess]!.name).join(', '),
      value: says,
      why,
      choices,
      ...(answer ? { answer } : {}),
    })
    for (const { pupil, assess } of group)
      resolve.push({
        pupil,
        assess,
        keep: answer?.startsWith('row:') ? Number(answer.slice(4)) : -1,
        state: answer === undefined ? states.open : states['left out'],
        why,
      })
  }
  if (resolve.length) {
    await pour(
      bench,
      'resolved',
      { pupil: 'bigint', assess: 'integer', keep: 'integer', state: 'integer', why: 'text' },
      resolve.map((one) => [BigInt(one.pupil), one.assess, one.keep, one.state, one.why]),
    )
    await bench.run(`insert into refused select f."row", ${headingOf(columns, 's.col')}, trim(s.t), r.why, r.state
      from found f join resolved r using (pupil, assess) join said s using (said) where f."row" <> r.keep`)
    await bench.run(
      `delete from found using resolved r where found.pupil = r.pupil and found.assess = r.assess and found."row" <> r.keep`,
    )
  }
  return { problems, notes }
}

/** A list comes from DuckDB as a plain array, or as an object with items. */
const listOf = <T>(value: unknown): T[] =>
  (Array.isArray(value) ? value : ((value as { items: T[] }).items ?? [])) as T[]
