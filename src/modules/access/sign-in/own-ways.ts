import type { Context } from 'hono'
import { NotHere, Refusal } from '../../../kernel/refusal.ts'
import type { House } from '../../../platform/house.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { audit } from '../commands/audit.ts'
import { readCode } from '../domain/recovery-codes.ts'
import { type Account, accountOf } from './accounts.ts'
import { beginAttempt, succeed } from './attempts.ts'
import { authOf } from './auth.ts'
import { counterOf, keepAuthenticator, spendAppCode } from './authenticator.ts'
import { joinedWith } from './join.ts'
import { keepPasskey, type Passkey, passkeysOf, removePasskey } from './passkeys.ts'
import { type Provider, providersOf } from './providers.ts'
import { newRecoveryCodes, spendRecoveryCode } from './recovery-codes.ts'
import { mustTakeTwo } from './rules.ts'
import { type SecondSteps, secondStepsOf } from './second-step.ts'
import { sessionOf } from './signed-in.ts'
import type { Steps } from './step.ts'
import { tellHolder } from './tell-holder.ts'

/** All the ways by which the viewer signs in. */
export interface OwnWays {
  readonly password: boolean
  readonly steps: SecondSteps
  readonly passkeys: readonly Passkey[]
  readonly providers: readonly (Provider & { readonly joined: boolean })[]
  /** A role held today asks for two steps. */
  readonly needsTwo: boolean
}

/** @throws NotHere for a viewer who is nobody's account. */
export async function ownAccount(viewer: Viewer): Promise<Account> {
  const account = await accountOf(viewer.house, viewer.trust, viewer.person)
  if (!account) throw new NotHere()
  return account
}

export async function ownWays(viewer: Viewer): Promise<OwnWays> {
  const { house } = viewer
  const { id } = await ownAccount(viewer)
  const joined = await joinedWith(house, id)
  return {
    password: joined.has('credential'),
    steps: await secondStepsOf(house, id),
    passkeys: await passkeysOf(house, id),
    providers: (await providersOf(viewer)).map((one) => ({ ...one, joined: joined.has(one.issuer) })),
    needsTwo: await mustTakeTwo(viewer),
  }
}

/** Each change is in the trail, and the holder is told by e-mail, so that nobody else's hand goes unseen. */
async function changed(viewer: Viewer, account: Account, deed: string): Promise<void> {
  await audit(viewer, { deed, subject: 'organisation.person', id: viewer.person })
  await tellHolder(viewer.house, account, `You have ${deed}.`)
}

/** The first of the second steps: this session counts as two from now on, every other ends, and recovery codes are given. */
async function begun(viewer: Viewer, c: Context, account: Account): Promise<string[] | undefined> {
  const { house } = viewer
  const here = await sessionOf(house, c)
  await house.database.kysely
    .updateTable('access.sign_in_session')
    .set({ steps: 'two' })
    .where('user_id', '=', account.id)
    .where('id', '=', here?.session.id ?? '')
    .execute()
  await house.database.kysely
    .deleteFrom('access.sign_in_session')
    .where('user_id', '=', account.id)
    .where('steps', '=', 'one')
    .execute()
  const { codesLeft } = await secondStepsOf(house, account.id)
  return codesLeft === 0 ? await newRecoveryCodes(house, account.id) : undefined
}

/** Keeps an authenticator app that has shown its first code; the answer is recovery codes, when there are none yet. @throws Refusal */
export async function keepApp(
  viewer: Viewer,
  c: Context,
  step: Steps['authenticator'],
  typed: string,
): Promise<string[] | undefined> {
  const account = await ownAccount(viewer)
  const read = readCode(typed)
  const counter =
    step.account === account.id && read?.kind === 'app' ? counterOf(step.secret, read.code) : undefined
  if (counter === undefined)
    throw new Refusal(
      'That is not the code the app shows now. Wait for the next one; if that is wrong too, check that the phone sets its clock by itself.',
    )
  await keepAuthenticator(viewer.house, account.id, step.secret, counter)
  await changed(viewer, account, 'set up an authenticator app')
  return await begun(viewer, c, account)
}

/** Keeps a passkey; the answer is recovery codes, when there are none yet. @throws Refusal */
export async function addPasskey(
  viewer: Viewer,
  c: Context,
  challenge: string,
  answer: { text: string | undefined; name: string },
): Promise<string[] | undefined> {
  const account = await ownAccount(viewer)
  await keepPasskey(viewer.house, account, challenge, answer.text, answer.name)
  await changed(viewer, account, 'made a passkey')
  return await begun(viewer, c, account)
}

/** Whoever sits at an open browser must still hold the phone or a code. @throws Refusal */
async function mustHold(viewer: Viewer, account: Account, typed: string, address: string): Promise<void> {
  const { house } = viewer
  const attempt = await beginAttempt(house, { kind: 'second-step', email: account.email, address })
  if (!attempt.ok) throw new Refusal(attempt.because)
  const read = readCode(typed)
  const right =
    read?.kind === 'app'
      ? await spendAppCode(house, account.id, read.code)
      : read?.kind === 'recovery' && (await spendRecoveryCode(house, account.id, read.code))
  if (!right)
    throw new Refusal(
      'That code is not right, or has been used. Enter the app’s next one, or a recovery code.',
    )
  await succeed(house, attempt.attempt!)
}

const onlyStep = 'Your role asks for two steps. Set up another second step first, then remove this one.'

/** The app counts no more. @throws Refusal when the code is wrong, or a role needs it. */
export async function endApp(viewer: Viewer, typed: string, address: string): Promise<void> {
  const account = await ownAccount(viewer)
  const { passkeys } = await secondStepsOf(viewer.house, account.id)
  if (passkeys === 0 && (await mustTakeTwo(viewer))) throw new Refusal(onlyStep)
  await mustHold(viewer, account, typed, address)
  await viewer.house.database.kysely
    .deleteFrom('access.sign_in_authenticator')
    .where('user_id', '=', account.id)
    .execute()
  await changed(viewer, account, 'removed your authenticator app')
}

/** New recovery codes in place of all earlier ones. @throws Refusal when the code is wrong. */
export async function renewCodes(viewer: Viewer, typed: string, address: string): Promise<string[]> {
  const account = await ownAccount(viewer)
  const { any, app } = await secondStepsOf(viewer.house, account.id)
  if (!any) throw new Refusal('Set up a second step first: recovery codes stand in for one.')
  if (app) await mustHold(viewer, account, typed, address)
  const codes = await newRecoveryCodes(viewer.house, account.id)
  await changed(viewer, account, 'made new recovery codes')
  return codes
}

/** @throws NotHere when it is not the viewer's. @throws Refusal when a role needs it. */
export async function endPasskey(viewer: Viewer, id: string): Promise<void> {
  const account = await ownAccount(viewer)
  const { app, passkeys } = await secondStepsOf(viewer.house, account.id)
  if (!app && passkeys === 1 && (await mustTakeTwo(viewer))) throw new Refusal(onlyStep)
  if (!(await removePasskey(viewer.house, account.id, id))) throw new NotHere()
  await changed(viewer, account, 'removed a passkey')
}

/** The viewer's account and the one at the provider are two again. @throws Refusal when nothing would be left to sign in by. */
export async function endJoin(viewer: Viewer, provider: number): Promise<void> {
  const account = await ownAccount(viewer)
  const ways = await ownWays(viewer)
  const found = ways.providers.find((one) => one.id === provider && one.joined)
  if (!found) throw new NotHere()
  if (!ways.password && ways.passkeys.length === 0 && ways.providers.filter((one) => one.joined).length < 2)
    throw new Refusal(
      'You could not sign in any more. Set a password first: sign out, then “I have forgotten my password”.',
    )
  await viewer.house.database.kysely
    .deleteFrom('access.sign_in_account')
    .where('user_id', '=', account.id)
    .where('provider_id', '=', found.issuer)
    .execute()
  await changed(viewer, account, `parted your account from ${found.name}`)
}

/** Ends everything but the password by which somebody signs in, and every session. */
export async function endAllWays(house: House, account: Account): Promise<void> {
  await house.database.kysely.transaction().execute(async (tx) => {
    for (const table of [
      'access.sign_in_authenticator',
      'access.sign_in_recovery_code',
      'access.sign_in_passkey',
    ] as const)
      await tx.deleteFrom(table).where('user_id', '=', account.id).execute()
    await tx
      .deleteFrom('access.sign_in_account')
      .where('user_id', '=', account.id)
      .where('provider_id', '<>', 'credential')
      .execute()
  })
  await (await authOf(house).$context).internalAdapter.deleteUserSessions(account.id)
}
