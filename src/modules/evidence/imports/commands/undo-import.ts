import { enforce } from '../../../../kernel/refusal.ts'
import { read, record, type Writing, within, write } from '../../../../platform/database/door.ts'
import { literal } from '../../../../platform/lake/duck.ts'
import type { Viewer } from '../../../../platform/viewer.ts'
import { removePupils, takeBackPlaces } from '../../../organisation/index.ts'
import { inTurn, makeSnapshot } from '../../snapshots/make-snapshot.ts'
import { revertable } from '../domain/steps.ts'
import { importIn } from '../queries/import-row.ts'
import { enforceGoingOn } from './check-import.ts'
import { withdrawSignOffs } from './withdraw-sign-offs.ts'

/**
 * Takes a publish back, until the drop is locked: a new snapshot holds what stood before. Pupils whom the import added are
 * taken off the roll again, unless other results name them. @throws Refusal
 */
export async function undoImport(viewer: Viewer, id: number): Promise<{ snapshot: number }> {
  const first = await read(viewer, (db) => importIn(db, viewer, id))
  enforce(revertable(first.state))
  const elsewhere = await namedElsewhere(viewer, id, first.checked?.addedPupils ?? [])
  return write(viewer, async (tx) => {
    await inTurn(viewer, tx)
    const row = await importIn(tx, viewer, id)
    enforce(revertable(row.state))
    const published = row.state.published!.snapshot
    const schools = (
      await tx
        .selectFrom('evidence.lake_file')
        .select('school_id')
        .distinct()
        .where('import_id', '=', id)
        .where('added_in', '=', published)
        .execute()
    ).map((file) => file.school_id)
    const snapshot = await makeSnapshot(viewer, tx, {
      drop: row.drop.id,
      school: row.school,
      reason: 'undo',
      note: `Undoes snapshot ${published}.`,
    })
    await tx
      .updateTable('evidence.lake_file')
      .set({ removed_in: snapshot })
      .where('trust_id', '=', viewer.trust)
      .where('import_id', '=', id)
      .where('added_in', '=', published)
      .where('removed_in', 'is', null)
      .execute()
    await restore(viewer, tx, row.drop.id, schools, published, snapshot)
    const added = row.checked?.addedPupils ?? []
    if (added.length)
      await removeAdded(
        viewer,
        tx,
        added.filter((pupil) => !elsewhere.has(pupil)),
      )
    await takeBackPlaces(within(viewer, tx), row.checked?.placedPupils ?? [])
    const at = viewer.house.clock.now()
    await tx
      .insertInto('evidence.import_step')
      .values({
        trust_id: viewer.trust,
        import_id: id,
        school_id: row.school,
        step: 'undone',
        at,
        person_id: viewer.person || null,
        snapshot,
      })
      .execute()
    await withdrawSignOffs(
      viewer,
      tx,
      row.drop.id,
      schools,
      `The import was undone, which made snapshot ${snapshot}.`,
    )
    await record(viewer, tx, {
      subject: 'evidence.import',
      id,
      deed: 'undone',
      school: row.school,
      detail: { drop: row.drop.code, snapshot, undoes: published },
    })
    return { snapshot }
  })
}

/** What the publish superseded is listed again, from the undo’s snapshot on. */
async function restore(
  viewer: Viewer,
  tx: Writing,
  drop: number,
  schools: readonly number[],
  published: number,
  snapshot: number,
): Promise<void> {
  if (schools.length === 0) return
  const former = await tx
    .selectFrom('evidence.lake_file')
    .select(['fact', 'academic_year', 'drop_id', 'school_id', 'import_id', 'path', 'rows', 'bytes', 'sha256'])
    .select('in_trust')
    .where('drop_id', '=', drop)
    .where('school_id', 'in', schools)
    .where('removed_in', '=', published)
    .execute()
  if (former.length)
    await tx
      .insertInto('evidence.lake_file')
      .values(
        former.map((file) => ({ trust_id: viewer.trust, ...file, added_in: snapshot, removed_in: null })),
      )
      .execute()
}

async function removeAdded(viewer: Viewer, tx: Writing, pupils: readonly number[]): Promise<void> {
  const places: { pupil: number; school: number }[] = []
  for (let start = 0; start < pupils.length; start += 5_000)
    places.push(
      ...(await tx
        .selectFrom('organisation.enrolment')
        .select(['pupil_id as pupil', 'school_id as school'])
        .where('pupil_id', 'in', pupils.slice(start, start + 5_000))
        .execute()),
    )
  await removePupils(within(viewer, tx), places)
}

/** Pupils among these who have results or attendance in files of other imports: they stay. */
async function namedElsewhere(viewer: Viewer, id: number, pupils: readonly number[]): Promise<Set<number>> {
  if (pupils.length === 0) return new Set()
  const { lake } = viewer.house
  const files = await read(viewer, (db) =>
    db
      .selectFrom('evidence.lake_file')
      .select('path')
      .distinct()
      .where('fact', 'in', ['result', 'attendance'])
      .where('removed_in', 'is', null)
      .where((find) => find.or([find('import_id', 'is', null), find('import_id', '<>', id)]))
      .execute(),
  )
  if (files.length === 0) return new Set()
  const bench = await lake.duck.workbench()
  try {
    const rows = await bench.rows<{ pupil: number }>(
      `select distinct pupil from read_parquet([${files.map((file) => literal(lake.path(file.path))).join(', ')}], union_by_name = true) where pupil between ${Math.min(...pupils)} and ${Math.max(...pupils)}`,
    )
    const wanted = new Set(pupils)
    return new Set(rows.map(({ pupil }) => pupil).filter((pupil) => wanted.has(pupil)))
  } finally {
    bench.close()
  }
}

/** Gives an import up that was not published. The file and what was said about it are kept. @throws Refusal */
export async function abandonImport(viewer: Viewer, id: number): Promise<void> {
  await write(viewer, async (tx) => {
    const row = await importIn(tx, viewer, id)
    enforceGoingOn(row)
    await tx
      .insertInto('evidence.import_step')
      .values({
        trust_id: viewer.trust,
        import_id: id,
        school_id: row.school,
        step: 'abandoned',
        at: viewer.house.clock.now(),
        person_id: viewer.person || null,
        snapshot: null,
      })
      .execute()
    await record(viewer, tx, { subject: 'evidence.import', id, deed: 'given up', school: row.school })
  })
}
