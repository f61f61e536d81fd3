import { sql } from 'kysely'
import { type Writing, write } from '../../../platform/database/door.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { beginning, linkHash } from '../domain/chain.ts'

/** What was seen or done: `{ deed: 'saw pupil', subject: 'organisation.pupil', id: 71, school: 3 }`. */
export interface Deeded {
  readonly deed: string
  readonly subject: string
  readonly id: number | string
  /** The school it concerns; none when it concerns the trust as a whole. */
  readonly school?: number | null
  /** `ids` and `found` are pupils; `what` is what was taken away, in words. */
  readonly detail?: Record<string, unknown>
}

/** Nobody else locks by this number; with the trust's number it makes writers of one chain take turns. */
const chainLock = 7_406_232

/** Adds a line to the audit trail, in a transaction of its own. For looking: views of pupils, exports. */
export const audit = (viewer: Viewer, what: Deeded): Promise<void> =>
  write(viewer, (tx) => auditIn(viewer, tx, what))

/** Adds a line to the audit trail in the transaction that does what it tells. */
export async function auditIn(viewer: Viewer, tx: Writing, what: Deeded): Promise<void> {
  await sql`select pg_advisory_xact_lock(${chainLock}, ${viewer.trust})`.execute(tx)
  const last = await tx
    .selectFrom('access.audit_link')
    .where('trust_id', '=', viewer.trust)
    .orderBy('seq', 'desc')
    .limit(1)
    .select(['seq', 'hash'])
    .executeTakeFirst()
  const line = {
    trust: viewer.trust,
    seq: (last?.seq ?? 0) + 1,
    at: viewer.house.clock.now(),
    person: viewer.person || null,
    name: text(viewer.name),
    deed: what.deed,
    subject: what.subject,
    id: text(String(what.id)),
    school: what.school ?? null,
    detail: storable(what.detail ?? {}),
  }
  const previous = last?.hash ?? beginning
  // One statement for the three tables: a page of pupils waits for it.
  await sql`with link as (
      insert into access.audit_link (trust_id, seq, previous_hash, hash)
      values (${line.trust}, ${line.seq}, ${previous}, ${linkHash(previous, line)})
    ), told as (
      insert into access.audit (trust_id, seq, at, person_id, person_name, deed, subject, subject_id, school_id, detail)
      values (${line.trust}, ${line.seq}, ${line.at}, ${line.person}, ${line.name}, ${line.deed}, ${line.subject}, ${line.id},
        ${line.school}, ${JSON.stringify(line.detail)}::jsonb)
    )
    insert into access.audit_pupil (trust_id, pupil_id, seq)
    select ${line.trust}::integer, pupil, ${line.seq}::integer from unnest(${pupilsIn(what)}::integer[]) as pupil`.execute(
    tx,
  )
}

/** The pupils that a line names: the one it is about, or those of the list that was seen, found or taken away. */
function pupilsIn({ subject, id, detail }: Deeded): number[] {
  const lists = [detail?.ids, detail?.found].filter((list) => Array.isArray(list)).flat() as unknown[]
  const named = subject === 'organisation.pupil' ? [Number(id), ...lists] : lists
  const whole = named.filter((one): one is number => Number.isSafeInteger(one) && (one as number) > 0)
  return [...new Set(whole)]
}

/** Text that the database can hold: whole characters, and no NUL. */
const text = (given: string): string => given.toWellFormed().replaceAll('\0', '')

/** As the database will give it back. */
const storable = (detail: Record<string, unknown>): Record<string, unknown> =>
  JSON.parse(JSON.stringify(detail), (_, value) => (typeof value === 'string' ? text(value) : value))
