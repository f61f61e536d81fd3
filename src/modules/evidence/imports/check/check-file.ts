import { count, whole } from '../../../../kernel/numbers.ts'
import type { Workbench } from '../../../../platform/lake/duck.ts'
import type { Lake } from '../../../../platform/lake/lake.ts'
import type { LakeFile } from '../../snapshots/queries.ts'
import { groupProblems } from '../domain/group-problems.ts'
import { missingNames } from '../domain/pupil-words.ts'
import { type CharacteristicTarget, characteristicKindOf } from '../domain/read-characteristic.ts'
import { type Tell, untold } from '../domain/tell.ts'
import type { Answers, Checked, Mapping, PlainTarget, Reading } from '../domain/words.ts'
import { type Columns, columnsOf } from './columns.ts'
import { countChanges } from './count-changes.ts'
import { layAttendance } from './lay-attendance.ts'
import { layFound, layWho } from './lay-found.ts'
import { layPersons } from './lay-persons.ts'
import { layResults } from './lay-results.ts'
import { noteAbout, noteCodes, noteColumns } from './notes.ts'
import { placePersons, type Standings } from './place-persons.ts'
import { raggedRows, refuseRagged } from './ragged-rows.ts'
import type { Setting } from './setting.ts'
import { turnedColumns } from './turned-columns.ts'

/** A check’s outcome, with what a publish goes on from: the bench’s tables `found`, `attended`, `who`, `meaning`, `assess`, `refused`. */
export interface Outcome {
  readonly checked: Omit<Checked, 'at'>
  readonly columns: Columns
  readonly standings: Standings
  readonly assessments: Readonly<Record<string, string>>
  readonly readings: Readonly<Record<string, string>>
  /** Schools with results or attendance in this file; below zero while they are yet to be added. */
  readonly touched: readonly number[]
  readonly liveFiles: readonly LakeFile[]
}

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
    ...(texts.bad ? await turnedColumns(bench, columns) : []),
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
