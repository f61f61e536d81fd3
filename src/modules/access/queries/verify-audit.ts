import { Refusal } from '../../../kernel/refusal.ts'
import { schoolsWhere } from '../../../kernel/viewer.ts'
import { read } from '../../../platform/database/door.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import type { ChangedLine } from '../commands/clean-trail.ts'
import { beginning, brokenAt } from '../domain/chain.ts'

/** The last hash is worth writing down elsewhere: a chain that has lost its end still holds together. */
export type Verified =
  | { readonly ok: true; readonly rows: number; readonly last: string }
  | { readonly ok: false; readonly rows: number; readonly brokenAt: number; readonly because: string }

const batch = 5000

/** Deeds whose lines may say that names were taken out of earlier ones. */
const tellsOfChanges = ['erased pupil', 'let records go']

/**
 * Follows the whole chain and says where it first breaks.
 * @throws Refusal when the viewer may not see the audit trail of the whole trust.
 */
export async function verifyAudit(viewer: Viewer): Promise<Verified> {
  if (schoolsWhere(viewer, 'see audit') !== 'all')
    throw new Refusal('Only someone who may see the whole trust’s audit trail can check it.')
  const { told, letGo } = await changesTold(viewer)
  let before = { seq: 0, hash: beginning }
  for (;;) {
    const links = await linksAfter(viewer, before.seq)
    for (const row of links) {
      const because = brokenAt(
        before,
        { seq: row.seq, previous: row.previous_hash, hash: row.hash },
        row.line,
        told.get(row.seq),
        row.seq <= letGo,
      )
      if (because) return { ok: false, rows: before.seq, brokenAt: before.seq + 1, because }
      before = { seq: row.seq, hash: row.hash }
    }
    if (links.length < batch) return { ok: true, rows: before.seq, last: before.hash }
  }
}

/**
 * What later lines tell of earlier ones: hashes of what they say now that a name was taken out, and up to which one their words
 * were let go. The lines that tell it are links of the chain themselves.
 */
async function changesTold(viewer: Viewer): Promise<{ told: Map<number, string[]>; letGo: number }> {
  const rows = await read(viewer, (db) =>
    db
      .selectFrom('access.audit')
      .where('trust_id', '=', viewer.trust)
      .where('deed', 'in', tellsOfChanges)
      .select('detail')
      .execute(),
  )
  const details = rows.map(({ detail }) => detail as { changed?: ChangedLine[]; letGoUpTo?: number })
  const told = new Map<number, string[]>()
  for (const { changed } of details)
    for (const { seq, hash } of changed ?? []) told.set(seq, [...(told.get(seq) ?? []), hash])
  return { told, letGo: Math.max(0, ...details.map(({ letGoUpTo }) => letGoUpTo ?? 0)) }
}

const linksAfter = async (viewer: Viewer, seq: number) => {
  const rows = await read(viewer, (db) =>
    db
      .selectFrom('access.audit_link as link')
      .leftJoin('access.audit as line', (join) =>
        join.onRef('line.trust_id', '=', 'link.trust_id').onRef('line.seq', '=', 'link.seq'),
      )
      .where('link.trust_id', '=', viewer.trust)
      .where('link.seq', '>', seq)
      .orderBy('link.seq')
      .limit(batch)
      .select([
        'link.seq',
        'link.previous_hash',
        'link.hash',
        'line.at',
        'line.person_id',
        'line.person_name',
      ])
      .select(['line.deed', 'line.subject', 'line.subject_id', 'line.school_id', 'line.detail'])
      .execute(),
  )
  return rows.map((row) => ({
    seq: row.seq,
    previous_hash: row.previous_hash,
    hash: row.hash,
    line:
      row.at === null
        ? undefined
        : {
            trust: viewer.trust,
            seq: row.seq,
            at: row.at,
            person: row.person_id,
            name: row.person_name!,
            deed: row.deed!,
            subject: row.subject!,
            id: row.subject_id!,
            school: row.school_id,
            detail: row.detail,
          },
  }))
}
