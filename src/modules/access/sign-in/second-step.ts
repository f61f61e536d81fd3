import { sql } from 'kysely'
import type { House } from '../../../platform/house.ts'
import { audit } from '../commands/audit.ts'
import { readCode } from '../domain/recovery-codes.ts'
import { accountById } from './accounts.ts'
import { beginAttempt, succeed } from './attempts.ts'
import { spendAppCode } from './authenticator.ts'
import { type Entered, openSession, type Visit } from './open-session.ts'
import { spendRecoveryCode } from './recovery-codes.ts'
import type { Steps } from './step.ts'

/** What an account has for its second step. */
export interface SecondSteps {
  readonly app: Date | null
  readonly passkeys: number
  readonly codesLeft: number
  /** A password alone does not let in. */
  readonly any: boolean
}

export async function secondStepsOf(house: House, account: string): Promise<SecondSteps> {
  const { rows } = await sql<{ app: Date | null; passkeys: number; codes: number }>`select
    (select set_at from access.sign_in_authenticator where user_id = ${account}) as app,
    (select count(*)::int from access.sign_in_passkey where user_id = ${account}) as passkeys,
    (select count(*)::int from access.sign_in_recovery_code where user_id = ${account} and used_at is null) as codes`.execute(
    house.database.kysely,
  )
  const [{ app, passkeys, codes }] = rows as [(typeof rows)[number]]
  return { app, passkeys, codesLeft: codes, any: app !== null || passkeys > 0 }
}

export type SecondAnswer =
  | ({ readonly ok: true; readonly recovery: boolean } & Entered)
  | { readonly ok: false; readonly because: string; readonly wait: boolean }

const wrongCode =
  'That code is not right. The app shows a new one every 30 seconds, and each works once; a recovery code looks like k7mqp-x2f9r.'

/** Ends a sign-in with a code of the app or a recovery code. */
export async function finishSecondStep(
  house: House,
  half: Steps['second'],
  typed: string,
  visit: Visit,
): Promise<SecondAnswer> {
  const account = await accountById(house, half.account)
  if (!account) return { ok: false, because: wrongCode, wait: false }
  const begun = await beginAttempt(house, {
    kind: 'second-step',
    email: account.email,
    address: visit.address,
  })
  if (!begun.ok) return { ok: false, because: begun.because, wait: true }
  const read = readCode(typed)
  const right =
    read?.kind === 'app'
      ? await spendAppCode(house, account.id, read.code)
      : read?.kind === 'recovery' && (await spendRecoveryCode(house, account.id, read.code))
  if (!right) return { ok: false, because: wrongCode, wait: false }
  const entered = await openSession(house, account, { way: half.way, steps: 'two' }, visit)
  if (!entered) return { ok: false, because: 'You can’t sign in any more.', wait: false }
  await succeed(house, begun.attempt!)
  const recovery = read?.kind === 'recovery'
  if (recovery)
    await audit(entered.viewer, {
      deed: 'used a recovery code',
      subject: 'organisation.person',
      id: account.person,
    })
  return { ok: true, recovery, ...entered }
}
