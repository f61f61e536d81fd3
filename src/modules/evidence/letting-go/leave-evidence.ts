import { randomInt } from 'node:crypto'
import { sql } from 'kysely'
import type { NameRemover } from '../../../kernel/names-in-text.ts'
import { read, type Writing } from '../../../platform/database/door.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import type { PupilMarks } from '../../organisation/index.ts'
import type { Fact } from '../tables.ts'
import { cleanConversations, cleanTexts, conversationsNaming, textsThatName } from './conversations.ts'
import { filesNaming, type KeptAnew, keepAnew, listKeptAnew, type NamingFile } from './raw-files.ts'
import { everySealed, listAnew, rowsIn, type SealedAnew, sealAnew } from './seal-anew.ts'

/** What figures of locked drops do when a pupil goes: they count without them, or keep the row with nobody’s number and name. */
export type FiguresThen = 'without them' | 'nameless row'

/** Rows of sealed files about some pupils, superseded ones too. */
export interface SealedRows {
  readonly fact: Fact
  readonly rows: number
  readonly files: number
  readonly drops: number
  /** Of these rows, those in files of locked drops. */
  readonly locked: number
}

export interface HeldInEvidence {
  readonly sealed: readonly SealedRows[]
  readonly questionMarks: number
  readonly files: readonly NamingFile[]
  readonly conversations: number
  readonly texts: number
}

const among = (pupils: readonly number[]) => `pupil in (${pupils.map(Number).join(', ')})`
const schoolsOf = (pupils: readonly PupilMarks[]) => new Set(pupils.flatMap(({ schools }) => schools))

/** Counts what sealed files hold of these pupils. */
export async function sealedRows(viewer: Viewer, pupils: readonly number[]): Promise<SealedRows[]> {
  const files = await everySealed(viewer)
  if (files.length === 0 || pupils.length === 0) return []
  const bench = await viewer.house.lake.duck.workbench()
  try {
    const found = await rowsIn(viewer, bench, files, among(pupils))
    const touched = files.filter(({ path }) => found.has(path))
    return [...Map.groupBy(touched, ({ fact }) => fact)].map(([fact, of]) => {
      const sum = (some: typeof of) => some.reduce((total, { path }) => total + found.get(path)!, 0)
      return {
        fact,
        rows: sum(of),
        files: of.length,
        drops: new Set(of.map(({ drop }) => drop)).size,
        locked: sum(of.filter(({ locked }) => locked)),
      }
    })
  } finally {
    bench.close()
  }
}

/** All that stands about these pupils in facts, files and conversations. */
export async function heldInEvidence(
  viewer: Viewer,
  pupils: readonly PupilMarks[],
  remover: NameRemover,
): Promise<HeldInEvidence> {
  const ids = pupils.map(({ pupil }) => pupil)
  const files = await filesNaming(viewer, pupils, schoolsOf(pupils))
  const changed = new Set(files.map(({ sha256 }) => sha256))
  return {
    sealed: await sealedRows(viewer, ids),
    questionMarks: await read(viewer, async (db) => {
      const { rows } = await sql<{
        many: number
      }>`select count(*)::integer as many from evidence.question_mark
        where trust_id = ${viewer.trust} and pupil_id = any (${ids}::integer[])`.execute(db)
      return rows[0]!.many
    }),
    files,
    conversations: await conversationsNaming(viewer, pupils, changed),
    texts: await textsThatName(viewer, pupils, remover),
  }
}

/** A number that is nobody’s: below zero, and not to be worked out from who it was. */
const nobodysNumber = () => -randomInt(1, 2 ** 47)

/** What a row keeps when it may be read by nobody’s name: its school, year, measures and groups, but neither class nor finest codes. */
const blurred: Partial<Record<Fact, Readonly<Record<string, string>>>> = {
  result: { class_id: 'null::integer', raw: 'coalesce(grade, value::varchar)' },
  pupil_state: {
    class_id: 'null::integer',
    form: 'null::varchar',
    ethnicity: 'null::varchar',
  },
  exclusion: { reasons: "''" },
}

function nameless(fact: Fact, source: string, numbers: ReadonlyMap<number, number>): string {
  const theirs = among([...numbers.keys()])
  const columns = {
    pupil: `case pupil ${[...numbers].map(([pupil, number]) => `when ${pupil} then ${number}`).join(' ')} else pupil end`,
    ...Object.fromEntries(
      Object.entries(blurred[fact] ?? {}).map(([name, is]) => [
        name,
        `case when ${theirs} then ${is} else ${name} end`,
      ]),
    ),
  }
  const replaced = Object.entries(columns).map(([name, is]) => `${is} as ${name}`)
  return `select * replace (${replaced.join(', ')}) from ${source} order by pupil`
}

/** Everything made ready outside the transaction. Nobody sees it until `leaveEvidence` lists it. */
export interface ReadyToLeave {
  readonly lake: SealedAnew
  readonly files: readonly KeptAnew[]
  readonly changedFiles: ReadonlySet<string>
}

export async function readyToLeave(
  viewer: Viewer,
  pupils: readonly PupilMarks[],
  figures: FiguresThen,
): Promise<ReadyToLeave> {
  const ids = pupils.map(({ pupil }) => pupil)
  const numbers = new Map(ids.map((pupil) => [pupil, nobodysNumber()]))
  const naming = await filesNaming(viewer, pupils, schoolsOf(pupils))
  const bench = await viewer.house.lake.duck.workbench()
  try {
    const lake = await sealAnew(
      viewer,
      bench,
      await everySealed(viewer),
      among(ids),
      ({ fact, locked }, source) =>
        figures === 'nameless row' && locked
          ? nameless(fact, source, numbers)
          : `select * from ${source} where not (${among(ids)})`,
    )
    return {
      lake,
      files: await keepAnew(viewer, naming),
      changedFiles: new Set(naming.map(({ sha256 }) => sha256)),
    }
  } finally {
    bench.close()
  }
}

/** Takes the pupils out of facts, files and conversations, in the transaction that takes them off the record. */
export async function leaveEvidence(
  viewer: Viewer,
  tx: Writing,
  ready: ReadyToLeave,
  pupils: readonly PupilMarks[],
  remover: NameRemover,
): Promise<void> {
  await listAnew(viewer, tx, ready.lake, 'erased')
  await cleanConversations(viewer, tx, pupils, remover, ready.changedFiles)
  await listKeptAnew(viewer, tx, ready.files)
  await cleanTexts(viewer, tx, pupils, remover)
  await sql`delete from evidence.question_mark where trust_id = ${viewer.trust}
    and pupil_id = any (${pupils.map(({ pupil }) => pupil)}::integer[])`.execute(tx)
}
