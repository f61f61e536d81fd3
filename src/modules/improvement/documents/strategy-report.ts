import { academicYearName, academicYearOf } from '../../../kernel/academic-year.ts'
import { dayName } from '../../../kernel/days.ts'
import { count } from '../../../kernel/numbers.ts'
import { includesSchool, schoolsWhere } from '../../../kernel/viewer.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { valueWords } from '../../measures/index.ts'
import { schools, trustOf } from '../../organisation/index.ts'
import { type Priority, purposeOn, targetName, targetSeen } from '../../purpose/index.ts'
import { freshness } from '../domain/questions.ts'
import { latestState } from '../domain/terms.ts'
import { actionsWords, costWords, stateNames } from '../pages/words.tsx'
import { evaluationLines } from '../queries/evaluation.ts'
import { type Objective, plansWith } from '../queries/plan.ts'
import { thread } from '../queries/thread.ts'
import { docxOf } from './docx.ts'
import { type Paper, type Piece, pdfOf } from './paper.ts'

/** How many of each are told, so that the report keeps to four pages; how many more there are is said. */
const most = 6

const listOf = (items: readonly string[], more: string): Piece[] =>
  items.length === 0
    ? []
    : [
        { kind: 'list', items: items.slice(0, most) },
        ...(items.length > most
          ? [{ kind: 'small', text: `And ${items.length - most} more ${more}.` } satisfies Piece]
          : []),
      ]

/**
 * The head's report on the strategy of the trust, or with a school of that school: it writes itself by exception from progress,
 * figures and loose ends, on at most four pages. What goes as meant is one line. @throws NotHere
 */
async function strategyInWords(viewer: Viewer, schoolId?: number): Promise<Paper> {
  const all = await schools(viewer)
  const reach = schoolsWhere(viewer, 'see figures')
  const school =
    schoolId === undefined
      ? undefined
      : all.find((one) => one.id === schoolId && includesSchool(reach, one.id))
  const nameOf = (id: number | null) =>
    id === null ? 'the trust' : (all.find((one) => one.id === id)?.shortName ?? 'a school')
  const ours = (of: number | null) => schoolId === undefined || of === schoolId
  const purpose = await purposeOn(viewer)
  const year = academicYearOf(viewer.today)
  const objectives = (await plansWith(viewer, { academicYear: year }))
    .flatMap((plan) => plan.objectives)
    .filter((one) => ours(one.school))
  const actions = objectives.flatMap((one) => one.actions)
  const map = await thread(viewer)
  const trust = await trustOf(viewer)
  const stateOf = (one: Objective) => latestState(one.progress)
  const told = (one: Objective) =>
    `${one.title}, ${nameOf(one.school)}: ${stateOf(one) ? stateNames[stateOf(one)!.state].toLowerCase() : 'nothing said'}. ${stateOf(one)?.words ?? ''} ${actionsWords(one.actions, viewer.today)}; ${costWords(one.actions)}.`
  const well = objectives.filter((one) => stateOf(one)?.state === 'met')
  const behind = objectives.filter((one) => stateOf(one)?.state === 'not met')
  const silent = objectives.filter((one) => one.progress.length === 0)
  const late = map.loose
    .filter((end) => end.node.startsWith('action-'))
    .map((end) => map.nodes.find((node) => node.id === end.node)!)
    .filter((node) => node && ours(node.school))
  const stale = (await evaluationLines(viewer))
    .filter((line) => ours(line.school))
    .flatMap((line) => line.judgements.map((judged) => ({ line, judged })))
    .filter(({ judged }) => freshness(judged.on, viewer.today).stale)
  return {
    heading: `${school?.shortName ?? trust.name}: report on the strategy`,
    trust: trust.name,
    dated: `${academicYearName(year)}, as it stands on ${dayName(viewer.today)}`,
    lead: `${count(objectives.length, 'objective')} under ${count(purpose.aims.length, 'aim')}: ${well.length} met, ${behind.length} not met, ${silent.length} of which nothing is said yet. ${actionsWords(actions, viewer.today)}. ${costWords(actions)}.`,
    sections: [
      ...(await Promise.all(
        purpose.aims.map(async (aim) => ({
          title: aim.title,
          pieces: await aimPieces(
            viewer,
            aim.priorities.filter((one) => one.school === null || ours(one.school)),
            objectives,
            nameOf,
          ),
        })),
      )),
      ...section('Going well', listOf(well.map(told), 'met')),
      ...section('Behind', listOf(behind.map(told), 'not met')),
      ...section(
        'Of which nothing is said',
        listOf(
          silent.map((one) => `${one.title}, ${nameOf(one.school)}`),
          'without a word',
        ),
      ),
      ...section(
        'Late actions',
        listOf(
          late.map((node) => `${node.title}, ${nameOf(node.school)}`),
          'late',
        ),
      ),
      ...section(
        'Judgements more than half a year old',
        listOf(
          stale.map(
            ({ line, judged }) =>
              `${nameOf(line.school)}, ${judged.document.areaName}: ${judged.document.gradeName}, confirmed ${dayName(judged.on)}`,
          ),
          'as old',
        ),
      ),
    ],
    foot: `${school?.name ?? trust.name}. Written by exception from plans, figures and judgements on ${dayName(viewer.today)}. No pupil is named.`,
  }
}

const section = (title: string, pieces: readonly Piece[]) => (pieces.length === 0 ? [] : [{ title, pieces }])

/** Each priority of an aim with its targets: those not met first; an aim that nobody works on says so. */
async function aimPieces(
  viewer: Viewer,
  priorities: readonly Priority[],
  objectives: readonly Objective[],
  nameOf: (id: number) => string,
): Promise<Piece[]> {
  const worked = priorities.filter((one) => objectives.some((objective) => objective.priority === one.id))
  if (worked.length === 0) return [{ kind: 'text', text: 'No objective serves it this year.' }]
  const seen = (
    await Promise.all(
      worked.flatMap((one) => one.measures.map((measure) => targetSeen(viewer, measure, nameOf))),
    )
  ).toSorted((a, b) => Number(a.standing === 'met') - Number(b.standing === 'met'))
  const rows = seen
    .slice(0, most)
    .map((one) => [
      targetName(one),
      one.measure ? valueWords(one.measure, one.asked.target) : '',
      dayName(one.asked.by),
      one.value ? `${one.value}${one.of ? ` (${one.of})` : ''}, interval ${one.interval}` : 'No figure',
      one.standing,
    ])
  return [
    {
      kind: 'text',
      text: worked
        .map((one) => {
          const own = objectives.filter((objective) => objective.priority === one.id)
          return `${one.title}: ${count(own.length, 'objective')}, ${own.filter((objective) => latestState(objective.progress)?.state === 'met').length} met.`
        })
        .join(' '),
    },
    ...(rows.length
      ? [
          {
            kind: 'table',
            columns: ['What is to change', 'Target', 'By', 'Now', 'Standing'],
            widths: [5, 1.1, 2, 4, 1.4],
            rows,
          } satisfies Piece,
        ]
      : []),
  ]
}

/** As an accessible PDF. @throws NotHere */
export const strategyReport = async (viewer: Viewer, school?: number): Promise<Uint8Array> =>
  pdfOf(viewer, await strategyInWords(viewer, school))

/** The same as a Word document. @throws NotHere */
export const strategyDocx = async (viewer: Viewer, school?: number): Promise<Uint8Array> =>
  docxOf(await strategyInWords(viewer, school))
