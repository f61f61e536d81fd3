import { enforce, Refusal } from '../../../kernel/refusal.ts'
import { record, write } from '../../../platform/database/door.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { canWritePlan } from '../domain/can.ts'
import { planById } from '../queries/plan.ts'
import { mustBeHere } from './held.ts'

/**
 * Hands all that somebody owns in a plan to somebody else at once: their objectives, and their actions that are not done. The
 * answer is how many of each. @throws Refusal, NotHere
 */
export async function handOver(
  viewer: Viewer,
  plan: number,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<{ readonly objectives: number; readonly actions: number }> {
  const { school, objectives } = await planById(viewer, plan)
  enforce(canWritePlan(viewer, school))
  if (from === to) throw new Refusal('Choose somebody else to hand it to.')
  await mustBeHere(viewer, to)
  const ids = objectives.map((one) => one.id)
  if (ids.length === 0) throw new Refusal('Nothing in this plan is theirs.')
  return write(viewer, async (tx) => {
    const owned = await tx
      .updateTable('improvement.objective')
      .set({ owner_id: to })
      .where('trust_id', '=', viewer.trust)
      .where('plan_id', '=', plan)
      .where('owner_id', '=', from)
      .returning('objective_id')
      .execute()
    const open = await tx
      .updateTable('improvement.action')
      .set({ owner_id: to })
      .where('trust_id', '=', viewer.trust)
      .where('objective_id', 'in', ids)
      .where('owner_id', '=', from)
      .where('done_on', 'is', null)
      .returning('action_id')
      .execute()
    if (owned.length + open.length === 0) throw new Refusal('Nothing in this plan is theirs.')
    await record(viewer, tx, {
      subject: 'improvement.plan',
      id: plan,
      deed: 'handed over',
      school,
      detail: { from, to, objectives: owned.length, actions: open.length },
    })
    return { objectives: owned.length, actions: open.length }
  })
}
