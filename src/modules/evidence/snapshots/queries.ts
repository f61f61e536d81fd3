import { NotHere } from '../../../kernel/refusal.ts'
import { may } from '../../../kernel/viewer.ts'
import { type Reading, read } from '../../../platform/database/door.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import type { Fact, SnapshotReason } from '../tables.ts'

export interface Snapshot {
  readonly snapshot: number
  readonly drop: number
  readonly dropCode: string
  readonly school: number | null
  readonly reason: SnapshotReason
  readonly note: string
  readonly at: Date
  readonly person: number | null
}

/** A sealed file of the manifest. `path` is from the lake's folder: `house.lake.path(path)` is where it lies. */
export interface LakeFile {
  readonly id: number
  readonly fact: Fact
  readonly academicYear: number
  readonly drop: number
  readonly school: number
  readonly import: number | null
  readonly path: string
  readonly rows: number
  readonly bytes: number
  readonly sha256: string
  readonly addedIn: number
  /** False for a school’s results from before it joined, or after it left: the trust’s figures never count them. */
  readonly inTrust: boolean
}

const select = (db: Reading) =>
  db
    .selectFrom('evidence.snapshot as s')
    .innerJoin('evidence.drop as d', (join) =>
      join.onRef('d.trust_id', '=', 's.trust_id').onRef('d.drop_id', '=', 's.drop_id'),
    )
    .select([
      's.snapshot',
      's.drop_id as drop',
      'd.code as dropCode',
      's.school_id as school',
      's.reason',
      's.note',
      's.at',
      's.person_id as person',
    ])

/** The number of the trust's latest snapshot; 0 before the first. */
export const latestSnapshot = (viewer: Viewer): Promise<number> => read(viewer, latestIn)

export const latestIn = async (db: Reading): Promise<number> =>
  (
    await db
      .selectFrom('evidence.snapshot')
      .select((x) => x.fn.max('snapshot').as('latest'))
      .executeTakeFirst()
  )?.latest ?? 0

/** Latest first. */
export const snapshots = (viewer: Viewer, about: { drop?: number } = {}): Promise<Snapshot[]> =>
  read(viewer, (db) => {
    let query = select(db)
    if (about.drop !== undefined) query = query.where('s.drop_id', '=', about.drop)
    return query.orderBy('s.snapshot', 'desc').execute()
  })

/** @throws NotHere */
export async function snapshotByNumber(viewer: Viewer, snapshot: number): Promise<Snapshot> {
  const found = await read(viewer, (db) => select(db).where('s.snapshot', '=', snapshot).executeTakeFirst())
  if (!found) throw new NotHere(`There is no snapshot ${snapshot}.`)
  return found
}

/** The snapshots that a lock made final, latest first. */
export const lockedSnapshots = (viewer: Viewer): Promise<Snapshot[]> =>
  read(viewer, (db) => select(db).where('s.reason', '=', 'lock').orderBy('s.snapshot', 'desc').execute())

export interface FilesAsked {
  readonly fact?: Fact
  readonly drops?: readonly number[]
  readonly schools?: readonly number[]
}

/** The files of a snapshot: one for each fact, drop and school. What it answers for a number never changes. */
export const snapshotFiles = (
  viewer: Viewer,
  snapshot: number,
  asked: FilesAsked = {},
): Promise<LakeFile[]> => read(viewer, (db) => filesIn(db, snapshot, asked))

export async function filesIn(
  db: Reading,
  snapshot: number,
  { fact, drops, schools }: FilesAsked,
): Promise<LakeFile[]> {
  if (drops?.length === 0 || schools?.length === 0) return []
  let query = db
    .selectFrom('evidence.lake_file')
    .select([
      'lake_file_id as id',
      'fact',
      'academic_year as academicYear',
      'drop_id as drop',
      'school_id as school',
      'import_id as import',
      'path',
      'rows',
      'bytes',
      'sha256',
      'added_in as addedIn',
      'in_trust as inTrust',
    ])
    .where('added_in', '<=', snapshot)
    .where((find) => find.or([find('removed_in', 'is', null), find('removed_in', '>', snapshot)]))
  if (fact) query = query.where('fact', '=', fact)
  if (drops) query = query.where('drop_id', 'in', drops)
  if (schools) query = query.where('school_id', 'in', schools)
  return query.orderBy('drop_id').orderBy('school_id').orderBy('fact').execute()
}

export type LiveFiles = Partial<Record<Fact, string>>

/**
 * Where the live files of a drop and school lie, ready for DuckDB's `read_parquet`; facts that were never published are missing.
 * @throws NotHere for who may not see the school's files.
 */
export async function resultsOf(
  viewer: Viewer,
  drop: number,
  school: number,
  snapshot?: number,
): Promise<LiveFiles> {
  if (!may(viewer, 'see files', { school })) throw new NotHere()
  const files = await read(viewer, async (db) =>
    filesIn(db, snapshot ?? (await latestIn(db)), { drops: [drop], schools: [school] }),
  )
  return Object.fromEntries(files.map((file) => [file.fact, viewer.house.lake.path(file.path)]))
}

/** The snapshots in which the files of a drop and school differ from the one before: for a figure’s history. */
export const snapshotsOf = async (viewer: Viewer, drop: number, school?: number): Promise<number[]> => {
  const rows = await read(viewer, (db) => {
    let query = db
      .selectFrom('evidence.lake_file')
      .select(['added_in', 'removed_in'])
      .where('drop_id', '=', drop)
    if (school !== undefined) query = query.where('school_id', '=', school)
    return query.execute()
  })
  const numbers = rows.flatMap((row) =>
    row.removed_in === null ? [row.added_in] : [row.added_in, row.removed_in],
  )
  return [...new Set(numbers)].sort((a, b) => a - b)
}
