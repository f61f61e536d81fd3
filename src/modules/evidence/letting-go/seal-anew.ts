import type { Writing } from '../../../platform/database/door.ts'
import { read } from '../../../platform/database/door.ts'
import { literal, type Workbench } from '../../../platform/lake/duck.ts'
import type { SealedFile } from '../../../platform/lake/lake.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { inTurn } from '../snapshots/make-snapshot.ts'
import type { Fact, RewritingWhy } from '../tables.ts'
import { leave } from './leaving-files.ts'

/** A sealed file that some snapshot lists. Several may list the same one. */
export interface Listed {
  readonly path: string
  readonly fact: Fact
  readonly academicYear: number
  readonly drop: number
  readonly school: number
  readonly rows: number
  /** It is in a locked snapshot, or was in one. */
  readonly locked: boolean
}

/** Every sealed file of the trust, superseded ones too, each once. */
export async function everySealed(viewer: Viewer): Promise<Listed[]> {
  const rows = await read(viewer, (db) =>
    db
      .selectFrom('evidence.lake_file as f')
      .leftJoin('evidence.drop_lock as l', (join) =>
        join.onRef('l.trust_id', '=', 'f.trust_id').onRef('l.drop_id', '=', 'f.drop_id'),
      )
      .select([
        'f.path',
        'f.fact',
        'f.academic_year as academicYear',
        'f.drop_id as drop',
        'f.school_id as school',
      ])
      .select(['f.rows', 'l.snapshot'])
      .where('f.trust_id', '=', viewer.trust)
      .orderBy('f.lake_file_id')
      .execute(),
  )
  const byPath = new Map<string, Listed>()
  for (const { snapshot, ...file } of rows) byPath.set(file.path, { ...file, locked: snapshot !== null })
  return [...byPath.values()]
}

/** What becomes of the rows of a file, as a select from `source`; nothing when the file stays as it is. */
export type Change = (file: Listed, source: string) => string | undefined

export interface SealedAnew {
  readonly examined: ReadonlySet<string>
  /** By the path of the file whose place it takes. */
  readonly sealed: ReadonlyMap<string, SealedFile>
}

export const sourceOf = (viewer: Viewer, path: string): string =>
  `read_parquet(${literal(viewer.house.lake.path(path))})`

/** How many rows of each file meet the condition; files without one are left out. */
export async function rowsIn(
  viewer: Viewer,
  bench: Workbench,
  files: readonly Listed[],
  condition: string,
): Promise<Map<string, number>> {
  const found = new Map<string, number>()
  for (const fact of new Set(files.map((file) => file.fact))) {
    const paths = new Map(
      files
        .filter((file) => file.fact === fact)
        .map((file) => [viewer.house.lake.path(file.path), file.path]),
    )
    const rows = await bench.rows<{ filename: string; many: number }>(
      `select filename, count(*) as many from read_parquet([${[...paths.keys()].map(literal).join(', ')}], filename = true)
        where ${condition} group by filename`,
    )
    for (const { filename, many } of rows) found.set(paths.get(filename)!, many)
  }
  return found
}

/** Seals the changed files aside; nobody sees them until `listAnew`. */
export async function sealAnew(
  viewer: Viewer,
  bench: Workbench,
  files: readonly Listed[],
  condition: string,
  change: Change,
): Promise<SealedAnew> {
  const touched = await rowsIn(viewer, bench, files, condition)
  const wanted = files.flatMap((file) => {
    const select = touched.has(file.path) ? change(file, sourceOf(viewer, file.path)) : undefined
    const { fact, drop, school, academicYear: year } = file
    return select
      ? [{ old: file.path, select, place: { trust: viewer.trust, fact, year, drop, school } }]
      : []
  })
  const sealed = await viewer.house.lake.sealAll(bench, wanted)
  return {
    examined: new Set(files.map(({ path }) => path)),
    sealed: new Map(sealed.map((file, at) => [wanted[at]!.old, file])),
  }
}

/** Something was published while files were sealed anew: what was worked out no longer covers everything. */
export class PublishedMeanwhile extends Error {}

/**
 * Lists the files sealed anew in the place of the old ones, in the snapshots that had those, and the old bytes as leaving.
 * Rows get new numbers, so that a publish that was reading the old ones finds them gone. @throws PublishedMeanwhile
 */
export async function listAnew(
  viewer: Viewer,
  tx: Writing,
  { examined, sealed }: SealedAnew,
  why: RewritingWhy,
): Promise<void> {
  await inTurn(viewer, tx)
  const rows = await tx
    .selectFrom('evidence.lake_file')
    .selectAll()
    .where('trust_id', '=', viewer.trust)
    .execute()
  if (rows.some(({ path }) => !examined.has(path))) throw new PublishedMeanwhile()
  const going = rows.filter(({ path }) => sealed.has(path))
  // Said even when no file held them: whoever is publishing may be about to.
  for (let start = 0; start < going.length; start += 500) {
    const some = going.slice(start, start + 500)
    await tx
      .deleteFrom('evidence.lake_file')
      .where('trust_id', '=', viewer.trust)
      .where(
        'lake_file_id',
        'in',
        some.map((row) => row.lake_file_id),
      )
      .execute()
    await tx
      .insertInto('evidence.lake_file')
      .values(some.map(({ lake_file_id: _, ...row }) => ({ ...row, ...sealed.get(row.path)! })))
      .execute()
  }
  const live = new Set([...sealed.values()].map(({ path }) => path))
  await leave(
    viewer,
    tx,
    'lake',
    [...new Set(going.map(({ path }) => path))].filter((path) => !live.has(path)),
  )
  await tx
    .insertInto('evidence.lake_rewriting')
    .values({ trust_id: viewer.trust, at: viewer.house.clock.now(), why, files: going.length })
    .execute()
}
