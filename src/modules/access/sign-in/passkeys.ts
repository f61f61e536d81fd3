import {
  type AuthenticationResponseJSON,
  type AuthenticatorTransport,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server'
import { Refusal } from '../../../kernel/refusal.ts'
import type { House } from '../../../platform/house.ts'
import type { Account } from './accounts.ts'

/** A key in somebody's phone, laptop or key ring that opens by finger, face or PIN. */
export interface Passkey {
  readonly id: string
  readonly account: string
  readonly name: string
  readonly made: Date
  readonly used: Date | null
}

const hostOf = (house: House) => new URL(house.config.origin).hostname

const keys = (house: House) => house.database.kysely.selectFrom('access.sign_in_passkey')

export const passkeysOf = (house: House, account: string): Promise<Passkey[]> =>
  keys(house)
    .where('user_id', '=', account)
    .orderBy('made_at')
    .select(['passkey_id as id', 'user_id as account', 'name', 'made_at as made', 'used_at as used'])
    .execute()

const known = async (house: House, account: string) =>
  (await keys(house).where('user_id', '=', account).select(['passkey_id as id', 'transports']).execute()).map(
    ({ id, transports }) => ({ id, transports: transportsOf(transports) }),
  )

const transportsOf = (text: string) => text.split(' ').filter((one) => one !== '') as AuthenticatorTransport[]

/** What to ask the device for a new passkey: one that names its owner by itself and always asks for finger, face or PIN. */
export const optionsToMake = async (house: House, account: Account, trust: string) =>
  generateRegistrationOptions({
    rpName: `Throughline, ${trust}`,
    rpID: hostOf(house),
    userName: account.email,
    userDisplayName: account.name,
    userID: new Uint8Array(new TextEncoder().encode(account.id)),
    attestationType: 'none',
    excludeCredentials: await known(house, account.id),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  })

/** What to ask for signing in: of one account when it is known, otherwise whichever passkey the device has for us. */
export const optionsToSignIn = async (house: House, account?: string) =>
  generateAuthenticationOptions({
    rpID: hostOf(house),
    userVerification: 'required',
    allowCredentials: account === undefined ? [] : await known(house, account),
  })

const notMade = 'The passkey was not made: the device did not finish, or took too long. Try again.'

/** The device's answer as it was sent; nothing when it sent none. @throws Refusal */
function answerIn<T>(text: string | undefined, sentence: string): T {
  if (!text)
    throw new Refusal('A passkey needs JavaScript, which is off in this browser. Sign in another way.')
  try {
    const answer = JSON.parse(text) as T & { failed?: string }
    if (answer === null || typeof answer !== 'object' || typeof (answer as { id?: unknown }).id !== 'string')
      throw new Error(answer?.failed ?? 'no answer')
    return answer
  } catch (error) {
    throw new Refusal(sentence, { cause: error })
  }
}

/** Keeps a new passkey of an account. @throws Refusal when the device's answer is not to the challenge. */
export async function keepPasskey(
  house: House,
  account: Account,
  challenge: string,
  text: string | undefined,
  name: string,
): Promise<void> {
  const response = answerIn<RegistrationResponseJSON>(text, notMade)
  const checked = await verifyRegistrationResponse({
    response,
    expectedChallenge: challenge,
    expectedOrigin: house.config.origin,
    expectedRPID: hostOf(house),
    requireUserVerification: true,
  }).catch((error) => {
    throw new Refusal(notMade, { cause: error })
  })
  if (!checked.verified) throw new Refusal(notMade)
  const { credential } = checked.registrationInfo
  const kept = await house.database.kysely
    .insertInto('access.sign_in_passkey')
    .values({
      passkey_id: credential.id,
      user_id: account.id,
      public_key: Buffer.from(credential.publicKey).toString('base64url'),
      counter: credential.counter,
      transports: (credential.transports ?? []).join(' '),
      name: name.trim().slice(0, 60) || 'Passkey',
      made_at: house.clock.now(),
      used_at: null,
    })
    .onConflict((conflict) => conflict.column('passkey_id').doNothing())
    .executeTakeFirst()
  if (kept.numInsertedOrUpdatedRows === 0n) throw new Refusal('This passkey is kept already.')
}

const notKnown =
  'No passkey was used: the device did not finish, or its passkey is not known here. Sign in another way.'

/** The account whose passkey signed the challenge. `account`: the only one it may be. @throws Refusal */
export async function accountByPasskey(
  house: House,
  asked: { challenge: string; account?: string | undefined },
  text: string | undefined,
): Promise<string> {
  const response = answerIn<AuthenticationResponseJSON>(text, notKnown)
  const row = await keys(house).where('passkey_id', '=', response.id).selectAll().executeTakeFirst()
  if (!row || (asked.account !== undefined && row.user_id !== asked.account)) throw new Refusal(notKnown)
  const checked = await verifyAuthenticationResponse({
    response,
    expectedChallenge: asked.challenge,
    expectedOrigin: house.config.origin,
    expectedRPID: hostOf(house),
    requireUserVerification: true,
    credential: {
      id: row.passkey_id,
      publicKey: new Uint8Array(Buffer.from(row.public_key, 'base64url')),
      counter: row.counter,
      transports: transportsOf(row.transports),
    },
  }).catch((error) => {
    throw new Refusal(notKnown, { cause: error })
  })
  if (!checked.verified) throw new Refusal(notKnown)
  await house.database.kysely
    .updateTable('access.sign_in_passkey')
    .set({ counter: checked.authenticationInfo.newCounter, used_at: house.clock.now() })
    .where('passkey_id', '=', row.passkey_id)
    .execute()
  return row.user_id
}

/** The passkey opens nothing from now on. */
export const removePasskey = async (house: House, account: string, id: string): Promise<boolean> =>
  (
    await house.database.kysely
      .deleteFrom('access.sign_in_passkey')
      .where('user_id', '=', account)
      .where('passkey_id', '=', id)
      .executeTakeFirst()
  ).numDeletedRows > 0n
