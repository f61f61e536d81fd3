import type { Day } from '../../../kernel/days.ts'
import { count } from '../../../kernel/numbers.ts'
import { enforce, FormRefused, Refusal } from '../../../kernel/refusal.ts'
import { within, write } from '../../../platform/database/door.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { type Brought, blocksOf } from '../documents/brought/read-document.ts'
import { canWritePlan } from '../domain/can.ts'
import { type ProposedObjective, proposedObjectives } from '../domain/proposed-objectives.ts'
import { planById } from '../queries/plan.ts'
import { addObjective } from './objectives.ts'
import { addAction, addCriterion } from './parts.ts'

const mostObjectives = 40
const mostLines = 60

/** The objectives that a document seems to hold. Nothing is in the plan yet, and nothing of it is kept. @throws Refusal, NotHere */
export async function objectivesIn(
  viewer: Viewer,
  plan: number,
  brought: Brought,
): Promise<ProposedObjective[]> {
  enforce(canWritePlan(viewer, (await planById(viewer, plan)).school))
  const found = proposedObjectives(await blocksOf(brought))
  if (found.length === 0)
    throw new Refusal(
      'No objective was found: each is taken from a heading with words or a list below it. Mark the headings, or add the objectives one by one.',
    )
  if (found.length > mostObjectives)
    throw new Refusal(
      `${count(found.length, 'heading')} would each be an objective, more than ${mostObjectives}. Bring it in halves.`,
    )
  return found
}

/** Puts objectives from a document into a plan, all or none, with nobody owning them yet. @throws Refusal, NotHere */
export async function takeObjectives(
  viewer: Viewer,
  plan: number,
  objectives: readonly ProposedObjective[],
  { begins, by }: { readonly begins: Day; readonly by: Day },
): Promise<number> {
  const { school } = await planById(viewer, plan)
  enforce(canWritePlan(viewer, school))
  if (objectives.length === 0) throw new Refusal('Take at least one objective, or leave the document out.')
  if (objectives.length > mostObjectives) throw new Refusal(`That is more than ${mostObjectives} objectives.`)
  await write(viewer, async (tx) => {
    const here = within(viewer, tx)
    for (const { title, why, actions, checks } of objectives) {
      if (actions.length + checks.length > mostLines)
        throw new Refusal(`“${title}” has more than ${mostLines} actions and checks. Leave some out.`)
      try {
        const id = await addObjective(here, plan, { title, why, by })
        for (const check of checks) await addCriterion(here, id, { words: check, by })
        for (const action of actions) await addAction(here, id, { title: action, starts: begins, due: by })
      } catch (error) {
        const ofAll = error instanceof FormRefused && error.troubles.some(({ field }) => field === 'by')
        if (error instanceof FormRefused && !ofAll)
          throw new Refusal(`“${title.trim() || 'An objective without a title'}”: ${error.message}`)
        throw error
      }
    }
  })
  return objectives.length
}
