import { createHash, randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { NotHere } from '../../../kernel/refusal.ts'
import { read, record, type Writing, write } from '../../../platform/database/door.ts'
import type { House } from '../../../platform/house.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { atTheDoor, viewerOf } from './viewer-of.ts'

/** A secret address: the trust's number, so that its record can be opened, and 192 bits that only the owner knows. */
const newToken = (trust: number): string => `${trust}-${randomBytes(24).toString('base64url')}`

const tokenTrust = (token: string): number | undefined => {
  const found = /^([1-9]\d{0,8})-[\w-]{32}$/.exec(token)
  return found ? Number(found[1]) : undefined
}

/** What the record keeps: who reads the record can't open the address. */
const tokenHash = (token: string): string => createHash('sha256').update(token).digest('hex')

/**
 * Addresses by which a person's own calendar reads something of theirs without a session, kept in a table of the module that
 * gives it: `trust_id, person_id, token_hash, made_at, revoked_at`. Whoever holds one reads it until it is revoked.
 */
export function privateAddresses(table: `${string}.${string}`) {
  const own = (viewer: Viewer) =>
    sql`trust_id = ${viewer.trust} and person_id = ${viewer.person} and revoked_at is null`
  const end = (viewer: Viewer, tx: Writing) =>
    sql`update ${sql.table(table)} set revoked_at = ${viewer.house.clock.now()} where ${own(viewer)}`.execute(
      tx,
    )
  const told = (viewer: Viewer, tx: Writing, deed: string) =>
    record(viewer, tx, { subject: table, id: viewer.person, deed })

  return {
    /** When the viewer's address was made; nothing when they have none. */
    madeAt: (viewer: Viewer): Promise<Date | undefined> =>
      read(viewer, async (db) => {
        const { rows } = await sql<{ made_at: Date }>`
          select made_at from ${sql.table(table)} where ${own(viewer)}`.execute(db)
        return rows[0]?.made_at
      }),

    /** A new address, said this once; an earlier one stops working. */
    make: (viewer: Viewer): Promise<string> =>
      write(viewer, async (tx) => {
        const token = newToken(viewer.trust)
        await end(viewer, tx)
        await sql`insert into ${sql.table(table)} (trust_id, person_id, token_hash, made_at)
          values (${viewer.trust}, ${viewer.person}, ${tokenHash(token)}, ${viewer.house.clock.now()})`.execute(
          tx,
        )
        await told(viewer, tx, 'made')
        return token
      }),

    /** The viewer's address stops working now: it leaked, or is not needed. */
    revoke: (viewer: Viewer): Promise<void> =>
      write(viewer, async (tx) => {
        await end(viewer, tx)
        await told(viewer, tx, 'revoked')
      }),

    /** Whose address it is, as they may see today. @throws NotHere when it was revoked, never was, or its owner has left. */
    ownerOf: async (house: House, token: string): Promise<Viewer> => {
      const trust = tokenTrust(token)
      if (trust === undefined) throw new NotHere()
      const { rows } = await read(atTheDoor(house, trust), (db) =>
        sql<{ person_id: number }>`select person_id from ${sql.table(table)}
          where trust_id = ${trust} and token_hash = ${tokenHash(token)} and revoked_at is null`.execute(db),
      )
      if (!rows[0]) throw new NotHere()
      const viewer = await viewerOf(house, trust, rows[0].person_id)
      if (viewer.grants.length === 0) throw new NotHere()
      return viewer
    },
  }
}
