import { enforce, NotHere, Refusal } from '../../../kernel/refusal.ts'
import { type Writing, write } from '../../../platform/database/door.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { people } from '../../organisation/index.ts'
import { canWritePlan } from '../domain/can.ts'

export interface HeldObjective {
  readonly objective_id: number
  readonly plan_id: number
  readonly school_id: number | null
  readonly title: string
  readonly stage: 'explore' | 'prepare' | 'deliver' | 'sustain'
}

/** An objective that the viewer may write to, for the rest of the transaction. @throws NotHere, Refusal */
export async function heldObjective(viewer: Viewer, tx: Writing, id: number): Promise<HeldObjective> {
  const found = await tx
    .selectFrom('improvement.objective')
    .where('trust_id', '=', viewer.trust)
    .where('objective_id', '=', id)
    .select(['objective_id', 'plan_id', 'school_id', 'title', 'stage'])
    .executeTakeFirst()
  if (!found) throw new NotHere('There is no such objective that you can see.')
  enforce(canWritePlan(viewer, found.school_id))
  return found
}

/** Writes something into an objective that the viewer may write to. */
export const writeInto = <T>(
  viewer: Viewer,
  objective: number,
  change: (tx: Writing, held: HeldObjective) => Promise<T>,
): Promise<T> => write(viewer, async (tx) => change(tx, await heldObjective(viewer, tx, objective)))

/** @throws Refusal when the person is not in the trust, or has left it. */
export async function mustBeHere(viewer: Viewer, person: number | null): Promise<void> {
  if (person === null) return
  const found = (await people(viewer)).find((one) => one.id === person)
  if (!found) throw new Refusal('The owner is not in the trust.')
  if (found.leftOn !== null && found.leftOn < viewer.today)
    throw new Refusal(`${found.name} has left. Choose another owner.`)
}
