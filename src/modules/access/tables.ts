import './scim/tables.ts'
import './sign-in/tables.ts'
import type { ColumnType, Generated, JSONColumnType } from 'kysely'
import type { Day } from '../../kernel/days.ts'
import type { Role } from '../../kernel/roles.ts'
import type { Grant } from '../../kernel/viewer.ts'

/** A role at a node, from a day to a day, both included. */
export interface RoleGrantTable {
  trust_id: number
  grant_id: Generated<number>
  person_id: number
  role: Role
  node: Grant['node']
  cluster_id: number | null
  school_id: number | null
  department_id: number | null
  class_id: number | null
  from_day: Day
  to_day: Day | null
  given_by: number | null
  given_at: ColumnType<Date, Date | undefined, never>
  ended_by: number | null
  ended_at: Date | null
}

export interface AuditLinkTable {
  trust_id: number
  seq: number
  previous_hash: string
  hash: string
}

export interface AuditTable {
  trust_id: number
  seq: number
  at: Date
  person_id: number | null
  person_name: string
  deed: string
  subject: string
  subject_id: string
  school_id: number | null
  detail: JSONColumnType<Record<string, unknown>>
}

export interface AuditPupilTable {
  trust_id: number
  pupil_id: number
  seq: number
}

export interface InvitationTable {
  trust_id: number
  invitation_id: Generated<number>
  person_id: number
  token_hash: string
  invited_by: number | null
  invited_at: Date
  expires_at: Date
  accepted_at: Date | null
  withdrawn_at: Date | null
}

export interface BreakGlassTable {
  trust_id: number
  break_glass_id: Generated<number>
  person_id: number
  school_id: number
  pupil_id: number | null
  reason: string
  from_at: Date
  until_at: Date
  ended_at: Date | null
  ended_by: number | null
}

export interface BreakGlassLetterTable {
  trust_id: number
  break_glass_id: number
  person_id: number
  sent_at: Date | null
}

/** Readable only while no viewer is set. */
export interface SignInUserTable {
  id: string
  name: string
  email: string
  email_verified: Generated<boolean>
  image: string | null
  created_at: Generated<Date>
  updated_at: Generated<Date>
  trust_id: number
  person_id: number
}

/** Readable only while no viewer is set. */
export interface SignInSessionTable {
  id: string
  token: string
  user_id: string
  expires_at: Date
  ip_address: string | null
  user_agent: string | null
  created_at: Generated<Date>
  updated_at: Generated<Date>
  way: Generated<string>
  steps: Generated<'one' | 'two'>
}

/** Readable only while no viewer is set. A password is the provider `credential`. */
export interface SignInAccountTable {
  id: string
  account_id: string
  provider_id: string
  user_id: string
  password: string | null
}

/** Readable only while no viewer is set. */
export interface SignInAttemptTable {
  attempt_id: Generated<number>
  at: Date
  kind: 'sign-in' | 'reset' | 'second-step'
  account: string
  address: string
  succeeded: Generated<boolean>
}

declare module '../../platform/database/tables.ts' {
  interface Tables {
    'access.role_grant': RoleGrantTable
    'access.audit_link': AuditLinkTable
    'access.audit': AuditTable
    'access.audit_pupil': AuditPupilTable
    'access.break_glass': BreakGlassTable
    'access.break_glass_letter': BreakGlassLetterTable
    'access.invitation': InvitationTable
    'access.sign_in_user': SignInUserTable
    'access.sign_in_session': SignInSessionTable
    'access.sign_in_account': SignInAccountTable
    'access.sign_in_attempt': SignInAttemptTable
  }
}
