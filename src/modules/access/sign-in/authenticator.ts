import { Secret, TOTP } from 'otpauth'
import type { House } from '../../../platform/house.ts'
import { seal, unseal } from '../../../platform/seal.ts'

const purpose = 'authenticator'
const period = 30

const appFor = (secret: Secret, label: string, issuer: string) =>
  new TOTP({ issuer, label, secret, algorithm: 'SHA1', digits: 6, period })

/** A new secret for an authenticator app (RFC 6238, 160 bits), and the address that the app reads from the picture. */
export const newSecret = (): string => new Secret({ size: 20 }).base32

export const appAddress = (secret: string, email: string, trust: string): string =>
  appFor(Secret.fromBase32(secret), email, `Throughline, ${trust}`).toString()

/**
 * The half minute that a code belongs to, when it is right now or one half minute before or after; phones' clocks differ. Reads the machine's
 * own clock: an app knows no other, and the demo's stands on another day.
 */
export function counterOf(secret: string, code: string): number | undefined {
  const now = Date.now()
  const apart = appFor(Secret.fromBase32(secret), '', '').validate({ token: code, timestamp: now, window: 1 })
  return apart === null ? undefined : Math.floor(now / 1000 / period) + apart
}

/** The first code was right: the app counts from now on, and that code is spent. */
export const keepAuthenticator = (house: House, account: string, secret: string, counter: number) =>
  house.database.kysely
    .insertInto('access.sign_in_authenticator')
    .values({
      user_id: account,
      secret_sealed: seal(house.config.secret, `${purpose} ${account}`, secret),
      last_counter: counter,
      set_at: house.clock.now(),
    })
    .onConflict((conflict) =>
      conflict.column('user_id').doUpdateSet((eb) => ({
        secret_sealed: eb.ref('excluded.secret_sealed'),
        last_counter: eb.ref('excluded.last_counter'),
        set_at: eb.ref('excluded.set_at'),
      })),
    )
    .execute()

/** Is the code right, and not used before? Spends it. */
export async function spendAppCode(house: House, account: string, code: string): Promise<boolean> {
  const row = await house.database.kysely
    .selectFrom('access.sign_in_authenticator')
    .where('user_id', '=', account)
    .select('secret_sealed')
    .executeTakeFirst()
  const secret = row && unseal(house.config.secret, `${purpose} ${account}`, row.secret_sealed)
  const counter = secret ? counterOf(secret, code) : undefined
  if (counter === undefined) return false
  const spent = await house.database.kysely
    .updateTable('access.sign_in_authenticator')
    .set({ last_counter: counter })
    .where('user_id', '=', account)
    .where('last_counter', '<', counter)
    .executeTakeFirst()
  return spent.numUpdatedRows > 0n
}
