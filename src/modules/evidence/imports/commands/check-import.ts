import { isDeepStrictEqual } from 'node:util'
import { enforce, Refusal } from '../../../../kernel/refusal.ts'
import { read, record, write } from '../../../../platform/database/door.ts'
import type { Viewer } from '../../../../platform/viewer.ts'
import { checkFile } from '../check/check-file.ts'
import { settingOf } from '../check/setting.ts'
import { mapped } from '../domain/steps.ts'
import { partOf, type Tell, untold } from '../domain/tell.ts'
import type { Answers, Checked, Mapping } from '../domain/words.ts'
import { type ImportRow, importIn } from '../queries/import-row.ts'
import { atBench, enforceColumns } from './at-bench.ts'

/** Goes through the rows again and counts what a publish would do now. @throws Refusal */
export const checkImport = (viewer: Viewer, id: number, tell?: Tell): Promise<Checked> =>
  recheck(viewer, id, (row) => ({ mapping: row.mapping, answers: row.answers }), tell)

/**
 * Takes answers to problems (a choice’s value by the problem’s key, or by `all:KIND` for every problem of a kind; an empty
 * text takes an answer back) and checks the rows again with them. @throws Refusal
 */
export const answerRows = (viewer: Viewer, id: number, answers: Answers, tell?: Tell): Promise<Checked> =>
  recheck(viewer, id, agreeing(answers), tell)

const agreeing =
  (answers: Answers) =>
  (row: ImportRow): Agreed => {
    const all: Record<string, string> = { ...row.answers }
    for (const [key, value] of Object.entries(answers)) {
      if (key.length > 200 || value.length > 200) throw new Refusal('That answer is none of those offered.')
      if (value === '') delete all[key]
      else all[key] = value
    }
    return { mapping: row.mapping, answers: all }
  }

export interface Agreed {
  readonly mapping: Mapping | undefined
  readonly answers: Answers
}

/** @throws Refusal when the import is over, or the viewer may not change it. */
export function enforceGoingOn({ state }: ImportRow): void {
  if (!state.maySend)
    throw new Refusal(
      'Only the school’s data manager, its headteacher or the trust data lead may change this import.',
    )
  if (state.abandoned) throw new Refusal('This import was given up. Upload the file again to start anew.')
  if (state.undone) throw new Refusal('This import was undone. Upload the file again to publish it.')
  if (state.published)
    throw new Refusal(
      `This import is published already, as snapshot ${state.published.snapshot}. Undo it to change it.`,
    )
  if (state.dropClosed) throw new Refusal(state.dropClosed)
}

export async function recheck(
  viewer: Viewer,
  id: number,
  agree: (row: ImportRow) => Agreed,
  tell: Tell = untold,
): Promise<Checked> {
  const row = await read(viewer, (db) => importIn(db, viewer, id))
  enforceGoingOn(row)
  const { mapping, answers } = agree(row)
  enforce(mapped({ ...row.state, mapping }))
  enforceColumns(mapping!, row.school)
  const sheet = row.stored.reading.sheet
  const outcome = await atBench(
    viewer,
    row.upload.sha256,
    sheet,
    async (bench, reading) =>
      checkFile(
        bench,
        viewer.house.lake,
        reading,
        mapping!,
        answers,
        await settingOf(viewer, row.drop, row.school),
        partOf(tell, 0.4, 0.95),
      ),
    partOf(tell, 0, 0.4),
  )
  const at = viewer.house.clock.now()
  const checked: Checked = { at: at.toISOString(), ...outcome.checked }
  const remapped = !isDeepStrictEqual(mapping, row.mapping)
  await write(viewer, async (tx) => {
    enforceGoingOn(await importIn(tx, viewer, id))
    await tx
      .updateTable('evidence.import')
      .set({
        mapping: JSON.stringify(mapping),
        answers: JSON.stringify(answers),
        checked: JSON.stringify(checked),
      })
      .where('trust_id', '=', viewer.trust)
      .where('import_id', '=', id)
      .execute()
    await tx
      .insertInto('evidence.import_step')
      .values(
        [...(remapped ? ['mapped' as const] : []), 'checked' as const].map((step) => ({
          trust_id: viewer.trust,
          import_id: id,
          school_id: row.school,
          step,
          at,
          person_id: viewer.person || null,
          snapshot: null,
        })),
      )
      .execute()
    await record(viewer, tx, {
      subject: 'evidence.import',
      id,
      deed: remapped ? 'columns matched' : 'checked',
      school: row.school,
      detail: { added: checked.counts.added, changed: checked.counts.changed, open: checked.counts.unplaced },
    })
  })
  return checked
}
