import type { Role } from '../../../kernel/roles.ts'
import type { Grant } from '../../../kernel/viewer.ts'

type Node = Grant['node']

/** Where each role is held. A role at a node reaches everything below it. */
export const rolePlaces: Record<Role, readonly Node[]> = {
  administrator: ['trust'],
  'data-lead': ['trust'],
  director: ['trust', 'cluster'],
  headteacher: ['school'],
  'data-manager': ['school'],
  'subject-leader': ['department', 'school'],
  'class-teacher': ['class'],
  trustee: ['trust'],
  'local-governor': ['school'],
  clerk: ['trust', 'school'],
}

export const nodeNames: Record<Node, string> = {
  trust: 'the whole trust',
  cluster: 'a cluster of schools',
  school: 'a school',
  department: 'a department of a school',
  class: 'a class',
}

/** Where a role is, or is to be, held. */
export type RolePlace =
  | { readonly node: 'trust' }
  | { readonly node: 'cluster'; readonly cluster: number }
  | { readonly node: 'school'; readonly school: number }
  | { readonly node: 'department'; readonly school: number; readonly department: number }
  | { readonly node: 'class'; readonly school: number; readonly class: number }
