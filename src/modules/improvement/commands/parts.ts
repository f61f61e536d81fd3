import type { z } from 'zod'
import type { FigureKey } from '../../../kernel/figure.ts'
import { enforce, NotHere, Refusal } from '../../../kernel/refusal.ts'
import { record, write } from '../../../platform/database/door.ts'
import { shaped } from '../../../platform/shaped.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { figureAt, measureById } from '../../measures/index.ts'
import { groupBySlug } from '../../organisation/index.ts'
import { canMark, canSetTier } from '../domain/can.ts'
import {
  actionShape,
  criterionShape,
  decisionShape,
  noteShape,
  progressShape,
  riskShape,
  tierShape,
} from '../domain/plan-shapes.ts'
import { nextStage } from '../domain/stages.ts'
import { type HeldObjective, mustBeHere, writeInto } from './held.ts'

const of = (viewer: Viewer, held: HeldObjective) => ({
  trust_id: viewer.trust,
  objective_id: held.objective_id,
  school_id: held.school_id,
})
const told = (
  viewer: Viewer,
  tx: Parameters<Parameters<typeof write>[1]>[0],
  held: HeldObjective,
  deed: string,
  detail = {},
) =>
  record(viewer, tx, {
    subject: 'improvement.objective',
    id: held.objective_id,
    deed,
    school: held.school_id,
    detail,
  })

/** How it will be known: a figure with a target, or a check. @throws FormRefused, Refusal, NotHere */
export async function addCriterion(
  viewer: Viewer,
  objective: number,
  input: z.input<typeof criterionShape>,
): Promise<number> {
  const said = shaped(criterionShape, input)
  if (said.measure) {
    await measureById(viewer, said.measure)
    if (!groupBySlug(said.group)) throw new Refusal('Choose which pupils it is about.')
    if (said.target === null) throw new Refusal('Enter the target as a number.')
  } else if (!said.words) throw new Refusal('Choose a figure, or say what will be checked.')
  return writeInto(viewer, objective, async (tx, held) => {
    const figure = said.measure !== null && said.measure !== ''
    const { criterion_id: id } = await tx
      .insertInto('improvement.criterion')
      .values({
        ...of(viewer, held),
        words: said.words,
        measure: figure ? said.measure : null,
        of_school: figure ? said.school : null,
        year_group: figure ? said.year : null,
        pupil_group: figure ? said.group : null,
        target: figure ? said.target : null,
        by_day: said.by,
        met_on: null,
      })
      .returning('criterion_id')
      .executeTakeFirstOrThrow()
    await told(viewer, tx, held, 'criterion added', { criterion: id })
    return id
  })
}

/** A check was made, and it is so. @throws Refusal, NotHere */
export const meetCriterion = (viewer: Viewer, objective: number, criterion: number): Promise<void> =>
  writeInto(viewer, objective, async (tx, held) => {
    const { numUpdatedRows } = await tx
      .updateTable('improvement.criterion')
      .set({ met_on: viewer.today })
      .where('trust_id', '=', viewer.trust)
      .where('objective_id', '=', objective)
      .where('criterion_id', '=', criterion)
      .where('measure', 'is', null)
      .executeTakeFirst()
    if (numUpdatedRows === 0n) throw new NotHere('There is no such check.')
    await told(viewer, tx, held, 'check met', { criterion })
  })

export type NewAction = z.input<typeof actionShape>

/** @throws FormRefused, Refusal, NotHere */
export async function addAction(viewer: Viewer, objective: number, input: NewAction): Promise<number> {
  const said = shaped(actionShape, input)
  await mustBeHere(viewer, said.owner)
  return writeInto(viewer, objective, async (tx, held) => {
    const { action_id: id } = await tx
      .insertInto('improvement.action')
      .values({
        ...of(viewer, held),
        title: said.title,
        owner_id: said.owner,
        starts: said.starts,
        due: said.due,
        cost_pounds: said.cost,
        days: said.days,
        done_on: null,
        done_by: null,
        origin: said.origin && JSON.stringify(said.origin),
      })
      .returning('action_id')
      .executeTakeFirstOrThrow()
    await told(viewer, tx, held, 'action added', { action: id, title: said.title, due: said.due })
    return id
  })
}

/** Done today, or not done after all: by its owner or whoever writes the plan. @throws Refusal, NotHere */
export const markAction = (viewer: Viewer, action: number, done: boolean): Promise<number> =>
  write(viewer, async (tx) => {
    const found = await tx
      .selectFrom('improvement.action')
      .where('trust_id', '=', viewer.trust)
      .where('action_id', '=', action)
      .select(['objective_id', 'school_id', 'owner_id', 'title'])
      .executeTakeFirst()
    if (!found) throw new NotHere('There is no such action that you can see.')
    enforce(canMark(viewer, { school: found.school_id, owner: found.owner_id }))
    await tx
      .updateTable('improvement.action')
      .set({ done_on: done ? viewer.today : null, done_by: done ? viewer.person || null : null })
      .where('trust_id', '=', viewer.trust)
      .where('action_id', '=', action)
      .execute()
    await record(viewer, tx, {
      subject: 'improvement.action',
      id: action,
      deed: done ? 'done' : 'not done after all',
      school: found.school_id,
      detail: { title: found.title },
    })
    return found.objective_id
  })

/** How it goes this term. What was said before of the term stays in the history. @throws FormRefused, Refusal, NotHere */
export async function sayProgress(
  viewer: Viewer,
  objective: number,
  input: z.input<typeof progressShape>,
): Promise<void> {
  const said = shaped(progressShape, input)
  await writeInto(viewer, objective, async (tx, held) => {
    await tx
      .insertInto('improvement.progress')
      .values({ ...of(viewer, held), ...said, on_day: viewer.today, person_id: viewer.person || null })
      .execute()
    await told(viewer, tx, held, 'progress said', { term: said.term, state: said.state })
  })
}

/** @throws FormRefused, Refusal, NotHere */
export async function addRisk(
  viewer: Viewer,
  objective: number,
  input: z.input<typeof riskShape>,
): Promise<void> {
  const said = shaped(riskShape, input)
  await writeInto(viewer, objective, async (tx, held) => {
    await tx
      .insertInto('improvement.risk')
      .values({ ...of(viewer, held), ...said })
      .execute()
    await told(viewer, tx, held, 'risk added', { words: said.words })
  })
}

/** Stop or go at the end of a stage: `go on` moves to the next. @throws FormRefused, Refusal, NotHere */
export async function decideStage(
  viewer: Viewer,
  objective: number,
  input: z.input<typeof decisionShape>,
): Promise<void> {
  const said = shaped(decisionShape, input)
  await writeInto(viewer, objective, async (tx, held) => {
    await tx
      .insertInto('improvement.decision')
      .values({
        ...of(viewer, held),
        stage: held.stage,
        ...said,
        on_day: viewer.today,
        person_id: viewer.person || null,
      })
      .execute()
    if (said.verdict === 'go on')
      await tx
        .updateTable('improvement.objective')
        .set({ stage: nextStage(held.stage) })
        .where('trust_id', '=', viewer.trust)
        .where('objective_id', '=', objective)
        .execute()
    await told(viewer, tx, held, `decided: ${said.verdict}`, { stage: held.stage, why: said.words })
  })
}

/** A note of evidence, with a link or without. @throws FormRefused, Refusal, NotHere */
export async function addNote(
  viewer: Viewer,
  objective: number,
  input: z.input<typeof noteShape>,
): Promise<void> {
  const said = shaped(noteShape, input)
  await writeInto(viewer, objective, async (tx, held) => {
    await tx
      .insertInto('improvement.evidence')
      .values({
        ...of(viewer, held),
        ...said,
        ...{ measure: null, place: null, year_group: null, pupil_group: null, period: null, snapshot: null },
        on_day: viewer.today,
        person_id: viewer.person || null,
      })
      .execute()
    await told(viewer, tx, held, 'evidence added', { words: said.words })
  })
}

/** A figure as evidence, by its address: it is never retyped. @throws Refusal, NotHere when it is no figure that they may see. */
export async function addFigureEvidence(
  viewer: Viewer,
  objective: number,
  key: FigureKey,
  words = '',
): Promise<void> {
  const { figure } = await figureAt(viewer, key)
  if (figure.kind !== 'value') throw new Refusal(`That figure is ${figure.kind}, so it can’t be evidence.`)
  await writeInto(viewer, objective, async (tx, held) => {
    await tx
      .insertInto('improvement.evidence')
      .values({
        ...of(viewer, held),
        words: words.trim().slice(0, 1000),
        link: '',
        measure: key.measure,
        place: key.place,
        year_group: key.year,
        pupil_group: key.group,
        period: key.period,
        snapshot: key.snapshot,
        on_day: viewer.today,
        person_id: viewer.person || null,
      })
      .execute()
    await told(viewer, tx, held, 'evidence added', { ...key })
  })
}

/** How much help a school has from today, why, and what would change it. @throws FormRefused, Refusal */
export async function setTier(
  viewer: Viewer,
  school: number,
  input: z.input<typeof tierShape>,
): Promise<void> {
  enforce(canSetTier(viewer))
  const { wouldChange, ...said } = shaped(tierShape, input)
  await write(viewer, async (tx) => {
    const row = { ...said, would_change: wouldChange, person_id: viewer.person || null }
    await tx
      .insertInto('improvement.tier')
      .values({ trust_id: viewer.trust, school_id: school, from_day: viewer.today, ...row })
      .onConflict((on) => on.columns(['trust_id', 'school_id', 'from_day']).doUpdateSet(row))
      .execute()
    await record(viewer, tx, {
      subject: 'improvement.tier',
      id: school,
      deed: `tier: ${said.tier}`,
      school,
      detail: row,
    })
  })
}
