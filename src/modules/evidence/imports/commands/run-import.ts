import { createReadStream } from 'node:fs'
import { basename } from 'node:path'
import { Refusal } from '../../../../kernel/refusal.ts'
import { write } from '../../../../platform/database/door.ts'
import type { Workbench } from '../../../../platform/lake/duck.ts'
import type { Viewer } from '../../../../platform/viewer.ts'
import { dropByCode } from '../../drops/queries/drops.ts'
import { checkFile, type Outcome } from '../check/check-file.ts'
import { askedOf, settingOf } from '../check/setting.ts'
import { addIfNoneKnown } from '../domain/match-schools.ts'
import { partOf, type Tell, untold } from '../domain/tell.ts'
import { type Answers, type Checked, problemKinds, type Reading, type Rejected } from '../domain/words.ts'
import { mappingFrom, type WrittenMapping } from '../domain/written-mapping.ts'
import { atBench, enforceColumns, guessed, mustBeOpen } from './at-bench.ts'
import { publishOutcome } from './publish-import.ts'
import { refuseSameFile, saveImport } from './start-import.ts'

export interface ImportWish {
  /** Where the file lies. */
  readonly file: string
  /** Null for a file with a column of schools. */
  readonly school: number | null
  /** The drop’s code. */
  readonly drop: string
  readonly mapping?: WrittenMapping
  readonly dryRun?: boolean
  /** Yes, I know that this very file was published before. */
  readonly again?: boolean
}

export interface ImportRun {
  /** Rows of data in the file. */
  readonly rows: number
  /** Rows taken whole; a row with a rejected cell is not among them, though its other cells go in. */
  readonly accepted: number
  readonly rejected: readonly Rejected[]
  readonly pupils: { readonly matched: number; readonly new: number; readonly missing: number }
  /** The snapshot that it made; null after a dry run, or when nothing went in. */
  readonly snapshot: number | null
  readonly results: {
    readonly added: number
    readonly changed: number
    readonly removed: number
    readonly unchanged: number
  }
  readonly attendance: number
  /** What was noticed, a sentence each. */
  readonly notes: readonly string[]
}

/**
 * An import without a conversation: what can’t be told is left out and listed, what is plain goes in. Pupils who are not on
 * roll are added, unless the mapping says otherwise. @throws Refusal when the file, its columns or the drop won’t do.
 */
export async function runImport(viewer: Viewer, wish: ImportWish, tell: Tell = untold): Promise<ImportRun> {
  const drop = await dropByCode(viewer, wish.drop)
  await mustBeOpen(viewer, drop, wish.school)
  const upload = {
    name: basename(wish.file),
    ...(await viewer.house.files.keep(createReadStream(wish.file))),
  }
  if (!wish.dryRun && !wish.again) await refuseSameFile(viewer, drop, wish.school, upload.sha256)
  const imports = async (bench: Workbench, reading: Reading): Promise<ImportRun> => {
    const guess = await guessed(viewer, bench, reading, drop, wish.school)
    const { mapping, answers: said } = mappingFrom(
      wish.mapping,
      reading,
      guess.mapping,
      await askedOf(viewer, drop),
    )
    enforceColumns(mapping, wish.school)
    const setting = await settingOf(viewer, drop, wish.school)
    const answers = leftOutUnlessSaid(said)
    const outcome = await checkFile(
      bench,
      viewer.house.lake,
      reading,
      mapping,
      answers,
      setting,
      partOf(tell, 0.25, 0.6),
    )
    const checked: Checked = { at: viewer.house.clock.now().toISOString(), ...outcome.checked }
    const { counts } = checked
    const rejected = await rejectedRows(bench, upload.name)
    const run = {
      rows: counts.rows,
      accepted: counts.accepted,
      rejected,
      pupils: counts.pupils,
      results: {
        added: counts.added,
        changed: counts.changed,
        removed: counts.removed,
        unchanged: counts.unchanged,
      },
      attendance: counts.attendance,
      notes: [...reading.notes, ...checked.notes.map(({ sentence }) => sentence), ...sharedNumbers(outcome)],
    }
    const nothing = counts.added + counts.changed + counts.removed + counts.attendance === 0
    if (nothing && rejected.length === 0 && !wish.dryRun)
      throw new Refusal(
        counts.unchanged
          ? `Nothing would change: all ${counts.unchanged} results of the file stand in the drop already.`
          : 'There is nothing to publish: no row of this file holds a result.',
      )
    if (wish.dryRun || nothing) return { ...run, snapshot: null }
    const id = await write(viewer, (tx) =>
      saveImport(viewer, tx, {
        drop,
        school: wish.school,
        upload,
        reading,
        guess: { ...guess, mapping, enough: true },
        checked,
        answers,
      }),
    )
    const { snapshot } = await publishOutcome(
      viewer,
      bench,
      { id, reading, mapping, outcome, setting },
      partOf(tell, 0.6, 1),
    )
    return { ...run, snapshot }
  }
  return atBench(viewer, upload.sha256, undefined, imports, partOf(tell, 0, 0.25))
}

/** What the command line answers where nobody is asked: leave out, except for what changes nobody’s record but adds to it. */
function leftOutUnlessSaid(said: Answers): Answers {
  const answers: Record<string, string> = Object.fromEntries(
    problemKinds.map((kind) => [`all:${kind}`, 'leave out']),
  )
  answers['all:pupil unknown'] = 'add'
  answers['all:same number'] = 'two pupils'
  answers['all:date'] = 'without'
  answers['all:characteristic'] = 'without'
  answers['all:school unknown'] = addIfNoneKnown
  return { ...answers, ...said }
}

const rejectedRows = async (bench: Workbench, file: string): Promise<Rejected[]> =>
  (
    await bench.rows<{ row: number; heading: string; value: string; why: string }>(
      'select distinct "row", heading, value, why from refused order by "row", heading',
    )
  ).map(({ row, heading, value, why }) => ({ file, row, column: heading, value, why }))

const sharedNumbers = ({ standings }: Outcome): string[] =>
  standings.problems
    .filter(({ kind, answer }) => kind === 'same number' && answer === 'two pupils')
    .map(({ why }) => `${why} They are kept as different pupils.`)
