import { count, whole } from '../../../../kernel/numbers.ts'
import { literal, type Workbench } from '../../../../platform/lake/duck.ts'
import type { Lake } from '../../../../platform/lake/lake.ts'
import { groupProblems } from '../domain/group-problems.ts'
import { leaveOut, missingNames } from '../domain/match-pupils.ts'
import { type CharacteristicTarget, characteristicKindOf } from '../domain/read-characteristic.ts'
import { type Tell, untold } from '../domain/tell.ts'
import type {
  Answers,
  Checked,
  Choice,
  Counts,
  Mapping,
  Note,
  PlainTarget,
  Problem,
  Reading,
} from '../domain/words.ts'
import { type Columns, columnsOf } from './columns.ts'
import { layAttendance } from './lay-attendance.ts'
import { layFound, layWho } from './lay-found.ts'
import { layPersons } from './lay-persons.ts'
import { layResults, type ReadTexts, states } from './lay-results.ts'
import { placePersons, type Standings } from './place-persons.ts'
import type { Setting } from './setting.ts'

/** A check’s outcome, with what a publish goes on from: the bench’s tables `found`, `attended`, `who`, `meaning`, `assess`, `refused`. */
export interface Outcome {
  readonly checked: Omit<Checked, 'at'>
  readonly columns: Columns
  readonly standings: Standings
  readonly assessments: Readonly<Record<string, string>>
  readonly readings: Readonly<Record<string, string>>
  /** Schools with results or attendance in this file; below zero while they are yet to be added. */
  readonly touched: readonly number[]
  readonly liveFiles: Awaited<ReturnType<Setting['live']>>['files']
}

const asItStands: Choice = { value: 'as it stands', label: 'Take it as it stands' }
const aboutTargets: readonly PlainTarget[] = [
  'year group',
  'class',
  ...(Object.keys(characteristicKindOf) as CharacteristicTarget[]),
]

/** Reads the rows of view `file` against a drop: who, what, what is wrong, and what would change. Changes nothing. */
export async function checkFile(
  bench: Workbench,
  lake: Pick<Lake, 'path'>,
  reading: Reading,
  mapping: Mapping,
  answers: Answers,
  setting: Setting,
  tell: Tell = untold,
): Promise<Outcome> {
  const many = `${whole(reading.rows)} rows`
  const columns = columnsOf(reading, mapping, setting.school === null)
  await tell(0, `${many} read: looking for each row’s pupil`)
  const ragged = await raggedRows(bench, reading, answers)
  const rows = await layPersons(bench, columns, aboutTargets, ragged.without)
  const standings = await placePersons(rows, columns, setting, answers)
  await tell(0.4, `${many} read, ${count(standings.persons.length, 'pupil')} found: reading the results`)
  const texts = await layResults(bench, columns, setting, mapping, answers)
  await layWho(bench, setting, standings)
  const anyBad = texts.bad
  const found = await layFound(bench, columns, setting, answers, anyBad)
  const sessions = await layAttendance(bench, columns, answers)
  if (ragged.refused.length) await refuseRagged(bench, ragged.refused)
  const touched = (
    await bench.rows<{ school: number }>(
      'select distinct school from (select school from found union all select school from attended) order by school',
    )
  ).map(({ school }) => school)
  const about = touched.length
    ? touched
    : [
        ...new Set(
          standings.persons.flatMap((one) =>
            one.placing.standing === 'new' || (one.placing.standing === 'matched' && one.about.length)
              ? [one.person.school!]
              : [],
          ),
        ),
      ]
  await tell(0.8, `${many} checked: counting what would change`)
  const live = await setting.live(about.filter((school) => school > 0))
  const counts = await countChanges(bench, lake, reading, mapping, standings, live.files, about)
  const problems = [
    ...ragged.problems,
    ...standings.problems,
    ...texts.problems,
    ...found.problems,
    ...sessions,
  ]
  const notes = [
    ...(await noteCodes(bench, texts)),
    ...found.notes,
    ...noteColumns(reading, columns, mapping),
    ...noteAbout(standings),
  ]
  const missing = missingPupils(standings, setting)
  return {
    checked: {
      snapshot: live.snapshot,
      base: live.files.map((file) => file.id),
      schools: about.filter((school) => school > 0),
      counts: { ...counts, pupils: { ...counts.pupils, missing: missing.length } },
      groups: groupProblems(problems),
      notes,
      missing: missingNames(missing).slice(0, 50),
    },
    columns,
    standings,
    assessments: texts.assessments,
    readings: texts.readings,
    touched: about,
    liveFiles: live.files,
  }
}

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
async function raggedRows(bench: Workbench, reading: Reading, answers: Answers): Promise<Ragged> {
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

async function refuseRagged(bench: Workbench, rows: Ragged['refused']): Promise<void> {
  await bench.connection.run('begin')
  for (const { row, value, why, state } of rows)
    await bench.run(`insert into refused values (${row}, '', ${literal(value)}, ${literal(why)}, ${state})`)
  await bench.connection.run('commit')
}

const pathsOf = (lake: Pick<Lake, 'path'>, files: Outcome['liveFiles'], fact: string) =>
  files.filter((file) => file.fact === fact).map((file) => literal(lake.path(file.path)))

async function countChanges(
  bench: Workbench,
  lake: Pick<Lake, 'path'>,
  reading: Reading,
  mapping: Mapping,
  standings: Standings,
  files: Outcome['liveFiles'],
  touched: readonly number[],
): Promise<Counts> {
  const results = pathsOf(lake, files, 'result')
  await bench.run(
    results.length
      ? `create or replace temp view live as select pupil, assessment, value, grade, status, school from read_parquet([${results.join(', ')}])`
      : 'create or replace temp view live as select null::bigint as pupil, null::varchar as assessment, null::double as value, null::varchar as grade, null::varchar as status, null::integer as school where false',
  )
  const [changes] = results.length
    ? await bench.rows<{ added: number; changed: number; unchanged: number }>(`
      select count(*) filter (l.pupil is null)::integer as added,
        count(*) filter (l.pupil is not null and (l.value, l.grade, l.status) is distinct from (m.value, m.grade, m.status))::integer as changed,
        count(*) filter (l.pupil is not null and (l.value, l.grade, l.status) is not distinct from (m.value, m.grade, m.status))::integer as unchanged
      from found f join meaning m using (said) join assess a on a.assess = f.assess left join live l on l.pupil = f.pupil and l.assessment = a.code`)
    : await bench.rows<{ added: number; changed: number; unchanged: number }>(
        'select count(*)::integer as added, 0 as changed, 0 as unchanged from found',
      )
  const [gone] =
    mapping.replace && results.length
      ? await bench.rows<{ removed: number }>(`
        select count(*)::integer as removed from live l where l.assessment in (select code from assess where assess in (select distinct assess from found))
        and (l.pupil, l.assessment) not in (select (f.pupil, a.code) from found f join assess a using (assess))`)
      : [{ removed: 0 }]
  const attendance = pathsOf(lake, files, 'attendance')
  const [sessions] = await bench.rows<{ many: number }>(
    attendance.length
      ? `select count(*)::integer as many from attended n left join read_parquet([${attendance.join(', ')}]) l on l.pupil = n.pupil
         where l.pupil is null or (l.possible, l.authorised, l.unauthorised) is distinct from (n.possible, n.authorised, n.unauthorised)`
      : 'select count(*)::integer as many from attended',
  )
  const [rows] = await bench.rows<{ bad: number; open: number; out: number }>(`
    select count(distinct "row")::integer as bad, count(distinct "row") filter (state = ${states.open})::integer as open,
      count(distinct "row") filter (state = ${states['left out']})::integer as "out" from refused`)
  const standing = (wanted: string) =>
    new Set(
      standings.persons.flatMap((one) =>
        one.placing.standing === wanted
          ? [one.placing.standing === 'matched' ? one.placing.pupil : -one.of.person]
          : [],
      ),
    ).size
  return {
    rows: reading.rows,
    accepted: reading.rows - rows!.bad,
    added: changes!.added,
    changed: changes!.changed,
    unchanged: changes!.unchanged,
    removed: gone!.removed,
    unplaced: rows!.open,
    leftOut: rows!.out,
    pupils: { matched: standing('matched'), new: standing('new'), missing: 0 },
    attendance: sessions!.many,
    schools: touched.length,
  }
}

/** On roll in a year group that the file is about, and not in the file. */
function missingPupils(standings: Standings, setting: Setting) {
  const here = new Set(
    standings.persons.flatMap((one) => (one.placing.standing === 'matched' ? [one.placing.pupil] : [])),
  )
  const asked = new Set(setting.asked.flatMap((one) => one.years))
  const years = new Set(
    standings.roll
      .filter((pupil) => here.has(pupil.pupil))
      .map((pupil) => `${pupil.school}|${pupil.yearGroup}`),
  )
  return standings.roll.filter(
    (pupil) =>
      !here.has(pupil.pupil) &&
      pupil.yearGroup !== null &&
      asked.has(pupil.yearGroup) &&
      years.has(`${pupil.school}|${pupil.yearGroup}`),
  )
}

const statusWords: Record<string, string> = {
  absent: 'absent',
  'not taken': 'not taken',
  'below test': 'below the level of the test',
  left: 'left',
  'other scale': 'it stands, on another scale; no figure counts it',
}

async function noteCodes(bench: Workbench, { coded }: ReadTexts): Promise<Note[]> {
  const notes: Note[] = []
  for (const { said, text, status, assessment, rows } of coded.slice(0, 20)) {
    const at = (
      await bench.rows<{ row: number }>(`select "row" from cell where said = ${said} order by "row" limit 20`)
    ).map(({ row }) => row)
    const places =
      rows === 1
        ? `row ${at[0]}`
        : rows <= 4
          ? `rows ${at.slice(0, -1).join(', ')} and ${at.at(-1)}`
          : `${count(rows, 'row')}, the first row ${at[0]}`
    notes.push({
      sentence: `“${text}” in ${assessment}, ${places}, is kept as ${statusWords[status] ?? status}${status === 'other scale' ? '' : ', never as 0'}.`,
      rows: at,
    })
  }
  return notes
}

function noteColumns(reading: Reading, columns: Columns, mapping: Mapping): Note[] {
  const empty = columns.wide.filter(({ index }) => reading.columns[index]?.filled === 0)
  return [
    ...empty.map(({ index }) => ({
      sentence: `The column ${columns.headingAt(index)} is empty in every row: recorded as not collected.`,
      rows: [],
    })),
    ...(mapping.replace
      ? [
          {
            sentence:
              'Results of these assessments that are not in this file are taken out: the file is the whole truth.',
            rows: [],
          },
        ]
      : []),
  ]
}

function noteAbout({ persons, newSchools }: Standings): Note[] {
  const notes: Note[] = []
  const known = persons.filter((one) => one.placing.standing === 'matched' && one.about.length > 0).length
  if (known)
    notes.push({
      sentence: `The file also describes pupils (such as their sex). New pupils take it; for ${count(known, 'pupil')} whom we know, the record stands.`,
      rows: [],
    })
  if (newSchools.length)
    notes.push({
      sentence: `${count(newSchools.length, 'school')} would be added. Until their true URNs are known they go by numbers from 900001 on.`,
      rows: [],
    })
  return notes
}
