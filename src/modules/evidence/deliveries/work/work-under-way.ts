import { NotHere, Refusal } from '../../../../kernel/refusal.ts'
import { type Reading, read, write } from '../../../../platform/database/door.ts'
import type { JobProgress } from '../../../../platform/jobs.ts'
import type { Viewer } from '../../../../platform/viewer.ts'
import type { Wish } from '../../imports/formats/contract.ts'
import { maySeeFiles } from '../../imports/queries/import-row.ts'

/** What is asked of a file for the record: the parts of `evidence.delivery_work` that differ by deed. */
export type DeliveryWish =
  | { readonly deed: 'read'; readonly sha256: string; readonly bytes: number; readonly wish: Wish }
  | { readonly deed: 'put in' }

/** A long piece of work on one file for the record. */
export interface DeliveryWork {
  readonly id: string
  /** Null for a file of the whole trust. */
  readonly school: number | null
  /** Null until a file that came has been read. */
  readonly delivery: number | null
  /** The name that the file came under. */
  readonly file: string
  readonly wish: DeliveryWish
  readonly askedAt: Date
  readonly by: string | null
}

const works = (db: Reading) =>
  db
    .selectFrom('evidence.delivery_work as w')
    .innerJoin('platform.job as j', (join) =>
      join.onRef('j.trust_id', '=', 'w.trust_id').onRef('j.job_id', '=', 'w.job_id'),
    )
    .leftJoin('organisation.person as p', (join) =>
      join.onRef('p.trust_id', '=', 'w.trust_id').onRef('p.person_id', '=', 'w.person_id'),
    )
    .select([
      'w.job_id as id',
      'w.school_id as school',
      'w.delivery_id as delivery',
      'w.deed',
      'w.file',
      'w.wish',
      'w.person_id as person',
      'w.asked_at as askedAt',
      'p.name as by',
      'j.trouble',
    ])
    .orderBy('w.asked_at')

type Row = Awaited<ReturnType<ReturnType<typeof works>['execute']>>[number]

const workOf = ({ id, school, delivery, deed, file, wish, askedAt, by }: Row): DeliveryWork => ({
  id,
  school,
  delivery,
  file,
  askedAt,
  by,
  wish: { ...(wish as object), deed } as DeliveryWish,
})

const sees = (viewer: Viewer, { school, person }: Row): boolean =>
  (viewer.person !== 0 && person === viewer.person) || maySeeFiles(viewer, school)

/** @throws NotHere when there is no such work, or the viewer may not see it. */
export async function workIn(db: Reading, viewer: Viewer, id: string): Promise<DeliveryWork> {
  if (!/^[0-9a-f-]{36}$/.test(id)) throw new NotHere()
  const row = await works(db).where('w.job_id', '=', id).executeTakeFirst()
  if (!row || !sees(viewer, row)) throw new NotHere()
  return workOf(row)
}

/** One piece of work and how far it has come. @throws NotHere */
export async function deliveryWorkAndProgress(
  viewer: Viewer,
  id: string,
): Promise<DeliveryWork & { readonly progress: JobProgress }> {
  const work = await read(viewer, (db) => workIn(db, viewer, id))
  const progress = await viewer.house.jobs.progress(viewer, id)
  if (!progress) throw new NotHere()
  return { ...work, progress }
}

/** Files for the record that wait or are worked on. */
export async function deliveriesUnderWay(viewer: Viewer): Promise<DeliveryWork[]> {
  const rows = await read(viewer, (db) => works(db).where('j.state', 'in', ['waiting', 'working']).execute())
  return rows.filter((row) => sees(viewer, row)).map(workOf)
}

/** Why work that this viewer asked for, and then left, was not done: each said once. */
export async function deliveryTroubles(viewer: Viewer): Promise<string[]> {
  const rows = await read(viewer, (db) =>
    works(db)
      .where('j.state', '=', 'failed')
      .where('w.told_at', 'is', null)
      .where('w.person_id', viewer.person ? '=' : 'is', viewer.person || null)
      .execute(),
  )
  for (const { id } of rows) await markTold(viewer, id)
  return rows.map(({ file, trouble }) => `${file}: ${trouble}`)
}

/** Waits for work a moment; the answer is whether it is done. @throws Refusal with its sentence when it failed. */
export async function deliverySoon(viewer: Viewer, id: string, milliseconds: number): Promise<boolean> {
  const progress = await viewer.house.jobs.settled(viewer, id, milliseconds)
  if (progress?.state !== 'failed') return progress?.state === 'done'
  await markTold(viewer, id)
  throw new Refusal(progress.trouble)
}

const markTold = (viewer: Viewer, id: string) =>
  write(viewer, (tx) =>
    tx
      .updateTable('evidence.delivery_work')
      .set({ told_at: viewer.house.clock.now() })
      .where('trust_id', '=', viewer.trust)
      .where('job_id', '=', id)
      .execute(),
  )
