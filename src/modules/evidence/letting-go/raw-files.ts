import { readFile } from 'node:fs/promises'
import { read, type Writing } from '../../../platform/database/door.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import type { Answers, Mapping } from '../imports/domain/words.ts'
import type { StoredReading } from '../imports/queries/import-row.ts'
import type { Sought } from './domain/row-of-pupil.ts'
import { type HowRead, withoutPupils } from './domain/without-pupil.ts'
import { leave } from './leaving-files.ts'

/** A file as it was sent that names one of the pupils. */
export interface NamingFile {
  readonly sha256: string
  readonly name: string
  readonly rows: number
  /** Rows left because they could be a namesake’s. */
  readonly unsure: number
  /** What it is without them; none when it can’t be read any more and goes whole. */
  readonly left?: Uint8Array
}

/** The largest file that is looked into; larger ones go whole. */
const most = 400 * 1024 * 1024

const who = new Set(['upn', 'local id', 'surname', 'forename', 'name', 'date of birth'])

/** How an import read its file: its columns, and the rows of which somebody said who they are. */
function howRead(imports: readonly ImportOf[], pupils: ReadonlySet<number>, ofSchool: boolean): HowRead {
  const how = { numbersAt: new Set<number>(), whoAt: new Set<number>(), rowsAt: new Set<number>() }
  let delimiter: string | undefined
  for (const { reading, mapping, answers } of imports) {
    delimiter ??= (reading as StoredReading | null)?.reading?.delimiter
    for (const [at, target] of Object.entries((mapping as Mapping | null)?.columns ?? {})) {
      if (target === 'local id' && ofSchool) how.numbersAt.add(Number(at))
      if (who.has(target)) how.whoAt.add(Number(at))
    }
    for (const [key, value] of Object.entries((answers as Answers | null) ?? {}))
      if (key.startsWith('pupil@') && value.startsWith('pupil:') && pupils.has(Number(value.slice(6))))
        how.rowsAt.add(Number(key.slice(6)))
  }
  return { delimiter, numbersAt: [...how.numbersAt], whoAt: [...how.whoAt], rowsAt: [...how.rowsAt] }
}

interface ImportOf {
  readonly upload: number
  readonly reading: unknown
  readonly mapping: unknown
  readonly answers: unknown
}

async function uploadsOf(viewer: Viewer) {
  return read(viewer, async (db) => ({
    uploads: await db
      .selectFrom('evidence.upload')
      .select(['upload_id as id', 'school_id as school', 'name', 'sha256', 'bytes'])
      .where('trust_id', '=', viewer.trust)
      .where('let_go_at', 'is', null)
      .orderBy('upload_id')
      .execute(),
    imports: (await db
      .selectFrom('evidence.import')
      .select(['upload_id as upload', 'mapping', 'answers', 'reading'])
      .where('trust_id', '=', viewer.trust)
      .execute()) as ImportOf[],
  }))
}

/** Looks into every file as it was sent of the pupils’ schools and of the whole trust, and says which name them. */
export async function filesNaming(
  viewer: Viewer,
  pupils: readonly Sought[],
  schools: ReadonlySet<number>,
): Promise<NamingFile[]> {
  const { files } = viewer.house
  const { uploads, imports } = await uploadsOf(viewer)
  const byUpload = Map.groupBy(imports, ({ upload }) => upload)
  const ids = new Set(pupils.map(({ pupil }) => pupil))
  const naming: NamingFile[] = []
  const theirs = uploads.filter(({ school }) => school === null || schools.has(school))
  for (const [sha256, same] of Map.groupBy(theirs, (one) => one.sha256)) {
    if (!files.has(sha256)) continue
    const { name } = same[0]!
    const about = same.flatMap(({ id }) => byUpload.get(id) ?? [])
    const how = howRead(
      about,
      ids,
      same.every(({ school }) => school !== null),
    )
    if (Number(same[0]!.bytes) > most) {
      naming.push({ sha256, name, rows: 0, unsure: 0 })
      continue
    }
    try {
      const found = withoutPupils(await readFile(files.path(sha256)), pupils, how)
      if (found.rows + found.unsure > 0)
        naming.push({ sha256, name, rows: found.rows, unsure: found.unsure, left: found.bytes })
    } catch {
      naming.push({ sha256, name, rows: 0, unsure: 0 })
    }
  }
  return naming
}

/** The same file without the pupils’ rows, kept beside the old one; `to` is missing for one that goes whole. */
export interface KeptAnew {
  readonly from: string
  readonly to?: { readonly sha256: string; readonly bytes: number }
}

export async function keepAnew(viewer: Viewer, naming: readonly NamingFile[]): Promise<KeptAnew[]> {
  const kept: KeptAnew[] = []
  for (const { sha256, left, rows, unsure } of naming) {
    if (rows === 0 && unsure > 0) continue
    kept.push({ from: sha256, to: left && (await viewer.house.files.keep(left)) })
  }
  return kept
}

/** Puts the new files in the place of the old, in the transaction; the old bytes are written down as leaving. */
export async function listKeptAnew(viewer: Viewer, tx: Writing, kept: readonly KeptAnew[]): Promise<void> {
  for (const { from, to } of kept) {
    await tx
      .updateTable('evidence.upload')
      .set(to ? { sha256: to.sha256, bytes: to.bytes } : { let_go_at: viewer.house.clock.now() })
      .where('trust_id', '=', viewer.trust)
      .where('sha256', '=', from)
      .execute()
  }
  await leave(
    viewer,
    tx,
    'files',
    kept.map(({ from }) => from),
  )
}
