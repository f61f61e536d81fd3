import type { z } from 'zod'
import { enforce, Refusal } from '../../../kernel/refusal.ts'
import { record, type Writing, write } from '../../../platform/database/door.ts'
import { shaped } from '../../../platform/shaped.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { canWritePlan } from '../domain/can.ts'
import { objectiveShape } from '../domain/plan-shapes.ts'
import { planById } from '../queries/plan.ts'
import { heldObjective, mustBeHere, writeInto } from './held.ts'

export type NewObjective = z.input<typeof objectiveShape>

/** A new objective in a plan, by its id. @throws FormRefused, Refusal, NotHere */
export async function addObjective(viewer: Viewer, plan: number, input: NewObjective): Promise<number> {
  const { school } = await planById(viewer, plan)
  enforce(canWritePlan(viewer, school))
  const said = shaped(objectiveShape, input)
  await mustBeHere(viewer, said.owner)
  return write(viewer, async (tx) => {
    await mustServe(viewer, tx, said.priority, school)
    const { objective_id: id } = await tx
      .insertInto('improvement.objective')
      .values({
        trust_id: viewer.trust,
        plan_id: plan,
        school_id: school,
        ...columns(said),
        origin: said.origin && JSON.stringify(said.origin),
        carried_from: null,
        copied_from: null,
        shared_on: null,
      })
      .returning('objective_id')
      .executeTakeFirstOrThrow()
    await record(viewer, tx, {
      subject: 'improvement.objective',
      id,
      deed: 'added',
      school,
      detail: { title: said.title },
    })
    return id
  })
}

/** Other words for an objective; where it came from stays. @throws FormRefused, Refusal, NotHere */
export async function changeObjective(viewer: Viewer, id: number, input: NewObjective): Promise<void> {
  const said = shaped(objectiveShape, input)
  await write(viewer, async (tx) => {
    const held = await heldObjective(viewer, tx, id)
    const before = await tx
      .selectFrom('improvement.objective')
      .where('trust_id', '=', viewer.trust)
      .where('objective_id', '=', id)
      .selectAll()
      .executeTakeFirstOrThrow()
    await mustServe(viewer, tx, said.priority, held.school_id)
    await tx
      .updateTable('improvement.objective')
      .set(columns(said))
      .where('trust_id', '=', viewer.trust)
      .where('objective_id', '=', id)
      .execute()
    await record(viewer, tx, {
      subject: 'improvement.objective',
      id,
      deed: 'changed',
      school: held.school_id,
      detail: { before: { title: before.title, by: before.by_day, owner: before.owner_id } },
    })
  })
}

const columns = (said: z.output<typeof objectiveShape>) => ({
  title: said.title,
  why: said.why,
  for_whom: said.forWhom,
  by_day: said.by,
  owner_id: said.owner,
  priority_id: said.priority,
  ingredients: said.ingredients,
})

/** A priority of the trust, or of the same school. */
async function mustServe(viewer: Viewer, tx: Writing, priority: number | null, school: number | null) {
  if (priority === null) return
  const found = await tx
    .selectFrom('purpose.priority')
    .where('trust_id', '=', viewer.trust)
    .where('priority_id', '=', priority)
    .select('school_id')
    .executeTakeFirst()
  if (!found) throw new Refusal('That priority is not one of the trust’s.')
  if (found.school_id !== null && found.school_id !== school)
    throw new Refusal('That priority is another school’s own.')
}

/** Lets every school of the trust read and copy it, or no longer. @throws Refusal, NotHere */
export const shareObjective = (viewer: Viewer, id: number, shared: boolean): Promise<void> =>
  writeInto(viewer, id, async (tx, held) => {
    await tx
      .updateTable('improvement.objective')
      .set({ shared_on: shared ? viewer.today : null })
      .where('trust_id', '=', viewer.trust)
      .where('objective_id', '=', id)
      .execute()
    await record(viewer, tx, {
      subject: 'improvement.objective',
      id,
      deed: shared ? 'shared' : 'no longer shared',
      school: held.school_id,
    })
  })
