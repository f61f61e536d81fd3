import { addDays } from '../../../kernel/days.ts'
import { enforce } from '../../../kernel/refusal.ts'
import { record, write } from '../../../platform/database/door.ts'
import { shaped } from '../../../platform/shaped.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { canSetDirection } from '../domain/can.ts'
import { policyShape } from '../domain/shapes.ts'
import type { PolicyModel } from '../tables.ts'

export interface NewPolicy {
  readonly title: string
  readonly model: PolicyModel
  readonly decides: string
  readonly words?: string
}

/** How alike schools are in a policy from today; one of the same name ends yesterday. @throws FormRefused, Refusal */
export async function setPolicy(viewer: Viewer, input: NewPolicy): Promise<number> {
  enforce(canSetDirection(viewer))
  const said = shaped(policyShape, input)
  return write(viewer, async (tx) => {
    const before = tx.updateTable('purpose.policy').set({ to_day: addDays(viewer.today, -1) })
    await tx
      .deleteFrom('purpose.policy')
      .where('trust_id', '=', viewer.trust)
      .where('title', '=', said.title)
      .where('from_day', '=', viewer.today)
      .execute()
    await before
      .where('trust_id', '=', viewer.trust)
      .where('title', '=', said.title)
      .where('to_day', 'is', null)
      .execute()
    const { policy_id: id } = await tx
      .insertInto('purpose.policy')
      .values({ trust_id: viewer.trust, ...said, from_day: viewer.today, to_day: null })
      .returning('policy_id')
      .executeTakeFirstOrThrow()
    await record(viewer, tx, { subject: 'purpose.policy', id, deed: 'set', detail: said })
    return id
  })
}
