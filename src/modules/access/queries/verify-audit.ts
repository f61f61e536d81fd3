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
  const told = await changesTold(viewer)
  let before = { seq: 0, hash: beginning }
  for (;;) {
    const links = await linksAfter(viewer, before.seq)
    for (const row of links) {
      const because = brokenAt(
        before,
        { seq: row.seq, previous: row.previous_hash, hash: row.hash },
        row.line,
        told.get(row.seq),
      )
      if (because) return { ok: false, rows: before.seq, brokenAt: before.seq + 1, because }
      before = { seq: row.seq, hash: row.hash }
    }
    if (links.length < batch) return { ok: true, rows: before.seq, last: before.hash }
  }
}

/** Lines from which a name was taken out, as later lines tell it: their hashes now. Those lines are links of the chain themselves. */
async function changesTold(viewer: Viewer): Promise<Map<number, string[]>> {
  const rows = await read(viewer, (db) =>
    db
      .selectFrom('access.audit')
      .where('trust_id', '=', viewer.trust)
      .where('deed', 'in', tellsOfChanges)
      .select('detail')
      .execute(),
  )
  const told = new Map<number, string[]>()
  for (const { detail } of rows)
    for (const { seq, hash } of (detail as { changed?: ChangedLine[] }).changed ?? [])
      told.set(seq, [...(told.get(seq) ?? []), hash])
  return told
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
