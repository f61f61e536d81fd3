import { type Reading, read } from '../../../../platform/database/door.ts'
import type { Viewer } from '../../../../platform/viewer.ts'
import type { Snapshot } from '../../../evidence/index.ts'
import type { FigureDetail } from '../../domain/ask.ts'

/** A school's file as its figure names it: who brought it, when, and how much of it was read. */
export interface SourceRow {
  readonly school: string
  readonly fact: FigureDetail['files'][number]['fact']
  readonly rows: number
  readonly sha256: string
  readonly addedIn: number
  readonly upload?: {
    readonly name: string
    readonly by: string | null
    readonly at: Date
    readonly import: number
    readonly school: string
  }
}

export interface SignedBy {
  readonly school: string
  readonly by: string
  readonly at: Date
}

export interface SnapshotNote {
  readonly snapshot: number
  readonly at: Date
  readonly reason: Snapshot['reason']
  readonly note: string
  readonly school: string | null
  readonly drop: string
}

export interface Origins {
  readonly files: readonly SourceRow[]
  readonly signed: readonly SignedBy[]
  readonly notes: ReadonlyMap<number, SnapshotNote>
  /** The lock that made this snapshot, or one after it, final for the drop. */
  readonly lockedIn?: number
  /** When rows that were let go were last taken out of sealed files, if since this snapshot was made. */
  readonly rewritten?: Date
}

/** Where the numbers of a figure came from and why they moved, in one transaction. */
export const originsOf = (viewer: Viewer, detail: FigureDetail): Promise<Origins> =>
  read(viewer, async (db) => {
    const schools = await db
      .selectFrom('organisation.school')
      .select(['school_id as id', 'short_name as name', 'slug'])
      .where('trust_id', '=', viewer.trust)
      .execute()
    const known = new Map(schools.map((school) => [school.id, school]))
    const uploads = await uploadsOf(db, viewer, detail)
    const files = detail.files.map((file): SourceRow => {
      const upload = uploads.find((one) => one.import_id === file.importId)
      return {
        school: known.get(file.school)?.name ?? 'a school',
        fact: file.fact,
        rows: file.rows,
        sha256: file.sha256,
        addedIn: file.addedIn,
        ...(upload
          ? {
              upload: {
                name: upload.name,
                by: upload.person,
                at: upload.uploaded_at,
                import: upload.import_id,
                school: known.get(file.school)?.slug ?? '',
              },
            }
          : {}),
      }
    })
    const about = [...new Set(detail.files.map((file) => file.school))]
    return {
      files,
      signed: about.length ? await signedOf(db, viewer, detail, about, known) : [],
      notes: await notesOf(db, viewer, detail, known),
      lockedIn: await lockOf(db, viewer, detail),
      ...(await rewrittenSince(db, viewer, detail)),
    }
  })

async function rewrittenSince(
  db: Reading,
  viewer: Viewer,
  { figure }: FigureDetail,
): Promise<Pick<Origins, 'rewritten'>> {
  const last = await db
    .selectFrom('evidence.lake_rewriting as r')
    .innerJoin('evidence.snapshot as s', (join) =>
      join.onRef('s.trust_id', '=', 'r.trust_id').onRef('s.at', '<=', 'r.at'),
    )
    .select('r.at')
    .where('r.trust_id', '=', viewer.trust)
    .where('s.snapshot', '=', figure.key.snapshot)
    .where('r.files', '>', 0)
    .orderBy('r.at', 'desc')
    .limit(1)
    .executeTakeFirst()
  return last ? { rewritten: last.at } : {}
}

const uploadsOf = async (db: Reading, viewer: Viewer, detail: FigureDetail) => {
  const imports = [...new Set(detail.files.flatMap((file) => file.importId ?? []))]
  if (imports.length === 0) return []
  return db
    .selectFrom('evidence.import as i')
    .innerJoin('evidence.upload as u', (join) =>
      join.onRef('u.trust_id', '=', 'i.trust_id').onRef('u.upload_id', '=', 'i.upload_id'),
    )
    .leftJoin('organisation.person as p', (join) =>
      join.onRef('p.trust_id', '=', 'u.trust_id').onRef('p.person_id', '=', 'u.uploaded_by'),
    )
    .select(['i.import_id', 'u.name', 'u.uploaded_at', 'p.name as person'])
    .where('i.trust_id', '=', viewer.trust)
    .where('i.import_id', 'in', imports)
    .execute()
}

async function signedOf(
  db: Reading,
  viewer: Viewer,
  detail: FigureDetail,
  schools: readonly number[],
  known: ReadonlyMap<number, { readonly name: string }>,
): Promise<SignedBy[]> {
  const rows = await db
    .selectFrom('evidence.sign_off as o')
    .innerJoin('evidence.drop as d', (join) =>
      join.onRef('d.trust_id', '=', 'o.trust_id').onRef('d.drop_id', '=', 'o.drop_id'),
    )
    .leftJoin('organisation.person as p', (join) =>
      join.onRef('p.trust_id', '=', 'o.trust_id').onRef('p.person_id', '=', 'o.person_id'),
    )
    .select(['o.school_id', 'o.at', 'o.snapshot', 'p.name'])
    .where('o.trust_id', '=', viewer.trust)
    .where('d.code', '=', detail.figure.key.period)
    .where('o.school_id', 'in', schools)
    .where('o.withdrawn_at', 'is', null)
    .orderBy('o.at')
    .execute()
  return rows.map((row) => ({
    school: known.get(row.school_id)?.name ?? 'a school',
    by: row.name ?? 'The command line',
    at: row.at,
  }))
}

async function notesOf(
  db: Reading,
  viewer: Viewer,
  detail: FigureDetail,
  known: ReadonlyMap<number, { readonly name: string }>,
): Promise<Map<number, SnapshotNote>> {
  const numbers = [detail.figure, ...detail.otherSnapshots].map((figure) => figure.key.snapshot)
  const rows = await db
    .selectFrom('evidence.snapshot as s')
    .innerJoin('evidence.drop as d', (join) =>
      join.onRef('d.trust_id', '=', 's.trust_id').onRef('d.drop_id', '=', 's.drop_id'),
    )
    .select(['s.snapshot', 's.at', 's.reason', 's.note', 's.school_id', 'd.name as drop'])
    .where('s.trust_id', '=', viewer.trust)
    .where('s.snapshot', 'in', numbers)
    .execute()
  return new Map(
    rows.map((row) => [
      row.snapshot,
      {
        ...row,
        school: row.school_id === null ? null : (known.get(row.school_id)?.name ?? 'Another school'),
      },
    ]),
  )
}

async function lockOf(db: Reading, viewer: Viewer, detail: FigureDetail): Promise<number | undefined> {
  const row = await db
    .selectFrom('evidence.drop_lock as l')
    .innerJoin('evidence.drop as d', (join) =>
      join.onRef('d.trust_id', '=', 'l.trust_id').onRef('d.drop_id', '=', 'l.drop_id'),
    )
    .select('l.snapshot')
    .where('l.trust_id', '=', viewer.trust)
    .where('d.code', '=', detail.figure.key.period)
    .executeTakeFirst()
  return row?.snapshot
}

/** Why a figure may differ in a snapshot from the one before, in the words of who made it. */
export function whyWords(note: SnapshotNote | undefined, about: { readonly school?: string }): string {
  if (!note) return 'No note was kept.'
  const who = note.school ?? 'Several schools'
  const own = about.school !== undefined && about.school === note.school
  const said = note.note ? ` ${note.note}` : ''
  switch (note.reason) {
    case 'publish':
      return `${own ? 'A file was published here.' : `${who}’s file arrived.`}${said}`
    case 'undo':
      return `${own ? 'A file was taken back here.' : `${who}’s file was taken back.`}${said}`
    case 'lock':
      return `The ${note.drop.toLowerCase()} drop was locked.${said}`
    case 'correction':
      return `A correction.${said}`
    case 'history':
      return `${own ? 'History from before it joined was brought in here.' : `${who}’s history from before it joined was brought in.`}${said}`
    case 'move':
      return `Who counts where changed${own ? ' here' : ''}.${said}`
  }
}
