import type { Day } from '../../../kernel/days.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import { may } from '../../../kernel/viewer.ts'
import type { Writing } from '../../../platform/database/door.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { auditIn } from './audit.ts'
import type { RoleAtSchool } from './end-roles-at.ts'

/**
 * Gives roles that ended at a school again at the one that it became part of, from a day on; a class’s at the class that goes on.
 * A department’s is not: the answer is those that were left out. @throws Refusal
 */
export async function carryRoles(
  viewer: Viewer,
  tx: Writing,
  roles: readonly RoleAtSchool[],
  {
    into,
    day,
    classes,
  }: { readonly into: number; readonly day: Day; readonly classes: ReadonlyMap<number, number> },
): Promise<RoleAtSchool[]> {
  if (!may(viewer, 'manage people')) throw new Refusal('You can’t give roles at a school.')
  const left: RoleAtSchool[] = []
  for (const role of roles) {
    const old = await tx
      .selectFrom('access.role_grant')
      .select(['role', 'node', 'class_id'])
      .where('trust_id', '=', viewer.trust)
      .where('grant_id', '=', role.grant)
      .executeTakeFirstOrThrow()
    const class_id = old.class_id === null ? null : classes.get(old.class_id)
    if (old.node === 'department' || class_id === undefined) {
      left.push(role)
      continue
    }
    await tx
      .insertInto('access.role_grant')
      .values({
        trust_id: viewer.trust,
        person_id: role.person,
        role: old.role,
        node: old.node,
        school_id: into,
        class_id,
        from_day: day,
        given_by: viewer.person || null,
        given_at: viewer.house.clock.now(),
      })
      .execute()
    await auditIn(viewer, tx, {
      deed: 'gave role',
      subject: 'organisation.person',
      id: role.person,
      school: into,
      detail: { role: old.role, place: { node: old.node, school: into }, from: day, to: null },
    })
  }
  return left
}
