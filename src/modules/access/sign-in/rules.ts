import { enforce } from '../../../kernel/refusal.ts'
import { type Role, roleNames, roles } from '../../../kernel/roles.ts'
import { read, record, write } from '../../../platform/database/door.ts'
import { keptUntilWritten } from '../../../platform/database/kept.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { auditIn } from '../commands/audit.ts'
import { maySetSignIn } from '../domain/can-set-provider.ts'

/** The roles whose holders must sign in with two steps. */
export const rolesInTwoSteps = (viewer: Viewer): Promise<Role[]> =>
  keptUntilWritten(viewer, 'roles in two steps', () =>
    read(viewer, async (db) =>
      (
        await db
          .selectFrom('access.second_step_rule')
          .where('trust_id', '=', viewer.trust)
          .where('ended_at', 'is', null)
          .select('role')
          .execute()
      ).map((row) => row.role),
    ),
  )

/** Must this viewer sign in with two steps, by a role held today? */
export async function mustTakeTwo(viewer: Viewer): Promise<boolean> {
  const needed = await rolesInTwoSteps(viewer)
  return viewer.grants.some((grant) => needed.includes(grant.role))
}

/** Says which roles need two steps from now on; their holders are led to set theirs up. @throws Refusal */
export const setRolesInTwoSteps = (viewer: Viewer, wanted: readonly string[]): Promise<void> =>
  write(viewer, async (tx) => {
    enforce(maySetSignIn(viewer))
    const at = viewer.house.clock.now()
    const before = await tx
      .selectFrom('access.second_step_rule')
      .where('trust_id', '=', viewer.trust)
      .where('ended_at', 'is', null)
      .select(['rule_id as id', 'role'])
      .execute()
    const begun = roles.filter((role) => wanted.includes(role) && !before.some((rule) => rule.role === role))
    const ended = before.filter((rule) => !wanted.includes(rule.role))
    if (ended.length > 0)
      await tx
        .updateTable('access.second_step_rule')
        .set({ ended_by: viewer.person || null, ended_at: at })
        .where('trust_id', '=', viewer.trust)
        .where(
          'rule_id',
          'in',
          ended.map((rule) => rule.id),
        )
        .execute()
    for (const role of begun)
      await tx
        .insertInto('access.second_step_rule')
        .values({
          trust_id: viewer.trust,
          role,
          set_by: viewer.person || null,
          set_at: at,
          ended_by: null,
          ended_at: null,
        })
        .execute()
    for (const [deed, role] of [
      ...begun.map((role) => ['asked for two steps', role] as const),
      ...ended.map(({ role }) => ['no longer asked for two steps', role] as const),
    ]) {
      await record(viewer, tx, { subject: 'access.second_step_rule', id: role, deed })
      await auditIn(viewer, tx, {
        deed,
        subject: 'access.second_step_rule',
        id: role,
        detail: { what: `of every ${roleNames[role].toLowerCase()}` },
      })
    }
  })
