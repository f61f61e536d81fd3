import { academicYearName } from '../../../kernel/academic-year.ts'
import { dayName, shortDayName } from '../../../kernel/days.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { valueWords } from '../../measures/index.ts'
import { schools, trustOf } from '../../organisation/index.ts'
import { targetName, targetSeen } from '../../purpose/index.ts'
import { actionStanding } from '../domain/action-standing.ts'
import { stageNames } from '../domain/stages.ts'
import { latestState, termNames } from '../domain/terms.ts'
import { actionsWords, costWords, ownerWords, stateNames } from '../pages/words.tsx'
import { type Objective, planById } from '../queries/plan.ts'
import { docxOf } from './docx.ts'
import { type Paper, type Piece, pdfOf } from './paper.ts'

/** @throws NotHere */
async function planInWords(viewer: Viewer, id: number): Promise<Paper> {
  const plan = await planById(viewer, id)
  const all = await schools(viewer)
  const nameOf = (one: number) => all.find((known) => known.id === one)?.shortName ?? 'a school'
  const who = plan.school === null ? 'The trust' : nameOf(plan.school)
  return {
    heading: `${who}: improvement plan ${academicYearName(plan.academicYear)}`,
    trust: (await trustOf(viewer)).name,
    dated: `As it stands on ${dayName(viewer.today)}`,
    lead: `${plan.objectives.length} objectives; ${actionsWords(
      plan.objectives.flatMap((one) => one.actions),
      viewer.today,
    )}; ${costWords(plan.objectives.flatMap((one) => one.actions))}.`,
    sections: await Promise.all(
      plan.objectives.map(async (one, at) => ({
        title: `${at + 1}. ${one.title}`,
        pieces: await objectivePieces(viewer, one, nameOf),
      })),
    ),
    foot: `${who}, ${plan.title}. Figures as in the latest snapshot on ${dayName(viewer.today)}; no pupil is named.`,
  }
}

async function objectivePieces(
  viewer: Viewer,
  one: Objective,
  nameOf: (id: number) => string,
): Promise<Piece[]> {
  const said = latestState(one.progress)
  const criteria = await Promise.all(
    one.criteria.map(async (criterion) => {
      if (!criterion.figure)
        return [
          criterion.words,
          'so',
          dayName(criterion.by),
          criterion.metOn ? `Since ${dayName(criterion.metOn)}` : 'Not yet checked',
        ]
      const seen = await targetSeen(
        viewer,
        { id: criterion.id, ...criterion.figure, by: criterion.by },
        nameOf,
      )
      return [
        targetName(seen),
        seen.measure ? valueWords(seen.measure, criterion.figure.target) : String(criterion.figure.target),
        dayName(criterion.by),
        seen.value
          ? `${seen.value}${seen.of ? ` (${seen.of})` : ''}, interval ${seen.interval}`
          : 'No figure',
      ]
    }),
  )
  return [
    {
      kind: 'small',
      text: `${said ? stateNames[said.state] : 'Nothing said yet'}. ${ownerWords(one.owner, viewer.today)}, by ${dayName(one.by)}. Stage: ${stageNames[one.stage].toLowerCase()}. ${costWords(one.actions)}.`,
    },
    ...(one.why ? [{ kind: 'text', text: one.why } satisfies Piece] : []),
    ...(criteria.length
      ? [
          {
            kind: 'table',
            columns: ['How it will be known', 'Target', 'By', 'Now'],
            widths: [5, 1.2, 2, 3.5],
            rows: criteria,
          } satisfies Piece,
        ]
      : []),
    ...(one.actions.length
      ? [
          {
            kind: 'table',
            columns: ['Action', 'Owner', 'Due', 'Cost', 'How it stands'],
            widths: [5, 2.4, 1.5, 1.1, 1.7],
            rows: one.actions.map((action) => [
              action.title,
              ownerWords(action.owner, viewer.today),
              shortDayName(action.due),
              costWords([action]),
              actionStanding(action, viewer.today) === 'done'
                ? `Done ${shortDayName(action.doneOn!)}`
                : actionStanding(action, viewer.today),
            ]),
          } satisfies Piece,
        ]
      : []),
    ...(one.progress.length
      ? [
          {
            kind: 'list',
            items: one.progress.map(
              (update) =>
                `${termNames[update.term as 1 | 2 | 3]}: ${stateNames[update.state].toLowerCase()}. ${update.words} (${update.by ?? 'brought in'}, ${dayName(update.on)})`,
            ),
          } satisfies Piece,
        ]
      : []),
  ]
}

/** As an accessible PDF. @throws NotHere */
export const planPaper = async (viewer: Viewer, id: number): Promise<Uint8Array> =>
  pdfOf(viewer, await planInWords(viewer, id))

/** The same as a Word document. @throws NotHere */
export const planDocx = async (viewer: Viewer, id: number): Promise<Uint8Array> =>
  docxOf(await planInWords(viewer, id))
