import { NotHere } from '../../../../kernel/refusal.ts'
import { type Reading, read } from '../../../../platform/database/door.ts'
import type { Viewer } from '../../../../platform/viewer.ts'
import type { Drop } from '../domain/drop.ts'

const dropRows = (db: Reading, trust: number) =>
  db
    .selectFrom('evidence.drop as d')
    .leftJoin('evidence.drop_lock as l', (on) =>
      on.onRef('l.trust_id', '=', 'd.trust_id').onRef('l.drop_id', '=', 'd.drop_id'),
    )
    .leftJoin('evidence.snapshot as s', (on) =>
      on.onRef('s.trust_id', '=', 'l.trust_id').onRef('s.snapshot', '=', 'l.snapshot'),
    )
    .leftJoin('organisation.person as locker', (on) =>
      on.onRef('locker.trust_id', '=', 'l.trust_id').onRef('locker.person_id', '=', 'l.person_id'),
    )
    .leftJoin('organisation.person as opener', (on) =>
      on.onRef('opener.trust_id', '=', 'd.trust_id').onRef('opener.person_id', '=', 'd.opened_by'),
    )
    .where('d.trust_id', '=', trust)
    .select([
      'd.drop_id',
      'd.code',
      'd.name',
      'd.academic_year',
      'd.term',
      'd.kind',
      'd.purpose',
      'd.decides',
      'd.minutes',
      'd.opens',
      'd.due',
      'd.as_at',
      'd.opened_at',
      'opener.name as opened_by',
      'l.snapshot as lock_snapshot',
      'l.at as locked_at',
      'locker.name as locked_by',
      's.note as lock_note',
    ])

type DropRow = Awaited<ReturnType<ReturnType<typeof dropRows>['execute']>>[number]

const asDrop = (row: DropRow): Drop => ({
  id: row.drop_id,
  code: row.code,
  name: row.name,
  academicYear: row.academic_year,
  term: row.term,
  kind: row.kind,
  purpose: row.purpose,
  decides: row.decides,
  minutes: row.minutes,
  opens: row.opens,
  due: row.due,
  asAt: row.as_at,
  openedAt: row.opened_at,
  openedBy: row.opened_by,
  ...(row.lock_snapshot && row.locked_at
    ? {
        lock: {
          snapshot: row.lock_snapshot,
          at: row.locked_at,
          by: row.locked_by ?? 'The command line',
          note: row.lock_note ?? '',
        },
      }
    : {}),
})

/** Every drop of the trust, the newest first. */
export const drops = (viewer: Viewer): Promise<Drop[]> =>
  read(viewer, async (db) =>
    (
      await dropRows(db, viewer.trust)
        .orderBy('d.academic_year', 'desc')
        .orderBy('d.term', 'desc')
        .orderBy('d.as_at', 'desc')
        .orderBy('d.drop_id', 'desc')
        .execute()
    ).map(asDrop),
  )

/** @throws NotHere */
export const dropByCode = (viewer: Viewer, code: string): Promise<Drop> =>
  read(viewer, (db) => dropIn(db, viewer, code))

/** The drop within a transaction that is already open. @throws NotHere */
export async function dropIn(db: Reading, viewer: Viewer, code: string): Promise<Drop> {
  const row = await dropRows(db, viewer.trust).where('d.code', '=', code).executeTakeFirst()
  if (!row) throw new NotHere(`There is no drop ${code}.`)
  return asDrop(row)
}
