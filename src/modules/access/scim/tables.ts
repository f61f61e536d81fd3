import type { Generated } from 'kysely'
import type { Role } from '../../../kernel/roles.ts'
import type { Grant } from '../../../kernel/viewer.ts'

export interface ScimTokenTable {
  trust_id: number
  token_id: Generated<number>
  name: string
  token_hash: string
  made_by: number | null
  made_at: Date
  revoked_by: number | null
  revoked_at: Date | null
  used_at: Date | null
}

export interface ScimUserTable {
  trust_id: number
  person_id: number
  user_name: string
  external_id: string | null
  given_name: string | null
  family_name: string | null
  made_at: Date
  changed_at: Date
  deleted_at: Date | null
}

export interface ScimGroupTable {
  trust_id: number
  group_id: Generated<number>
  display_name: string
  external_id: string | null
  role: Role | null
  node: Grant['node'] | null
  cluster_id: number | null
  school_id: number | null
  department_id: number | null
  class_id: number | null
  made_at: Date
  changed_at: Date
  deleted_at: Date | null
}

export interface ScimMemberTable {
  trust_id: number
  group_id: number
  person_id: number
  joined_at: Date
  grant_id: number | null
}

declare module '../../../platform/database/tables.ts' {
  interface Tables {
    'access.scim_token': ScimTokenTable
    'access.scim_user': ScimUserTable
    'access.scim_group': ScimGroupTable
    'access.scim_member': ScimMemberTable
  }
}
