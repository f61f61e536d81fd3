import { enforce } from '../../../kernel/refusal.ts'
import { type Role, roleNames } from '../../../kernel/roles.ts'
import { read } from '../../../platform/database/door.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { maySetSignIn } from '../domain/can-set-provider.ts'
import { type ScimToken, scimTokens } from './tokens.ts'

export interface DirectoryGroup {
  readonly id: number
  readonly name: string
  readonly members: number
  readonly role: Role | null
  /** `Headteacher, Saltmarsh`; nothing while it means nothing. */
  readonly meaning: string | null
}

export interface DirectorySettings {
  readonly tokens: readonly ScimToken[]
  readonly groups: readonly DirectoryGroup[]
}

/** A directory's tokens and groups, as their page shows them. @throws Refusal */
export async function directorySettings(viewer: Viewer): Promise<DirectorySettings> {
  enforce(maySetSignIn(viewer))
  const groups = await read(viewer, (db) =>
    db
      .selectFrom('access.scim_group as g')
      .leftJoin('organisation.school as s', (join) =>
        join.onRef('s.trust_id', '=', 'g.trust_id').onRef('s.school_id', '=', 'g.school_id'),
      )
      .leftJoin('organisation.cluster as c', (join) =>
        join.onRef('c.trust_id', '=', 'g.trust_id').onRef('c.cluster_id', '=', 'g.cluster_id'),
      )
      .where('g.trust_id', '=', viewer.trust)
      .where('g.deleted_at', 'is', null)
      .select(['g.group_id as id', 'g.display_name as name', 'g.role', 'g.node'])
      .select(['s.short_name as school', 'c.name as cluster'])
      .select((eb) =>
        eb
          .selectFrom('access.scim_member as m')
          .whereRef('m.trust_id', '=', 'g.trust_id')
          .whereRef('m.group_id', '=', 'g.group_id')
          .select((inner) => inner.fn.countAll<number>().as('many'))
          .as('members'),
      )
      .orderBy('g.display_name')
      .execute(),
  )
  return {
    tokens: await scimTokens(viewer),
    groups: groups.map(({ node, school, cluster, ...group }) => ({
      ...group,
      members: Number(group.members ?? 0),
      meaning: group.role
        ? `${roleNames[group.role]}, ${node === 'trust' ? 'the whole trust' : (school ?? `the schools of ${cluster}`)}`
        : null,
    })),
  }
}
