import { randomUUID } from 'node:crypto'
import { Refusal } from '../../../kernel/refusal.ts'
import type { House } from '../../../platform/house.ts'
import { authOf } from './auth.ts'

/** An account joins an e-mail address to one person of one trust. */
export interface Account {
  readonly id: string
  readonly trust: number
  readonly person: number
  readonly name: string
  readonly email: string
}

const accounts = (house: House) =>
  house.database.kysely
    .selectFrom('access.sign_in_user')
    .select(['id', 'trust_id as trust', 'person_id as person', 'name', 'email'])

export const accountByEmail = (house: House, email: string): Promise<Account | undefined> =>
  accounts(house).where('email', '=', email.trim().toLowerCase()).executeTakeFirst()

export const accountById = (house: House, id: string): Promise<Account | undefined> =>
  accounts(house).where('id', '=', id).executeTakeFirst()

export const accountOf = (house: House, trust: number, person: number): Promise<Account | undefined> =>
  accounts(house).where('trust_id', '=', trust).where('person_id', '=', person).executeTakeFirst()

/** Those of the trust's people who can sign in. */
export const peopleWithAccounts = async (house: House, trust: number): Promise<Set<number>> =>
  new Set((await accounts(house).where('trust_id', '=', trust).execute()).map((account) => account.person))

/**
 * Gives a person an account, with a password unless it is a demo person's; all of it or nothing.
 * @throws Refusal when the address signs in as somebody else.
 */
export async function openAccount(
  house: House,
  who: Omit<Account, 'id'>,
  password?: string,
): Promise<Account> {
  const email = who.email.trim().toLowerCase()
  const taken = await accountByEmail(house, email)
  if (taken && (taken.trust !== who.trust || taken.person !== who.person))
    throw new Refusal(`The e-mail address ${email} already signs in as somebody else.`)
  const hash =
    password === undefined ? undefined : await (await authOf(house).$context).password.hash(password)
  return await house.database.kysely.transaction().execute(async (tx) => {
    const account = await tx
      .insertInto('access.sign_in_user')
      .values({
        id: randomUUID(),
        name: who.name,
        email,
        email_verified: true,
        trust_id: who.trust,
        person_id: who.person,
      })
      .onConflict((conflict) =>
        conflict.columns(['trust_id', 'person_id']).doUpdateSet({ name: who.name, email }),
      )
      .returning(['id', 'trust_id as trust', 'person_id as person', 'name', 'email'])
      .executeTakeFirstOrThrow()
    if (hash)
      await tx
        .insertInto('access.sign_in_account')
        .values({
          id: randomUUID(),
          account_id: account.id,
          provider_id: 'credential',
          user_id: account.id,
          password: hash,
        })
        .onConflict((conflict) =>
          conflict.columns(['provider_id', 'account_id']).doUpdateSet({ password: hash }),
        )
        .execute()
    return account
  })
}

/** Nobody signs in with an old address: the account follows the person's. @throws Refusal when somebody else signs in with it. */
export async function followAddress(
  house: House,
  { trust, person }: { readonly trust: number; readonly person: number },
  email: string,
): Promise<void> {
  const address = email.trim().toLowerCase()
  const account = await accountOf(house, trust, person)
  if (!account || account.email === address) return
  if (await accountByEmail(house, address))
    throw new Refusal(`The e-mail address ${address} already signs in as somebody else.`)
  await house.database.kysely
    .updateTable('access.sign_in_user')
    .set({ email: address })
    .where('id', '=', account.id)
    .execute()
}
