import { z } from 'zod'
import { isDay } from '../../../kernel/days.ts'
import { allowed, enforce, NotHere, Refusal, refused, type Verdict } from '../../../kernel/refusal.ts'
import { record, within, write } from '../../../platform/database/door.ts'
import { shaped } from '../../../platform/shaped.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { canWritePlan } from '../domain/can.ts'
import { actionsFrom, templateOf } from '../domain/objective-template.ts'
import { objectiveById, planById } from '../queries/plan.ts'
import { templateByCode } from '../queries/templates.ts'
import { addObjective, type NewObjective } from './objectives.ts'
import { addAction, addCriterion, addRisk } from './parts.ts'

/** Who keeps a template for all schools. */
export const canKeepTemplate = (viewer: Viewer): Verdict =>
  canWritePlan(viewer, null).ok
    ? allowed
    : refused('Only the trust’s director of education keeps templates for all its schools.')

export interface FromTemplate extends Omit<NewObjective, 'origin'> {
  /** The day on which the work begins: the days of the actions count from it. */
  readonly begins: string
  /** A target for each of the template’s measures, in its order; empty leaves the measure out. */
  readonly targets: readonly string[]
}

const beginning = z.object({
  begins: z.string().refine(isDay, 'Enter the day on which the work begins, such as 1 9 2026.'),
})

/** A new objective from a template, all of it or nothing: words as they were sent, targets, checks, actions and risks. @throws FormRefused, Refusal, NotHere */
export async function startFromTemplate(
  viewer: Viewer,
  plan: number,
  code: string,
  { begins: from, targets, ...input }: FromTemplate,
): Promise<number> {
  const { school } = await planById(viewer, plan)
  enforce(canWritePlan(viewer, school))
  const template = await templateByCode(viewer, school, code)
  const { begins } = shaped(beginning, { begins: from })
  return write(viewer, async (tx) => {
    const here = within(viewer, tx)
    const objective = await addObjective(here, plan, input)
    for (const [at, measure] of template.measures.entries()) {
      const target = targets[at]?.trim()
      if (target) await addCriterion(here, objective, { ...measure, school, target, by: input.by })
    }
    for (const check of template.checks) await addCriterion(here, objective, { words: check, by: input.by })
    for (const action of actionsFrom(template, begins)) await addAction(here, objective, action)
    for (const risk of template.risks) await addRisk(here, objective, risk)
    return objective
  })
}

/** Keeps an objective as a template for all schools, without its people and days. @throws NotHere, Refusal */
export async function keepAsTemplate(viewer: Viewer, objective: number): Promise<number> {
  enforce(canKeepTemplate(viewer))
  const document = templateOf(await objectiveById(viewer, objective))
  return write(viewer, async (tx) => {
    const same = await tx
      .selectFrom('improvement.objective_template')
      .where('trust_id', '=', viewer.trust)
      .where('title', '=', document.title)
      .where('ended_on', 'is', null)
      .select('objective_template_id')
      .executeTakeFirst()
    if (same) throw new Refusal(`There is a template “${document.title}” already. End that one first.`)
    const { objective_template_id: id } = await tx
      .insertInto('improvement.objective_template')
      .values({
        trust_id: viewer.trust,
        title: document.title,
        document: JSON.stringify(document),
        person_id: viewer.person || null,
        on_day: viewer.today,
        ended_on: null,
      })
      .returning('objective_template_id')
      .executeTakeFirstOrThrow()
    await record(viewer, tx, {
      subject: 'improvement.objective_template',
      id,
      deed: 'kept',
      detail: { objective, title: document.title },
    })
    return id
  })
}

/** Offers a template of the trust no longer; what was started from it stays. @throws NotHere, Refusal */
export async function endTemplate(viewer: Viewer, id: number): Promise<void> {
  enforce(canKeepTemplate(viewer))
  await write(viewer, async (tx) => {
    const { numUpdatedRows } = await tx
      .updateTable('improvement.objective_template')
      .set({ ended_on: viewer.today })
      .where('trust_id', '=', viewer.trust)
      .where('objective_template_id', '=', id)
      .where('ended_on', 'is', null)
      .executeTakeFirst()
    if (numUpdatedRows === 0n) throw new NotHere('There is no such template, or it is no longer offered.')
    await record(viewer, tx, { subject: 'improvement.objective_template', id, deed: 'ended' })
  })
}
