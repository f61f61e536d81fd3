import { addDays } from '../../../kernel/days.ts'
import { enforce, NotHere, Refusal } from '../../../kernel/refusal.ts'
import { record, type Writing, write } from '../../../platform/database/door.ts'
import { shaped } from '../../../platform/shaped.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { canSetDirection } from '../domain/can.ts'
import { aimShape } from '../domain/shapes.ts'

export interface NewAim {
  readonly title: string
  readonly why?: string
  readonly areas?: readonly string[]
}

/** A new aim from today, or with `aim` new words for one: it keeps its number. @throws FormRefused, Refusal, NotHere */
export async function setAim(viewer: Viewer, input: NewAim & { readonly aim?: number }): Promise<number> {
  enforce(canSetDirection(viewer))
  const { aim: known, ...words } = input
  const said = shaped(aimShape, words)
  return write(viewer, async (tx) => {
    const aim = known === undefined ? await newAim(viewer, tx) : await openAim(viewer, tx, known)
    await tx
      .insertInto('purpose.aim_wording')
      .values({ trust_id: viewer.trust, aim_id: aim, from_day: viewer.today, ...said })
      .onConflict((on) => on.columns(['trust_id', 'aim_id', 'from_day']).doUpdateSet(said))
      .execute()
    await record(viewer, tx, {
      subject: 'purpose.aim',
      id: aim,
      deed: known === undefined ? 'set' : 'reworded',
      detail: { title: said.title },
    })
    return aim
  })
}

const newAim = async (viewer: Viewer, tx: Writing): Promise<number> =>
  (
    await tx
      .insertInto('purpose.aim')
      .values({ trust_id: viewer.trust, from_day: viewer.today, to_day: null })
      .returning('aim_id')
      .executeTakeFirstOrThrow()
  ).aim_id

async function openAim(viewer: Viewer, tx: Writing, aim: number): Promise<number> {
  const found = await tx
    .selectFrom('purpose.aim')
    .select('aim_id')
    .where('trust_id', '=', viewer.trust)
    .where('aim_id', '=', aim)
    .where('to_day', 'is', null)
    .executeTakeFirst()
  if (!found) throw new NotHere('There is no such aim.')
  return aim
}

/** Yesterday was its last day. Refused while priorities stand on it. @throws Refusal, NotHere */
export async function endAim(viewer: Viewer, aim: number): Promise<void> {
  enforce(canSetDirection(viewer))
  await write(viewer, async (tx) => {
    await openAim(viewer, tx, aim)
    const standing = await tx
      .selectFrom('purpose.priority')
      .select('title')
      .where('trust_id', '=', viewer.trust)
      .where('aim_id', '=', aim)
      .where('to_day', 'is', null)
      .executeTakeFirst()
    if (standing)
      throw new Refusal(
        `The priority “${standing.title}” stands on this aim. End it first, or move it to another aim.`,
      )
    await tx
      .updateTable('purpose.aim')
      .set({ to_day: addDays(viewer.today, -1) })
      .where('trust_id', '=', viewer.trust)
      .where('aim_id', '=', aim)
      .execute()
    await record(viewer, tx, { subject: 'purpose.aim', id: aim, deed: 'ended' })
  })
}
