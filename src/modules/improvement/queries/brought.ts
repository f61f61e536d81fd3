import { NotHere } from '../../../kernel/refusal.ts'
import { read } from '../../../platform/database/door.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import type { ProposedPart } from '../domain/proposed.ts'

/** A document that waits to be put into the areas of a self-evaluation. */
export interface BroughtDocument {
  readonly id: number
  readonly evaluation: number
  readonly name: string
  readonly parts: readonly ProposedPart[]
  readonly at: Date
}

/** Documents of a self-evaluation that wait, latest first; for its writers. */
export const broughtInto = (viewer: Viewer, evaluation: number): Promise<BroughtDocument[]> =>
  read(viewer, async (db) =>
    (
      await db
        .selectFrom('improvement.brought')
        .where('trust_id', '=', viewer.trust)
        .where('evaluation_id', '=', evaluation)
        .where('settled_at', 'is', null)
        .select(['brought_id as id', 'evaluation_id as evaluation', 'name', 'parts', 'at'])
        .orderBy('brought_id', 'desc')
        .execute()
    ).map((row) => ({ ...row, parts: row.parts as ProposedPart[] })),
  )

/** @throws NotHere */
export async function broughtById(viewer: Viewer, evaluation: number, id: number): Promise<BroughtDocument> {
  const found = (await broughtInto(viewer, evaluation)).find((one) => one.id === id)
  if (!found) throw new NotHere('There is no such document that waits, or it was put in already.')
  return found
}
