import { dayName, londonDay } from '../../../../kernel/days.ts'
import { NotHere } from '../../../../kernel/refusal.ts'
import { may } from '../../../../kernel/viewer.ts'
import type { Reading as Door } from '../../../../platform/database/door.ts'
import type { Viewer } from '../../../../platform/viewer.ts'
import { type Drop, dropState } from '../../drops/domain/drop.ts'
import { dropIn } from '../../drops/queries/drops.ts'
import { isHistory } from '../../snapshots/in-trust.ts'
import type { ImportState } from '../domain/steps.ts'
import type { Answers, Checked, ColumnGuess, Mapping, Reading } from '../domain/words.ts'

/** What `evidence.import.reading` holds. */
export interface StoredReading {
  readonly reading: Reading
  readonly guesses: readonly ColumnGuess[]
}

export interface Step {
  readonly step: 'uploaded' | 'mapped' | 'checked' | 'published' | 'undone' | 'abandoned'
  readonly at: Date
  readonly by: string | null
  readonly snapshot: number | null
}

/** An import with everything that its five questions rest on. */
export interface ImportRow {
  readonly id: number
  readonly drop: Drop
  readonly school: number | null
  readonly upload: {
    readonly id: number
    readonly name: string
    readonly sha256: string
    readonly bytes: number
    readonly at: Date
    readonly by: string | null
  }
  readonly stored: StoredReading
  readonly mapping?: Mapping
  readonly answers: Answers
  readonly checked?: Checked
  readonly steps: readonly Step[]
  readonly state: ImportState
}

/** May the viewer see this school’s files (or, for a file of the whole trust, every school’s)? */
export const maySeeFiles = (viewer: Viewer, school: number | null): boolean =>
  may(viewer, 'see files', school === null ? {} : { school })
export const maySend = (viewer: Viewer, school: number | null): boolean =>
  may(viewer, 'send results', school === null ? {} : { school })

/** Why the drop takes nothing now, or nothing. The history of a school that joined later moves no figure of the trust: a lock lets it in. */
export function dropClosed(drop: Drop, today: string, history: boolean): string | undefined {
  const state = dropState(drop, today)
  if (state === 'locked' && history) return undefined
  if (state === 'locked')
    return `The ${drop.name.toLowerCase()} drop was locked by ${drop.lock!.by} on ${dayName(londonDay(drop.lock!.at))}, as snapshot ${drop.lock!.snapshot}. Nothing more goes into it, and nothing comes out.`
  if (state === 'to come')
    return `The ${drop.name.toLowerCase()} drop opens on ${dayName(drop.opens)}. It takes files from then on.`
  return undefined
}

/** @throws NotHere when there is no such import, or the viewer may not see its school’s files. */
export async function importIn(db: Door, viewer: Viewer, id: number): Promise<ImportRow> {
  const row = await db
    .selectFrom('evidence.import as i')
    .innerJoin('evidence.upload as u', (join) =>
      join.onRef('u.trust_id', '=', 'i.trust_id').onRef('u.upload_id', '=', 'i.upload_id'),
    )
    .innerJoin('evidence.drop as d', (join) =>
      join.onRef('d.trust_id', '=', 'i.trust_id').onRef('d.drop_id', '=', 'i.drop_id'),
    )
    .leftJoin('organisation.person as p', (join) =>
      join.onRef('p.trust_id', '=', 'u.trust_id').onRef('p.person_id', '=', 'u.uploaded_by'),
    )
    .select([
      'i.school_id',
      'i.reading',
      'i.mapping',
      'i.answers',
      'i.checked',
      'd.code',
      'u.upload_id',
      'u.name',
      'u.sha256',
      'u.bytes',
      'u.uploaded_at',
      'p.name as by',
    ])
    .where('i.import_id', '=', id)
    .executeTakeFirst()
  if (!row || !maySeeFiles(viewer, row.school_id)) throw new NotHere()
  const drop = await dropIn(db, viewer, row.code)
  const steps = await stepsIn(db, id)
  const stored = row.reading as StoredReading
  const mapping = (row.mapping as Mapping | null) ?? undefined
  const checked = (row.checked as Checked | null) ?? undefined
  const last = steps.findLast(({ step }) => step === 'published' || step === 'undone' || step === 'abandoned')
  const published = steps.findLast(({ step }) => step === 'published')
  const base = checked ? await liveIn(db, drop.id, schoolsOf(checked, row.school_id)) : []
  const over = published && last?.step === 'published' ? await publishedOver(db, id, drop.id) : undefined
  const since =
    checked && !sameIds(checked.base, base) ? await sinceIn(db, drop.id, checked.snapshot) : undefined
  return {
    id,
    drop,
    school: row.school_id,
    upload: {
      id: row.upload_id,
      name: row.name,
      sha256: row.sha256,
      bytes: row.bytes,
      at: row.uploaded_at,
      by: row.by,
    },
    stored,
    mapping,
    answers: (row.answers as Answers) ?? {},
    checked,
    steps,
    state: {
      reading: stored?.reading,
      mapping,
      checked,
      dropClosed: dropClosed(drop, viewer.today, await isHistory(db, viewer.trust, drop, row.school_id)),
      base,
      since,
      published: last?.step === 'published' ? { snapshot: last.snapshot! } : undefined,
      undone: last?.step === 'undone' ? { snapshot: last.snapshot! } : undefined,
      abandoned: last?.step === 'abandoned',
      maySend: maySend(viewer, row.school_id),
      publishedOver: over,
    },
  }
}

const stepsIn = (db: Door, id: number): Promise<Step[]> =>
  db
    .selectFrom('evidence.import_step as s')
    .leftJoin('organisation.person as p', (join) =>
      join.onRef('p.trust_id', '=', 's.trust_id').onRef('p.person_id', '=', 's.person_id'),
    )
    .select(['s.step', 's.at', 'p.name as by', 's.snapshot'])
    .where('s.import_id', '=', id)
    .orderBy('s.import_step_id')
    .execute()

/** Schools that a check’s counts stand on. */
export const schoolsOf = (checked: Checked, school: number | null): readonly number[] =>
  checked.schools ?? (school === null ? [] : [school])

/** Ids of the live lake files of a drop and these schools. */
export async function liveIn(db: Door, drop: number, schools: readonly number[]): Promise<number[]> {
  if (schools.length === 0) return []
  const rows = await db
    .selectFrom('evidence.lake_file')
    .select('lake_file_id')
    .where('drop_id', '=', drop)
    .where('school_id', 'in', schools)
    .where('removed_in', 'is', null)
    .orderBy('lake_file_id')
    .execute()
  return rows.map((file) => file.lake_file_id)
}

const sameIds = (one: readonly number[], other: readonly number[]) =>
  one.length === other.length && one.every((id) => other.includes(id))

/** `Dan Fry published snapshot 12` */
async function sinceIn(db: Door, drop: number, snapshot: number): Promise<string> {
  const row = await db
    .selectFrom('evidence.snapshot as s')
    .leftJoin('organisation.person as p', (join) =>
      join.onRef('p.trust_id', '=', 's.trust_id').onRef('p.person_id', '=', 's.person_id'),
    )
    .select(['s.snapshot', 's.reason', 'p.name'])
    .where('s.drop_id', '=', drop)
    .where('s.snapshot', '>', snapshot)
    .where('s.reason', '<>', 'lock')
    .orderBy('s.snapshot', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (!row) return 'Results were published'
  return `${row.name ?? 'Someone'} ${row.reason === 'undo' ? 'undid an import, which made' : 'published'} snapshot ${row.snapshot}`
}

/** Undo puts back what stood before; that is only possible while this import’s files are the live ones. */
async function publishedOver(db: Door, id: number, drop: number): Promise<string | undefined> {
  const gone = await db
    .selectFrom('evidence.lake_file as f')
    .leftJoin('evidence.snapshot as s', (join) =>
      join.onRef('s.trust_id', '=', 'f.trust_id').onRef('s.snapshot', '=', 'f.removed_in'),
    )
    .leftJoin('organisation.person as p', (join) =>
      join.onRef('p.trust_id', '=', 's.trust_id').onRef('p.person_id', '=', 's.person_id'),
    )
    .select(['f.removed_in', 'p.name'])
    .where('f.import_id', '=', id)
    .where('f.drop_id', '=', drop)
    .where('f.removed_in', 'is not', null)
    .orderBy('f.removed_in')
    .limit(1)
    .executeTakeFirst()
  return gone
    ? `${gone.name ?? 'Someone'} has published over it since, as snapshot ${gone.removed_in}. Undo that import first.`
    : undefined
}
