import { enforce, NotHere, Refusal } from '../../../kernel/refusal.ts'
import type { Grant } from '../../../kernel/viewer.ts'
import { read, record, write } from '../../../platform/database/door.ts'
import type { House } from '../../../platform/house.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { auditIn } from '../commands/audit.ts'
import { maySetSignIn } from '../domain/can-set-provider.ts'
import { atTheDoor } from '../queries/viewer-of.ts'
import { newToken, readToken } from '../sign-in/invitation-token.ts'

export interface ScimToken {
  readonly id: number
  readonly name: string
  readonly made: Date
  readonly used: Date | null
}

const inUse = { role: 'administrator', node: 'trust', schools: 'all' } as const satisfies Grant

/** Tokens that hold, latest first; none for those who may not see them. */
export const scimTokens = async (viewer: Viewer): Promise<ScimToken[]> =>
  maySetSignIn(viewer).ok
    ? await read(viewer, (db) =>
        db
          .selectFrom('access.scim_token')
          .where('trust_id', '=', viewer.trust)
          .where('revoked_at', 'is', null)
          .select(['token_id as id', 'name', 'made_at as made', 'used_at as used'])
          .orderBy('token_id', 'desc')
          .execute(),
      )
    : []

/** A new token for a directory, said this once. @throws Refusal */
export const makeScimToken = (viewer: Viewer, name: string): Promise<string> =>
  write(viewer, async (tx) => {
    enforce(maySetSignIn(viewer))
    const named = name.trim().slice(0, 60)
    if (!named) throw new Refusal('Say which directory the token is for, such as Entra.')
    const { token, hash } = newToken(viewer.trust)
    const { token_id: id } = await tx
      .insertInto('access.scim_token')
      .values({
        trust_id: viewer.trust,
        name: named,
        token_hash: hash,
        made_by: viewer.person || null,
        made_at: viewer.house.clock.now(),
        revoked_by: null,
        revoked_at: null,
        used_at: null,
      })
      .returning('token_id')
      .executeTakeFirstOrThrow()
    await record(viewer, tx, { subject: 'access.scim_token', id, deed: 'made' })
    await auditIn(viewer, tx, {
      deed: 'made a SCIM token',
      subject: 'access.scim_token',
      id,
      detail: { what: named },
    })
    return token
  })

/** The token is worth nothing from now on. @throws Refusal, NotHere */
export const revokeScimToken = (viewer: Viewer, id: number): Promise<void> =>
  write(viewer, async (tx) => {
    enforce(maySetSignIn(viewer))
    const revoked = await tx
      .updateTable('access.scim_token')
      .set({ revoked_by: viewer.person || null, revoked_at: viewer.house.clock.now() })
      .where('trust_id', '=', viewer.trust)
      .where('token_id', '=', id)
      .where('revoked_at', 'is', null)
      .returning('name')
      .executeTakeFirst()
    if (!revoked) throw new NotHere()
    await record(viewer, tx, { subject: 'access.scim_token', id, deed: 'revoked' })
    await auditIn(viewer, tx, {
      deed: 'revoked a SCIM token',
      subject: 'access.scim_token',
      id,
      detail: { what: revoked.name },
    })
  })

/** How fresh `used_at` is kept: not a write a request. */
const hour = 3_600_000

/** The directory behind a token, as a viewer that manages the trust's people and is nobody; nothing when the token does not hold. */
export async function directoryBy(house: House, token: string): Promise<Viewer | undefined> {
  const parts = readToken(token)
  if (!parts) return undefined
  const door = atTheDoor(house, parts.trust)
  const found = await read(door, (db) =>
    db
      .selectFrom('access.scim_token')
      .where('trust_id', '=', parts.trust)
      .where('token_hash', '=', parts.hash)
      .where('revoked_at', 'is', null)
      .select(['token_id as id', 'name', 'used_at as used'])
      .executeTakeFirst(),
  )
  if (!found) return undefined
  const now = house.clock.now()
  if (!found.used || now.getTime() - found.used.getTime() > hour)
    await write(door, (tx) =>
      tx
        .updateTable('access.scim_token')
        .set({ used_at: now })
        .where('trust_id', '=', parts.trust)
        .where('token_id', '=', found.id)
        .execute(),
    )
  return { ...door, name: `The directory ${found.name}`, title: 'SCIM', grants: [inUse] }
}
