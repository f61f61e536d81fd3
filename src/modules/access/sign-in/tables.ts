import type { Generated, JSONColumnType } from 'kysely'
import type { Role } from '../../../kernel/roles.ts'

/** Where a trust's people may sign in elsewhere. */
export interface IdentityProviderTable {
  trust_id: number
  provider_id: Generated<number>
  kind: 'microsoft' | 'google'
  issuer: string
  belongs_to: string
  client_id: string
  secret_sealed: string
  two_steps: boolean
  set_by: number | null
  set_at: Date
  ended_by: number | null
  ended_at: Date | null
}

export interface SecondStepRuleTable {
  trust_id: number
  rule_id: Generated<number>
  role: Role
  set_by: number | null
  set_at: Date
  ended_by: number | null
  ended_at: Date | null
}

/** Readable only while no viewer is set, as all that follow. */
export interface SignInStepTable {
  step_hash: string
  kind: string
  data: JSONColumnType<object>
  expires_at: Date
}

export interface SignInAuthenticatorTable {
  user_id: string
  secret_sealed: string
  last_counter: number
  set_at: Date
}

export interface SignInRecoveryCodeTable {
  user_id: string
  code_hash: string
  used_at: Date | null
}

export interface SignInPasskeyTable {
  passkey_id: string
  user_id: string
  public_key: string
  counter: number
  transports: string
  name: string
  made_at: Date
  used_at: Date | null
}

declare module '../../../platform/database/tables.ts' {
  interface Tables {
    'access.identity_provider': IdentityProviderTable
    'access.second_step_rule': SecondStepRuleTable
    'access.sign_in_step': SignInStepTable
    'access.sign_in_authenticator': SignInAuthenticatorTable
    'access.sign_in_recovery_code': SignInRecoveryCodeTable
    'access.sign_in_passkey': SignInPasskeyTable
  }
}
