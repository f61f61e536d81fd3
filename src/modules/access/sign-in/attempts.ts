import { createHmac } from 'node:crypto'
import { sql } from 'kysely'
import type { Verdict } from '../../../kernel/refusal.ts'
import type { House } from '../../../platform/house.ts'
import { type AttemptKind, canTry, limits } from '../domain/attempts.ts'

export interface Attempt {
  readonly kind: AttemptKind
  readonly email: string
  readonly address: string
}

/** Sign-ins take turns by this number for the moment of counting, so that many at once can't slip past the count. */
const turn = 7_406_233
const keptFor = 24 * 3_600_000
/** From where somebody signed in within this time, a flood of guesses from elsewhere does not shut them out. */
const knownFor = 30 * 24 * 3_600_000

const accountKey = (house: House, email: string) =>
  createHmac('sha256', house.config.secret).update(email.trim().toLowerCase()).digest('hex')

/** Counts an attempt before it is made. One that is refused is not counted, so that waiting always ends. */
export function beginAttempt(house: House, attempt: Attempt): Promise<Verdict & { attempt?: number }> {
  const account = accountKey(house, attempt.email)
  const now = house.clock.now()
  const since = new Date(now.getTime() - limits[attempt.kind].minutes * 60_000)
  return house.database.kysely.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(${turn})`.execute(tx)
    const rows = await tx
      .selectFrom('access.sign_in_attempt')
      .where('kind', '=', attempt.kind)
      .where('at', '>', since)
      .where((eb) => eb.or([eb('account', '=', account), eb('address', '=', attempt.address)]))
      .orderBy('attempt_id', 'desc')
      .select(['at', 'account', 'address', 'succeeded'])
      .execute()
    const own = rows.filter((row) => row.account === account)
    const success = own.findIndex((row) => row.succeeded)
    const failed = success === -1 ? own : own.slice(0, success)
    const knownHere = await tx
      .selectFrom('access.sign_in_attempt')
      .where('account', '=', account)
      .where('address', '=', attempt.address)
      .where('succeeded', '=', true)
      .select('attempt_id')
      .limit(1)
      .executeTakeFirst()
    const verdict = canTry(
      attempt.kind,
      {
        accountHere: failed.filter((row) => row.address === attempt.address).map((row) => row.at),
        account: knownHere ? [] : failed.map((row) => row.at),
        address: rows.filter((row) => row.address === attempt.address && !row.succeeded).map((row) => row.at),
      },
      now,
    )
    // Refused at little cost: ten thousand of these must not hold up anybody else.
    if (!verdict.ok) return verdict
    await tx
      .deleteFrom('access.sign_in_attempt')
      .where((eb) =>
        eb.or([
          eb('at', '<', new Date(now.getTime() - knownFor)),
          eb.and([eb('at', '<', new Date(now.getTime() - keptFor)), eb('succeeded', '=', false)]),
        ]),
      )
      .execute()
    await tx.deleteFrom('access.sign_in_session').where('expires_at', '<', new Date()).execute()
    const made = await tx
      .insertInto('access.sign_in_attempt')
      .values({ at: now, kind: attempt.kind, account, address: attempt.address })
      .returning('attempt_id')
      .executeTakeFirstOrThrow()
    return { ok: true, attempt: made.attempt_id }
  })
}

/** The attempt was the right person: earlier failures on the account no longer count. */
export const succeed = (house: House, attempt: number) =>
  house.database.kysely
    .updateTable('access.sign_in_attempt')
    .set({ succeeded: true })
    .where('attempt_id', '=', attempt)
    .execute()

/** A new password was set through the mailbox: the account starts counting afresh, and that place is known. */
export async function forgiveAttempts(house: House, email: string, address: string): Promise<void> {
  const account = accountKey(house, email)
  await house.database.kysely
    .deleteFrom('access.sign_in_attempt')
    .where('kind', '=', 'sign-in')
    .where('account', '=', account)
    .execute()
  await house.database.kysely
    .insertInto('access.sign_in_attempt')
    .values({ at: house.clock.now(), kind: 'sign-in', account, address, succeeded: true })
    .execute()
}
