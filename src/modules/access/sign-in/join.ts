import { randomUUID } from 'node:crypto'
import { NotHere, Refusal } from '../../../kernel/refusal.ts'
import { write } from '../../../platform/database/door.ts'
import type { House } from '../../../platform/house.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { personByEmail, trustOf } from '../../organisation/index.ts'
import { audit } from '../commands/audit.ts'
import { belongsHere, type Claims, subjectOf, vouchedEmail } from '../domain/provider-claims.ts'
import { atTheDoor, viewerOf } from '../queries/viewer-of.ts'
import { type Account, accountById, accountOf, openAccount } from './accounts.ts'
import type { Provider } from './providers.ts'

const joins = (house: House, { issuer }: Pick<Provider, 'issuer'>) =>
  house.database.kysely.selectFrom('access.sign_in_account').where('provider_id', '=', issuer)

/** Which providers an account is joined with, by issuer. */
export const joinedWith = async (house: House, account: string): Promise<Set<string>> =>
  new Set(
    (
      await house.database.kysely
        .selectFrom('access.sign_in_account')
        .where('user_id', '=', account)
        .select('provider_id')
        .execute()
    ).map((row) => row.provider_id),
  )

async function join(house: House, provider: Provider, account: Account, subject: string): Promise<void> {
  await house.database.kysely
    .insertInto('access.sign_in_account')
    .values({
      id: randomUUID(),
      account_id: subject,
      provider_id: provider.issuer,
      user_id: account.id,
      password: null,
    })
    .execute()
  await audit(await viewerOf(house, account.trust, account.person), {
    deed: `joined their account with ${provider.name}`,
    subject: 'organisation.person',
    id: account.person,
  })
}

const joinedElsewhere = (name: string) =>
  new Refusal(
    `Your account here is joined with another ${name} account. Sign in with that one, or ask whoever manages people to reset how you sign in.`,
  )

/**
 * The account of whoever signed in at the provider. Known by the provider's own id once joined; the first time by the address that the provider
 * vouches for, and only if the trust's record has a person with it. Nobody is made by signing in.
 * @throws Refusal in a sentence for everybody else.
 */
export async function accountFor(house: House, provider: Provider, claims: Claims): Promise<Account> {
  mustBelong(provider, claims)
  const subject = subjectOf(provider.kind, claims)
  const joined = await joins(house, provider)
    .where('account_id', '=', subject)
    .select('user_id')
    .executeTakeFirst()
  if (joined) {
    const account = await accountById(house, joined.user_id)
    if (account?.trust === provider.trust) return account
    throw new Refusal(`This ${provider.name} account signs in to another trust here.`)
  }
  const email = vouchedEmail(provider.kind, claims)
  if (!email)
    throw new Refusal(
      `${provider.name} does not vouch for your e-mail address, so we can’t tell who you are. Sign in with your password, then join the two under “Your account”.`,
    )
  const account = await accountOfPerson(house, provider, email)
  if ((await joinedWith(house, account.id)).has(provider.issuer)) throw joinedElsewhere(provider.name)
  await join(house, provider, account, subject)
  return account
}

/** Joins the account of somebody who is signed in; here the address need not be the same. @throws Refusal */
export async function joinTo(
  house: House,
  provider: Provider,
  claims: Claims,
  account: Account,
): Promise<void> {
  mustBelong(provider, claims)
  const subject = subjectOf(provider.kind, claims)
  const held = await joins(house, provider)
    .where('account_id', '=', subject)
    .select('user_id')
    .executeTakeFirst()
  if (held?.user_id === account.id) return
  if (held) throw new Refusal(`This ${provider.name} account is joined with somebody else’s account here.`)
  if ((await joinedWith(house, account.id)).has(provider.issuer)) throw joinedElsewhere(provider.name)
  await join(house, provider, account, subject)
}

function mustBelong(provider: Provider, claims: Claims): void {
  const verdict = belongsHere(provider.kind, provider.belongsTo, claims)
  if (!verdict.ok) throw new Refusal(verdict.because)
}

async function accountOfPerson(house: House, provider: Provider, email: string): Promise<Account> {
  const door = atTheDoor(house, provider.trust)
  const person = await personByEmail(door, email)
  if (!person)
    throw new Refusal(
      `Nobody in ${(await trustOf(door)).name} is known by the address ${email}. Accounts are made by invitation only: ask your school’s headteacher or the trust’s data lead.`,
    )
  const viewer = await viewerOf(house, provider.trust, person.id).catch((error) => {
    if (error instanceof NotHere)
      throw new Refusal('You can’t sign in any more: it is recorded that you have left.')
    throw error
  })
  const known = await accountOf(house, provider.trust, person.id)
  if (known) return known
  const account = await openAccount(house, {
    trust: provider.trust,
    person: person.id,
    name: person.name,
    email: person.email,
  })
  await acceptWaiting(viewer)
  return account
}

/** An invitation that waited is answered by coming in this way: its link no longer sets a password. */
const acceptWaiting = (viewer: Viewer) =>
  write(viewer, (tx) =>
    tx
      .updateTable('access.invitation')
      .set({ accepted_at: viewer.house.clock.now() })
      .where('trust_id', '=', viewer.trust)
      .where('person_id', '=', viewer.person)
      .where('accepted_at', 'is', null)
      .where('withdrawn_at', 'is', null)
      .execute(),
  )
