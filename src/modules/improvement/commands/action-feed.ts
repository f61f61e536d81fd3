import { record, type Writing, write } from '../../../platform/database/door.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { newToken, tokenHash } from '../../evidence/index.ts'

/** A new private address, said this once; an earlier one stops working. */
export const makeActionFeed = (viewer: Viewer): Promise<string> =>
  write(viewer, async (tx) => {
    const token = newToken(viewer.trust)
    await end(viewer, tx)
    await tx
      .insertInto('improvement.action_feed')
      .values({
        trust_id: viewer.trust,
        person_id: viewer.person,
        token_hash: tokenHash(token),
        made_at: viewer.house.clock.now(),
        revoked_at: null,
      })
      .execute()
    await record(viewer, tx, { subject: 'improvement.action_feed', id: viewer.person, deed: 'made' })
    return token
  })

/** The viewer's address stops working now. */
export const revokeActionFeed = (viewer: Viewer): Promise<void> =>
  write(viewer, async (tx) => {
    await end(viewer, tx)
    await record(viewer, tx, { subject: 'improvement.action_feed', id: viewer.person, deed: 'revoked' })
  })

const end = (viewer: Viewer, tx: Writing) =>
  tx
    .updateTable('improvement.action_feed')
    .set({ revoked_at: viewer.house.clock.now() })
    .where('trust_id', '=', viewer.trust)
    .where('person_id', '=', viewer.person)
    .where('revoked_at', 'is', null)
    .execute()
