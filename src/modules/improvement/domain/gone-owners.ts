import type { Day } from '../../../kernel/days.ts'
import type { Owner, Plan } from '../queries/plan.ts'

/** Who has left and still owns an objective, or an action that is not done: each with what is theirs. */
export function goneOwners(
  { objectives }: Pick<Plan, 'objectives'>,
  today: Day,
): { readonly owner: Owner; readonly objectives: number; readonly actions: number }[] {
  const open = objectives.flatMap((one) => one.actions).filter((action) => action.doneOn === null)
  const owners = [...objectives, ...open]
    .map((one) => one.owner)
    .filter((owner) => owner !== null)
    .filter((owner) => owner.leftOn !== null && owner.leftOn < today)
  return [...new Map(owners.map((owner) => [owner.id, owner])).values()].map((owner) => ({
    owner,
    objectives: objectives.filter((one) => one.owner?.id === owner.id).length,
    actions: open.filter((one) => one.owner?.id === owner.id).length,
  }))
}
