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
  await tx
    .insertInto('access.audit_link')
    .values({ trust_id: line.trust, seq: line.seq, previous_hash: previous, hash: linkHash(previous, line) })
    .execute()
  await tx
    .insertInto('access.audit')
    .values({
      trust_id: line.trust,
      seq: line.seq,
      at: line.at,
      person_id: line.person,
      person_name: line.name,
      deed: line.deed,
      subject: line.subject,
      subject_id: line.id,
      school_id: line.school,
      detail: JSON.stringify(line.detail),
    })
    .execute()
  const pupils = pupilsIn(what)
  if (pupils.length > 0)
    await sql`insert into access.audit_pupil (trust_id, pupil_id, seq)
      select ${line.trust}::integer, pupil, ${line.seq}::integer from unnest(${pupils}::integer[]) as pupil`.execute(
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
