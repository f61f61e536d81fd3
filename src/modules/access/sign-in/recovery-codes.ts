import { createHmac, randomBytes } from 'node:crypto'
import type { House } from '../../../platform/house.ts'
import { codesGiven, recoveryCode } from '../domain/recovery-codes.ts'

const hashOf = (house: House, account: string, code: string) =>
  createHmac('sha256', house.config.secret).update(`recovery ${account} ${code}`).digest('hex')

/** New codes, said this once; earlier ones no longer work. */
export async function newRecoveryCodes(house: House, account: string): Promise<string[]> {
  const codes = Array.from({ length: codesGiven }, () => recoveryCode(randomBytes(10)))
  await house.database.kysely.transaction().execute(async (tx) => {
    await tx.deleteFrom('access.sign_in_recovery_code').where('user_id', '=', account).execute()
    await tx
      .insertInto('access.sign_in_recovery_code')
      .values(
        codes.map((code) => ({ user_id: account, code_hash: hashOf(house, account, code), used_at: null })),
      )
      .execute()
  })
  return codes
}

/** Is it one of the account's codes, and unused? Spends it. */
export async function spendRecoveryCode(house: House, account: string, code: string): Promise<boolean> {
  const spent = await house.database.kysely
    .updateTable('access.sign_in_recovery_code')
    .set({ used_at: house.clock.now() })
    .where('user_id', '=', account)
    .where('code_hash', '=', hashOf(house, account, code))
    .where('used_at', 'is', null)
    .executeTakeFirst()
  return spent.numUpdatedRows > 0n
}
