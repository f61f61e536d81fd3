import { tmpdir } from 'node:os'
import { count } from '../../../../kernel/numbers.ts'
import { enforce, Refusal } from '../../../../kernel/refusal.ts'
import { read } from '../../../../platform/database/door.ts'
import type { Workbench } from '../../../../platform/lake/duck.ts'
import type { Viewer } from '../../../../platform/viewer.ts'
import type { Drop } from '../../drops/domain/drop.ts'
import { isHistory } from '../../snapshots/in-trust.ts'
import { askedOf } from '../check/setting.ts'
import { guessColumns } from '../domain/guess-columns.ts'
import { columnsSuffice } from '../domain/steps.ts'
import { type Tell, untold } from '../domain/tell.ts'
import type { ColumnGuess, Mapping, Reading } from '../domain/words.ts'
import { dropClosed, maySend } from '../queries/import-row.ts'
import { readFile } from '../reading/read-file.ts'
import { rememberedFor } from './remembered.ts'

/** Opens a workbench, lays the kept file out on it, and gives the bench back whatever happens. */
export async function atBench<T>(
  viewer: Viewer,
  sha256: string,
  sheet: string | undefined,
  work: (bench: Workbench, reading: Reading) => Promise<T>,
  tell: Tell = untold,
): Promise<T> {
  const { lake, files } = viewer.house
  if (!files.has(sha256))
    throw new Refusal('The file is no longer in the store of raw files. Upload it again.')
  const bench = await lake.duck.workbench()
  try {
    await tell(0, 'Looking at the file')
    const reading = await readFile(bench, files.path(sha256), { sheet, scratch: tmpdir() })
    await tell(1, `${count(reading.rows, 'row')} read`)
    return await work(bench, reading)
  } finally {
    bench.close()
  }
}

/** May this viewer begin an import into this drop for this school? @throws Refusal */
export async function mustBeOpen(viewer: Viewer, drop: Drop, school: number | null): Promise<void> {
  if (!maySend(viewer, school))
    throw new Refusal(
      school === null
        ? 'Only the trust data lead may send a file of several schools.'
        : 'Only the school’s data manager, its headteacher or the trust data lead may send its results.',
    )
  const history = await read(viewer, (db) => isHistory(db, viewer.trust, drop, school))
  const closed = dropClosed(drop, viewer.today, history)
  if (closed) throw new Refusal(closed)
  if (school === null || history) return
  const asked = await read(viewer, (db) =>
    db
      .selectFrom('evidence.drop_request')
      .select('school_id')
      .where('drop_id', '=', drop.id)
      .where('school_id', '=', school)
      .executeTakeFirst(),
  )
  if (!asked) throw new Refusal(`The ${drop.name.toLowerCase()} drop doesn’t ask this school for anything.`)
}

export interface Guessed {
  readonly guesses: readonly ColumnGuess[]
  readonly mapping: Mapping
  /** Whether the guesses are enough to check the rows. */
  readonly enough: boolean
}

/** What each column is likely to be, from what this school’s were, their headings and their values. */
export async function guessed(
  viewer: Viewer,
  bench: Workbench,
  reading: Reading,
  drop: Drop,
  school: number | null,
): Promise<Guessed> {
  const names = reading.columns.map(({ index }) => `c${index}`)
  const rows = await bench.rows<Record<string, string | null>>(
    `select ${names.join(', ')} from file limit 500`,
  )
  const { columns: remembered, assessments } = await rememberedFor(viewer, school)
  const guesses = guessColumns({
    columns: reading.columns,
    values: names.map((name) => rows.map((row) => row[name]?.trim() ?? '')),
    asked: await askedOf(viewer, drop),
    term: drop.name,
    trustWide: school === null,
    remembered,
  })
  const mapping: Mapping = {
    columns: Object.fromEntries(
      guesses.filter(({ target }) => target !== 'leave out').map(({ index, target }) => [index, target]),
    ),
    ...(Object.keys(assessments).length ? { assessments } : {}),
  }
  return {
    guesses,
    mapping,
    enough:
      columnsSuffice(mapping).ok && (school !== null || Object.values(mapping.columns).includes('school')),
  }
}

/** A file of several schools needs a column that says which. @throws Refusal */
export function enforceColumns(mapping: Mapping, school: number | null): void {
  if (school === null && !Object.values(mapping.columns).includes('school'))
    throw new Refusal(
      'This is a file of several schools, but no column says which school each row is of. Match one as “School”.',
    )
  enforce(columnsSuffice(mapping))
}
