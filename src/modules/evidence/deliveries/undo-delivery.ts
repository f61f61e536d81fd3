import { sql } from 'kysely'
import { count } from '../../../kernel/numbers.ts'
import { enforce, Refusal, refused, type Verdict } from '../../../kernel/refusal.ts'
import { acrossTheTrust } from '../../../kernel/viewer.ts'
import { type Reading, read, record, type Writing, write } from '../../../platform/database/door.ts'
import { literal } from '../../../platform/lake/duck.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { listed } from '../drops/domain/sentences.ts'
import { withdrawSignOffs } from '../imports/commands/withdraw-sign-offs.ts'
import { restate } from '../moves/restate.ts'
import { inTurn, makeSnapshot } from '../snapshots/make-snapshot.ts'
import { type DeliveryRow, deliveryIn } from './delivery-row.ts'

/** A row that a delivery changed, in the order in which it did. */
interface RowChange {
  readonly id: number
  readonly tab: string
  readonly deed: 'INSERT' | 'UPDATE' | 'DELETE'
  readonly key: Readonly<Record<string, unknown>>
  readonly before: Readonly<Record<string, unknown>> | null
  readonly hash: string | null
}

/** What undoing would do, by kind. */
export interface UndoPlan {
  readonly takes: readonly { readonly what: string; readonly out: number; readonly back: number }[]
  /** Snapshots of drops that would be taken back. */
  readonly snapshots: readonly number[]
  readonly verdict: Verdict
}

/** How rows are called, where they are worth telling. */
const names: Readonly<Record<string, readonly [one: string, more: string]>> = {
  'organisation.school': ['school', 'schools'],
  'organisation.school_predecessor': ['predecessor', 'predecessors'],
  'organisation.membership': ['membership of a school', 'memberships of schools'],
  'organisation.trust': ['record of the trust', 'records of the trust'],
  'organisation.pupil': ['pupil', 'pupils'],
  'organisation.enrolment': ['place on a roll', 'places on rolls'],
  'organisation.year_placement': ['year group of a pupil', 'year groups of pupils'],
  'organisation.class': ['class', 'classes'],
  'organisation.class_member': ['place in a class', 'places in classes'],
  'organisation.class_teacher': ['teacher of a class', 'teachers of classes'],
  'organisation.characteristic': ['dated fact', 'dated facts'],
  'organisation.person': ['member of staff', 'members of staff'],
  'organisation.post': ['post', 'posts'],
  'organisation.roll_question': ['question about a roll', 'questions about rolls'],
}

const undoable = new Set(['oneroster', 'ctf', 'gias', 'register', 'behaviour', 'exclusions'])

/** What undoing a delivery would take out and put back, and whether it may be undone now. @throws NotHere */
export async function undoPlan(viewer: Viewer, id: number): Promise<UndoPlan> {
  const row = await read(viewer, (db) => deliveryIn(db, viewer, id))
  const wide = acrossTheTrust(viewer)
  const changes = await read(viewer, (db) => changesOf(db, viewer, id))
  const { rows, snapshots } = parted(changes)
  const kinds = Map.groupBy(
    rows.filter(({ tab }) => names[tab]),
    ({ tab }) => tab,
  )
  return {
    takes: [...kinds].map(([tab, ones]) => ({
      what: names[tab]![1],
      out: keysOf(ones, 'INSERT'),
      back: keysOf(ones, 'UPDATE') + keysOf(ones, 'DELETE'),
    })),
    snapshots,
    verdict: row.mayBring
      ? await mayUndo(wide, row, rows, snapshots)
      : refused('Only those who may bring such a file in can undo it.'),
  }
}

const keysOf = (ones: readonly RowChange[], deed: RowChange['deed']) =>
  new Set(ones.filter((one) => one.deed === deed).map((one) => JSON.stringify(one.key))).size

const parted = (changes: readonly RowChange[]) => ({
  rows: changes.filter(({ tab }) => tab !== 'evidence.snapshot'),
  snapshots: changes.flatMap(({ tab, key }) => (tab === 'evidence.snapshot' ? [Number(key.snapshot)] : [])),
})

async function changesOf(db: Reading, viewer: Viewer, id: number): Promise<RowChange[]> {
  const rows = await db
    .selectFrom('evidence.delivery_change')
    .select(['delivery_change_id as id', 'tab', 'deed', 'key', 'before', 'after_hash as hash'])
    .where('trust_id', '=', viewer.trust)
    .where('delivery_id', '=', id)
    .orderBy('delivery_change_id')
    .execute()
  return rows as RowChange[]
}

async function mayUndo(
  wide: Viewer,
  row: DeliveryRow,
  rows: readonly RowChange[],
  snapshots: readonly number[],
): Promise<Verdict> {
  if (row.undone) return refused('It has been undone already.')
  if (row.ended?.step !== 'put in') return refused('It is not on record, so there is nothing to undo.')
  if (!undoable.has(row.code))
    return refused('Files of this kind are replaced by sending them again, not undone.')
  if (rows.length === 0 && snapshots.length === 0)
    return refused('What it changed was not kept: it went in before undoing was possible.')
  return read(wide, async (db) => {
    const dropsOver = await laterThan(db, wide, snapshots)
    if (dropsOver) return refused(dropsOver)
    const changed = await changedSince(db, rows)
    if (changed.length)
      return refused(
        `Something later rests on it: since then ${listed(changed, 5)} changed. Undo that first, or put it right by hand.`,
      )
    const marked = await marksOf(wide, db, rows)
    return marked
      ? refused(
          `Something later rests on it: ${count(marked, 'pupil')} whom it brought ${marked === 1 ? 'has' : 'have'} results or registers on record. Undo those first.`,
        )
      : { ok: true }
  })
}

/** Why facts that it sealed can’t be taken back: the drop was locked since, or they were published over. */
async function laterThan(
  db: Reading,
  viewer: Viewer,
  snapshots: readonly number[],
): Promise<string | undefined> {
  if (snapshots.length === 0) return undefined
  const files = await db
    .selectFrom('evidence.lake_file as f')
    .leftJoin('evidence.drop_lock as l', (join) =>
      join.onRef('l.trust_id', '=', 'f.trust_id').onRef('l.drop_id', '=', 'f.drop_id'),
    )
    .select(['f.path', 'f.removed_in as over', 'l.snapshot as lock'])
    .where('f.trust_id', '=', viewer.trust)
    .where('f.added_in', 'in', [...snapshots])
    .execute()
  const lock = files.find((file) => file.lock !== null)?.lock
  if (lock) return `Something later rests on it: its drop was locked since, as snapshot ${lock}.`
  const live = await liveAmong(db, viewer, files)
  const over = files.find((file) => !live.has(file.path))?.over
  return over
    ? `Something later rests on it: snapshot ${over} was published over it. Undo that first.`
    : undefined
}

/** Paths that are listed now: a file that was published over, and came back when that was undone, stands under a row of its own. */
const liveAmong = async (
  db: Reading,
  viewer: Viewer,
  files: readonly { readonly path: string }[],
): Promise<ReadonlySet<string>> =>
  files.length === 0
    ? new Set()
    : new Set(
        (
          await db
            .selectFrom('evidence.lake_file')
            .select('path')
            .where('trust_id', '=', viewer.trust)
            .where('removed_in', 'is', null)
            .where(
              'path',
              'in',
              files.map(({ path }) => path),
            )
            .execute()
        ).map(({ path }) => path),
      )

const latest = (rows: readonly RowChange[]) => [
  ...new Map(rows.map((row) => [`${row.tab} ${JSON.stringify(row.key)}`, row])).values(),
]

/** A table’s rows that stand for these keys, as `t`. */
const standing = (tab: string, rows: readonly RowChange[]) => {
  const keys = Object.keys(rows[0]!.key)
  const list = JSON.stringify(rows.map(({ key, hash }) => ({ key, hash })))
  return {
    from: sql`jsonb_array_elements(${list}::jsonb) as c
      cross join lateral jsonb_populate_record(null::${sql.table(tab)}, c->'key') as k
      left join ${sql.table(tab)} as t on ${sql.join(
        keys.map((name) => sql`${sql.ref(`t.${name}`)} = ${sql.ref(`k.${name}`)}`),
        sql` and `,
      )}`,
  }
}

/** What has changed since, in words: `2 pupils`. */
async function changedSince(db: Reading, rows: readonly RowChange[]): Promise<string[]> {
  const changed: string[] = []
  for (const [tab, ones] of Map.groupBy(latest(rows), ({ tab }) => tab)) {
    const { rows: found } = await sql<{
      many: number
    }>`select count(*)::integer as many from ${standing(tab, ones).from}
      where case when c->>'hash' is null then t.trust_id is not null
        else t.trust_id is null or md5(to_jsonb(t)::text) <> c->>'hash' end`.execute(db as never)
    const many = found[0]!.many
    if (many) changed.push(count(many, ...(names[tab] ?? ['line', 'lines'])))
  }
  return changed
}

/** How many of the pupils whom it brought have something in a live file of any drop. */
async function marksOf(viewer: Viewer, db: Reading, rows: readonly RowChange[]): Promise<number> {
  const pupils = rows.flatMap(({ tab, deed, key }) =>
    tab === 'organisation.pupil' && deed === 'INSERT' ? [Number(key.pupil_id)] : [],
  )
  if (pupils.length === 0) return 0
  const files = await db
    .selectFrom('evidence.lake_file')
    .select('path')
    .where('trust_id', '=', viewer.trust)
    .where('fact', '<>', 'pupil_state')
    .where('removed_in', 'is', null)
    .execute()
  if (files.length === 0) return 0
  const { lake } = viewer.house
  const bench = await lake.duck.workbench()
  try {
    const [found] = await bench.rows<{ many: number }>(
      `select count(distinct pupil)::integer as many from read_parquet([${files.map(({ path }) => literal(lake.path(path))).join(', ')}], union_by_name = true) where pupil in (${pupils.join(', ')})`,
    )
    return found?.many ?? 0
  } finally {
    bench.close()
  }
}

/**
 * Takes a delivery back, until something later rests on it: rows that it added go, rows that it changed are as they were, and facts that it
 * sealed are superseded by what stood before, in a new snapshot. @throws Refusal with what rests on it, and nothing changed.
 */
export async function undoDelivery(viewer: Viewer, id: number): Promise<UndoPlan> {
  const plan = await undoPlan(viewer, id)
  enforce(plan.verdict)
  // The journal names every row; the right to the file was looked at. A school that brought a pupil no longer sees them once they are gone.
  const wide = acrossTheTrust(viewer)
  const schools = await write(wide, async (tx) => {
    await inTurn(wide, tx)
    const row = await deliveryIn(tx, viewer, id)
    if (row.undone) throw new Refusal('It has been undone already.')
    const { rows, snapshots } = parted(await changesOf(tx, viewer, id))
    const changed = await changedSince(tx, rows)
    const over = await laterThan(tx, wide, snapshots)
    if (changed.length || over)
      throw new Refusal(over ?? `Something later rests on it: since then ${listed(changed, 5)} changed.`)
    await takeBackFiles(viewer, tx, snapshots)
    await takeBackRows(tx, rows)
    await tx
      .insertInto('evidence.delivery_step')
      .values({
        trust_id: viewer.trust,
        delivery_id: id,
        school_id: row.school,
        step: 'undone',
        at: viewer.house.clock.now(),
        person_id: viewer.person || null,
      })
      .execute()
    await record(viewer, tx, { subject: 'evidence.delivery', id, deed: 'undone', school: row.school })
    return [
      ...new Set(rows.flatMap(({ key }) => (key.school_id === undefined ? [] : [Number(key.school_id)]))),
    ]
  })
  if (schools.length) await restate(viewer, { schools, why: 'A file of the record was undone.' })
  return plan
}

/** Each in turn, the last first, so that what rests on a row goes before it. */
async function takeBackRows(tx: Writing, rows: readonly RowChange[]): Promise<void> {
  for (const run of runsOf(rows.toReversed())) {
    const [{ tab, deed }] = run as [RowChange]
    const table = sql.table(tab)
    const keys = Object.keys(run[0]!.key)
    const same = (one: string, other: string) =>
      sql.join(
        keys.map((name) => sql`${sql.ref(`${one}.${name}`)} = ${sql.ref(`${other}.${name}`)}`),
        sql` and `,
      )
    const own = await ownColumns(tx, tab)
    const list = (of: 'key' | 'before') => JSON.stringify(run.map((one) => one[of]))
    try {
      if (deed === 'INSERT')
        await sql`delete from ${table} t using jsonb_populate_recordset(null::${table}, ${list('key')}::jsonb) k where ${same('t', 'k')}`.execute(
          tx,
        )
      else if (deed === 'DELETE')
        await sql`insert into ${table} (${sql.join(own.map((name) => sql.ref(name)))})
          select ${sql.join(own.map((name) => sql.ref(name)))} from jsonb_populate_recordset(null::${table}, ${list('before')}::jsonb)`.execute(
          tx,
        )
      else {
        const columns = own.filter((name) => !keys.includes(name))
        await sql`update ${table} t set ${sql.join(columns.map((name) => sql`${sql.ref(name)} = ${sql.ref(`b.${name}`)}`))}
          from jsonb_populate_recordset(null::${table}, ${list('before')}::jsonb) b where ${same('t', 'b')}`.execute(
          tx,
        )
      }
    } catch (error) {
      if (/foreign key|violates/.test((error as Error).message))
        throw new Refusal(
          `Something later rests on it: ${names[tab]?.[1] ?? 'lines'} that it brought are named elsewhere on record. Undo that first.`,
        )
      throw error
    }
  }
}

/** Columns that hold what was written, and not what the database works out of them. */
async function ownColumns(tx: Writing, tab: string): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`select attname as name from pg_attribute
    where attrelid = ${tab}::regclass and attnum > 0 and not attisdropped and attgenerated = ''`.execute(tx)
  return rows.map(({ name }) => name)
}

/** Neighbours of one table and deed together; a row that stands twice begins a new run. */
function runsOf(rows: readonly RowChange[]): RowChange[][] {
  const runs: RowChange[][] = []
  let seen = new Set<string>()
  for (const row of rows) {
    const last = runs.at(-1)
    const key = JSON.stringify(row.key)
    if (last && last[0]!.tab === row.tab && last[0]!.deed === row.deed && !seen.has(key)) last.push(row)
    else {
      runs.push([row])
      seen = new Set()
    }
    seen.add(key)
  }
  return runs
}

/** Facts that it sealed are superseded by what stood before, drop by drop. */
async function takeBackFiles(viewer: Viewer, tx: Writing, snapshots: readonly number[]): Promise<void> {
  for (const made of snapshots) {
    const files = await tx
      .selectFrom('evidence.lake_file')
      .selectAll()
      .where('trust_id', '=', viewer.trust)
      .where((is) => is.or([is('added_in', '=', made), is('removed_in', '=', made)]))
      .execute()
    const added = files.filter((file) => file.added_in === made)
    const former = files.filter((file) => file.removed_in === made)
    if (added.length === 0) continue
    const drop = added[0]!.drop_id
    const schools = [...new Set(added.map((file) => file.school_id))]
    const snapshot = await makeSnapshot(viewer, tx, {
      drop,
      school: schools.length === 1 ? schools[0]! : null,
      reason: 'undo',
      note: `Undoes snapshot ${made}.`,
    })
    await tx
      .updateTable('evidence.lake_file')
      .set({ removed_in: snapshot })
      .where('trust_id', '=', viewer.trust)
      .where(
        'path',
        'in',
        added.map((file) => file.path),
      )
      .where('drop_id', '=', drop)
      .where('removed_in', 'is', null)
      .execute()
    if (former.length)
      await tx
        .insertInto('evidence.lake_file')
        .values(
          former.map(({ lake_file_id: _, ...file }) => ({ ...file, added_in: snapshot, removed_in: null })),
        )
        .execute()
    await withdrawSignOffs(
      viewer,
      tx,
      drop,
      schools,
      `A file of facts was undone, which made snapshot ${snapshot}.`,
    )
  }
}
