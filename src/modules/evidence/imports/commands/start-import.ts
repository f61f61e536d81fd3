import { dayName, londonDay, londonTime } from '../../../../kernel/days.ts'
import { Refusal } from '../../../../kernel/refusal.ts'
import { read, record, write } from '../../../../platform/database/door.ts'
import type { Workbench } from '../../../../platform/lake/duck.ts'
import type { Viewer } from '../../../../platform/viewer.ts'
import type { Drop } from '../../drops/domain/drop.ts'
import { dropByCode } from '../../drops/queries/drops.ts'
import { checkFile } from '../check/check-file.ts'
import { settingOf } from '../check/setting.ts'
import { partOf, type Tell, untold } from '../domain/tell.ts'
import type { Answers, Checked, Reading } from '../domain/words.ts'
import { atBench, type Guessed, guessed, mustBeOpen } from './at-bench.ts'

export interface NewImport {
  /** The drop’s code: `2026-spring`. */
  readonly drop: string
  /** Null for a file of several schools. */
  readonly school: number | null
  /** As `house.files.keep` answered, with the name that the file came under. */
  readonly upload: { readonly name: string; readonly sha256: string; readonly bytes: number }
  /** Yes, I know that this very file was sent before. */
  readonly again?: boolean
  /** Which sheet of a workbook; the first with a table when not said. */
  readonly sheet?: string
  /** The work that does it: it learns which import it has made. */
  readonly work?: string
}

/** The very same file, byte for byte, was sent for this drop and school before. */
export class SameFile extends Refusal {
  readonly earlier: number
  constructor(earlier: number, message: string) {
    super(message)
    this.earlier = earlier
  }
}

/**
 * Begins the conversation about a kept file: reads it, guesses its columns, and checks its rows when the guesses are enough.
 * The answer is the import’s id. @throws Refusal, SameFile
 */
export async function startImport(
  viewer: Viewer,
  { drop: code, school, upload, again, sheet, work }: NewImport,
  tell: Tell = untold,
): Promise<number> {
  const drop = await dropByCode(viewer, code)
  await mustBeOpen(viewer, drop, school)
  if (!again) await refuseSameFile(viewer, drop, school, upload.sha256)
  const reads = async (bench: Workbench, reading: Reading) => {
    const guess = await guessed(viewer, bench, reading, drop, school)
    const checked = guess.enough ? await dryRun() : undefined
    return write(viewer, (tx) =>
      saveImport(viewer, tx, { drop, school, upload, work, reading, guess, checked }),
    )

    async function dryRun(): Promise<Checked> {
      const outcome = await checkFile(
        bench,
        viewer.house.lake,
        reading,
        guess.mapping,
        {},
        await settingOf(viewer, drop, school),
        partOf(tell, 0.4, 0.95),
      )
      return { at: viewer.house.clock.now().toISOString(), ...outcome.checked }
    }
  }
  return atBench(viewer, upload.sha256, sheet, reads, partOf(tell, 0, 0.4))
}

export interface Saved {
  readonly drop: Drop
  readonly school: number | null
  readonly upload: NewImport['upload']
  readonly work?: string
  readonly reading: Reading
  readonly guess: Guessed
  readonly checked?: Checked
  readonly answers?: Answers
}

export async function saveImport(
  viewer: Viewer,
  tx: Parameters<Parameters<typeof write>[1]>[0],
  { drop, school, upload, work, reading, guess, checked, answers = {} }: Saved,
): Promise<number> {
  const at = viewer.house.clock.now()
  const trust_id = viewer.trust
  const person_id = viewer.person || null
  const { upload_id } = await tx
    .insertInto('evidence.upload')
    .values({
      trust_id,
      school_id: school,
      name: upload.name.slice(0, 300),
      sha256: upload.sha256,
      bytes: upload.bytes,
      uploaded_by: person_id,
      uploaded_at: at,
    })
    .returning('upload_id')
    .executeTakeFirstOrThrow()
  const { import_id } = await tx
    .insertInto('evidence.import')
    .values({
      trust_id,
      drop_id: drop.id,
      school_id: school,
      upload_id,
      reading: JSON.stringify({ reading, guesses: guess.guesses }),
      mapping: guess.enough ? JSON.stringify(guess.mapping) : null,
      answers: JSON.stringify(answers),
      checked: checked ? JSON.stringify(checked) : null,
    })
    .returning('import_id')
    .executeTakeFirstOrThrow()
  if (work !== undefined)
    await tx
      .updateTable('evidence.file_work')
      .set({ import_id })
      .where('trust_id', '=', trust_id)
      .where('job_id', '=', work)
      .execute()
  const steps = [
    'uploaded' as const,
    ...(guess.enough ? ['mapped' as const] : []),
    ...(checked ? ['checked' as const] : []),
  ]
  await tx
    .insertInto('evidence.import_step')
    .values(
      steps.map((step) => ({ trust_id, import_id, school_id: school, step, at, person_id, snapshot: null })),
    )
    .execute()
  await record(viewer, tx, {
    subject: 'evidence.import',
    id: import_id,
    deed: 'uploaded',
    school,
    detail: { drop: drop.code, rows: reading.rows, sha256: upload.sha256 },
  })
  return import_id
}

/** @throws SameFile when the same bytes were sent for this drop and school, and that import was neither undone nor given up. */
export async function refuseSameFile(
  viewer: Viewer,
  drop: Drop,
  school: number | null,
  sha256: string,
): Promise<void> {
  const rows = await read(viewer, (db) => {
    const all = db
      .selectFrom('evidence.import as i')
      .innerJoin('evidence.upload as u', (join) =>
        join.onRef('u.trust_id', '=', 'i.trust_id').onRef('u.upload_id', '=', 'i.upload_id'),
      )
      .innerJoin('evidence.import_step as s', (join) =>
        join.onRef('s.trust_id', '=', 'i.trust_id').onRef('s.import_id', '=', 'i.import_id'),
      )
      .leftJoin('organisation.person as p', (join) =>
        join.onRef('p.trust_id', '=', 'u.trust_id').onRef('p.person_id', '=', 'u.uploaded_by'),
      )
      .select(['i.import_id as id', 'u.name', 'u.uploaded_at as at', 'p.name as by', 's.step', 's.snapshot'])
      .where('i.drop_id', '=', drop.id)
      .where('u.sha256', '=', sha256)
      .orderBy('s.import_step_id')
    return (
      school === null ? all.where('i.school_id', 'is', null) : all.where('i.school_id', '=', school)
    ).execute()
  })
  const last = new Map(rows.map((row) => [row.id, row]))
  const standing = [...last.values()].findLast(({ step }) => step !== 'undone' && step !== 'abandoned')
  if (!standing) return
  const when = `${standing.by ?? 'Someone at the command line'} sent the very same file, as ${standing.name}, on ${dayName(londonDay(standing.at))} at ${londonTime(standing.at)}`
  throw new SameFile(
    standing.id,
    standing.step === 'published'
      ? `${when}; it was published as snapshot ${standing.snapshot}. Sending it again would change nothing unless something was published since. Send it again only if you mean to.`
      : `${when}; that import is not published yet. Go on with it, or send the file again if you mean to start anew.`,
  )
}
