import { sql } from 'kysely'
import type { NameRemover } from '../../../kernel/names-in-text.ts'
import { type Reading, read, type Writing } from '../../../platform/database/door.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { fold } from '../imports/domain/letters.ts'
import type { Answers, Checked, ProblemGroup } from '../imports/domain/words.ts'
import type { StoredReading } from '../imports/queries/import-row.ts'
import type { Sought } from './domain/row-of-pupil.ts'

interface Conversation {
  readonly id: number
  readonly sha256: string
  readonly reading: StoredReading
  readonly answers: Answers
  readonly checked: Checked | null
  readonly open: boolean
}

/** Words by which a text could name them, for the database to look for. */
const hints = (pupils: readonly Sought[]) =>
  sql`${pupils.flatMap(({ surname, upns }) => [...(surname ? [surname] : []), ...upns]).map((word) => `%${word.replace(/[\\%_]/g, '\\$&')}%`)}::text[]`

async function importsNaming(
  db: Reading,
  viewer: Viewer,
  pupils: readonly Sought[],
  changed: ReadonlySet<string>,
): Promise<Conversation[]> {
  const ids = pupils.map(({ pupil }) => pupil)
  const { rows } =
    await sql<Conversation>`select i.import_id as id, u.sha256, i.reading, i.answers, i.checked,
      coalesce((select s.step from evidence.import_step s where s.trust_id = i.trust_id and s.import_id = i.import_id
        order by s.import_step_id desc limit 1) not in ('published', 'abandoned'), true) as open
    from evidence.import i join evidence.upload u on u.trust_id = i.trust_id and u.upload_id = i.upload_id
    where i.trust_id = ${viewer.trust} and (u.sha256 = any (${[...changed]}::text[])
      or (i.reading::text || i.answers::text || coalesce(i.checked::text, '')) ilike any (${hints(pupils)})
      or exists (select from jsonb_each_text(i.answers) a where a.value = any (${ids.map((id) => `pupil:${id}`)}::text[]))
      or coalesce(i.checked->'addedPupils', '[]') @> any (${ids.map((id) => `[${id}]`)}::jsonb[]))
    order by i.import_id`.execute(db)
  return rows
}

const mentionsId = (value: string, ids: ReadonlySet<number>) =>
  value.startsWith('pupil:') && ids.has(Number(value.slice(6)))

/** What a conversation about a file keeps when some pupils are let go. Pure; the answer is the same object when nothing changes. */
function without(
  one: Conversation,
  pupils: readonly Sought[],
  remover: NameRemover,
  changed: boolean,
): Conversation {
  const ids = new Set(pupils.map(({ pupil }) => pupil))
  const own = new Set(
    pupils.flatMap((who) =>
      [who.surname, who.forename, who.localId ?? '', who.born ?? '', ...who.upns].map(fold),
    ),
  )
  own.delete('')
  const gone = new Set<string>()
  const groups = one.checked?.groups.map((group): ProblemGroup => {
    const left = group.problems.filter((problem) => {
      const theirs =
        problem.choices.some(({ value }) => mentionsId(value, ids)) || remover.names(JSON.stringify(problem))
      if (theirs) gone.add(problem.key)
      return !theirs
    })
    return { ...group, problems: left }
  })
  const answers = Object.fromEntries(
    Object.entries(one.answers ?? {}).filter(([key, value]) => !gone.has(key) && !mentionsId(value, ids)),
  )
  const reading = one.reading?.reading
  const cleaned = reading && {
    ...one.reading,
    reading: {
      ...reading,
      columns: reading.columns.map((column) => ({
        ...column,
        examples: column.examples.filter((text) => !(changed && own.has(fold(text))) && !remover.names(text)),
      })),
    },
  }
  return {
    ...one,
    reading: remover.withoutIn(cleaned ?? one.reading),
    answers: remover.withoutIn(answers),
    checked: one.checked && {
      ...remover.withoutIn({
        ...one.checked,
        groups: groups!,
        missing: one.checked.missing.filter((name) => !remover.names(name)),
      }),
      addedPupils: one.checked.addedPupils?.filter((pupil) => !ids.has(pupil)),
    },
  }
}

/** How many conversations about files name them: an estimate from the texts, for the preview. */
export const conversationsNaming = async (
  viewer: Viewer,
  pupils: readonly Sought[],
  files: ReadonlySet<string>,
) => (await read(viewer, (db) => importsNaming(db, viewer, pupils, files))).length

/**
 * Takes the pupils out of what was found, asked and answered about files. A conversation that is not over yet, and whose
 * file has changed, is checked anew before anything of it can be published.
 */
export async function cleanConversations(
  viewer: Viewer,
  tx: Writing,
  pupils: readonly Sought[],
  remover: NameRemover,
  changed: ReadonlySet<string>,
): Promise<number> {
  const found = await importsNaming(tx, viewer, pupils, changed)
  for (const one of found) {
    const touched = changed.has(one.sha256)
    const { reading, answers, checked } = without(one, pupils, remover, touched)
    const anew = one.open && touched
    await tx
      .updateTable('evidence.import')
      .set({
        reading: JSON.stringify(reading),
        answers: JSON.stringify(anew ? {} : answers),
        checked: anew || !checked ? null : JSON.stringify(checked),
      })
      .where('trust_id', '=', viewer.trust)
      .where('import_id', '=', one.id)
      .execute()
  }
  return found.length
}

/** Texts of the record that people, or files, wrote: where a name may stand. Columns of JSON are gone through whole. */
const texts = [
  ['evidence.upload', 'upload_id', ['name'], []],
  ['evidence.delivery', 'delivery_id', ['says'], ['wish', 'planned']],
  ['evidence.file_work', 'job_id', ['file'], ['wish']],
  ['evidence.delivery_work', 'job_id', ['file'], ['wish']],
  ['evidence.check_answer', 'check_answer_id', ['answer'], []],
  ['evidence.sign_off', 'sign_off_id', ['withdrawn_why'], []],
  ['evidence.snapshot', 'snapshot', ['note'], []],
  ['evidence.sending', 'sending_id', ['name'], ['answer', 'wish']],
  ['evidence.remembered_mapping', 'remembered_mapping_id', ['heading'], ['target']],
  ['platform.job', 'job_id', ['words', 'trouble'], []],
  ['platform.history', 'history_id', [], ['detail']],
] as const

/** Rows of those texts that name one of the pupils, and what each says without them. */
async function textsNaming(db: Reading, viewer: Viewer, pupils: readonly Sought[], remover: NameRemover) {
  const naming: { table: string; key: string; id: unknown; set: Record<string, unknown> }[] = []
  for (const [table, key, plain, json] of texts) {
    const whole = sql.join(
      [...plain, ...json].map((name) => sql`coalesce(${sql.ref(name)}::text, '')`),
      sql` || ' ' || `,
    )
    const { rows } = await sql<
      Record<string, unknown>
    >`select ${sql.ref(key)} as id, ${sql.join([...plain, ...json].map((name) => sql.ref(name)))}
      from ${sql.table(table)} where trust_id = ${viewer.trust} and ${whole} ilike any (${hints(pupils)})`.execute(
      db,
    )
    for (const { id, ...row } of rows) {
      const set: Record<string, unknown> = {}
      for (const [name, value] of Object.entries(row)) {
        const left = remover.withoutIn(value)
        if (JSON.stringify(left) !== JSON.stringify(value))
          set[name] = (json as readonly string[]).includes(name) ? JSON.stringify(left) : left
      }
      if (Object.keys(set).length > 0) naming.push({ table, key, id, set })
    }
  }
  return naming
}

/** How many texts of the record name them. */
export const textsThatName = async (viewer: Viewer, pupils: readonly Sought[], remover: NameRemover) =>
  (await read(viewer, (db) => textsNaming(db, viewer, pupils, remover))).length

/** Takes their names and numbers out of those texts. */
export async function cleanTexts(
  viewer: Viewer,
  tx: Writing,
  pupils: readonly Sought[],
  remover: NameRemover,
): Promise<number> {
  const naming = await textsNaming(tx, viewer, pupils, remover)
  for (const { table, key, id, set } of naming) {
    const sets = Object.entries(set).map(
      ([name, value]) =>
        sql`${sql.ref(name)} = ${value}${sql.raw(typeof value === 'string' && isJson(table, name) ? '::jsonb' : '')}`,
    )
    await sql`update ${sql.table(table)} set ${sql.join(sets)} where trust_id = ${viewer.trust} and ${sql.ref(key)} = ${id}`.execute(
      tx,
    )
  }
  return naming.length
}

const isJson = (table: string, name: string) =>
  texts.some(([of, , , json]) => of === table && (json as readonly string[]).includes(name))
