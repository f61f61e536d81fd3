import { sql } from 'kysely'
import { NotHere, Refusal } from '../../../../kernel/refusal.ts'
import { type Reading, read, write } from '../../../../platform/database/door.ts'
import type { JobProgress } from '../../../../platform/jobs.ts'
import type { Viewer } from '../../../../platform/viewer.ts'
import type { FileDeed } from '../../tables.ts'
import { maySeeFiles } from '../queries/import-row.ts'
import type { FileWish } from './wish.ts'

/** A long piece of work on one file. */
export interface FileWork {
  readonly id: string
  /** The drop’s code. */
  readonly drop: string
  /** Null for a file of the whole trust. */
  readonly school: number | null
  /** Null until a file that came has been read. */
  readonly import: number | null
  readonly deed: FileDeed
  /** The name that the file came under. */
  readonly file: string
  readonly wish: FileWish
  readonly askedAt: Date
  readonly by: string | null
}

/** The queue gives work up after an hour: what has said nothing for longer is not going on. */
const longest = 3600

const works = (db: Reading) =>
  db
    .selectFrom('evidence.file_work as w')
    .innerJoin('evidence.drop as d', (join) =>
      join.onRef('d.trust_id', '=', 'w.trust_id').onRef('d.drop_id', '=', 'w.drop_id'),
    )
    .innerJoin('platform.job as j', (join) =>
      join.onRef('j.trust_id', '=', 'w.trust_id').onRef('j.job_id', '=', 'w.job_id'),
    )
    .leftJoin('organisation.person as p', (join) =>
      join.onRef('p.trust_id', '=', 'w.trust_id').onRef('p.person_id', '=', 'w.person_id'),
    )
    .select([
      'w.job_id as id',
      'd.code as drop',
      'w.school_id as school',
      'w.import_id as import',
      'w.deed',
      'w.file',
      'w.wish',
      'w.asked_at as askedAt',
      'p.name as by',
    ])
    .orderBy('w.asked_at')

type Row = Awaited<ReturnType<ReturnType<typeof works>['execute']>>[number]

const workOf = ({ wish, ...row }: Row): FileWork => ({
  ...row,
  wish: { ...(wish as object), deed: row.deed } as FileWish,
})

/** @throws NotHere when there is no such work, or the viewer may not see its school’s files. */
export async function workIn(db: Reading, viewer: Viewer, id: string): Promise<FileWork> {
  if (!/^[0-9a-f-]{36}$/.test(id)) throw new NotHere()
  const row = await works(db).where('w.job_id', '=', id).executeTakeFirst()
  if (!row || !maySeeFiles(viewer, row.school)) throw new NotHere()
  return workOf(row)
}

/** One piece of work and how far it has come. @throws NotHere */
export async function workAndProgress(
  viewer: Viewer,
  id: string,
): Promise<FileWork & { readonly progress: JobProgress }> {
  const work = await read(viewer, (db) => workIn(db, viewer, id))
  const progress = await viewer.house.jobs.progress(viewer, id)
  if (!progress) throw new NotHere()
  const ended = progress.state === 'done' || progress.state === 'failed'
  const lost = !ended && Date.now() - progress.changedAt.getTime() > longest * 1000
  return { ...work, progress: lost ? { ...progress, state: 'failed' } : progress }
}

/** Work that waits or goes on: of one import, or of a school’s files in a drop (null: of the whole trust’s). */
export async function workUnderWay(
  viewer: Viewer,
  of: { readonly import: number } | { readonly drop: number; readonly school: number | null },
): Promise<FileWork[]> {
  const rows = await read(viewer, (db) =>
    about(works(db), of)
      .where('j.state', 'in', ['waiting', 'working'])
      .where('j.changed_at', '>', sql<Date>`now() - make_interval(secs => ${longest})`)
      .execute(),
  )
  return rows.filter((row) => maySeeFiles(viewer, row.school)).map(workOf)
}

const about = <Q extends ReturnType<typeof works>>(
  query: Q,
  of: Parameters<typeof workUnderWay>[1],
): ReturnType<typeof works> => {
  if ('import' in of) return query.where('w.import_id', '=', of.import)
  const ofDrop = query.where('w.drop_id', '=', of.drop).where('w.import_id', 'is', null)
  return of.school === null
    ? ofDrop.where('w.school_id', 'is', null)
    : ofDrop.where('w.school_id', '=', of.school)
}

/** Why work that this viewer asked for, and then left, was not done: each said once. */
export async function troublesSince(
  viewer: Viewer,
  of: Parameters<typeof workUnderWay>[1],
): Promise<string[]> {
  const rows = await read(viewer, (db) =>
    about(works(db), of)
      .select('j.trouble')
      .where('j.state', '=', 'failed')
      .where('w.told_at', 'is', null)
      .where('w.person_id', viewer.person ? '=' : 'is', viewer.person || null)
      .execute(),
  )
  if (rows.length)
    await markTold(
      viewer,
      rows.map(({ id }) => id),
    )
  return rows.map(({ deed, file, trouble }) => (deed === 'read' ? `${file}: ${trouble}` : trouble!))
}

/** Waits for work a moment; the answer is whether it is done. @throws Refusal with its sentence when it failed. */
export async function settledSoon(viewer: Viewer, id: string, milliseconds: number): Promise<boolean> {
  const progress = await viewer.house.jobs.settled(viewer, id, milliseconds)
  if (progress?.state !== 'failed') return progress?.state === 'done'
  await markTold(viewer, [id])
  throw new Refusal(progress.trouble)
}

const markTold = (viewer: Viewer, ids: readonly string[]) =>
  write(viewer, (tx) =>
    tx
      .updateTable('evidence.file_work')
      .set({ told_at: viewer.house.clock.now() })
      .where('trust_id', '=', viewer.trust)
      .where('job_id', 'in', ids)
      .execute(),
  )
