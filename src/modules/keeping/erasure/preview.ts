import { sql } from 'kysely'
import type { NameRemover } from '../../../kernel/names-in-text.ts'
import { count, whole } from '../../../kernel/numbers.ts'
import { read } from '../../../platform/database/door.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { trailOf } from '../../access/index.ts'
import { type HeldInEvidence, heldInEvidence } from '../../evidence/index.ts'
import { type PupilMarks, recordRows } from '../../organisation/index.ts'
import { nameToType, pupilToErase, removerOf } from './erase-pupil.ts'

/** One class of record that holds the pupil. */
export interface Standing {
  readonly what: string
  /** `3 rows in 2 files`; empty when nothing stands. */
  readonly many: number
  readonly words: string
  readonly fate: 'goes' | 'is cleaned' | 'stays'
  readonly why: string
}

export interface ErasurePreview {
  readonly pupil: PupilMarks
  /** What has to be typed to say that it is meant. */
  readonly toType: string
  readonly standing: readonly Standing[]
  /** Rows of locked drops: only for these is there a choice. */
  readonly lockedRows: number
}

const factWords: Record<HeldInEvidence['sealed'][number]['fact'], string> = {
  result: 'Results, EYFS, phonics and multiplication check among them',
  pupil_state: 'Characteristics as at each drop',
  attendance: 'Attendance, sessions',
  session_code: 'Attendance, by code',
  behaviour: 'Behaviour and praise',
  exclusion: 'Suspensions and exclusions',
}

function ofRecord(rows: Awaited<ReturnType<typeof recordRows>>): Standing[] {
  const goes = (what: string, many: number, words: string, why: string): Standing => ({
    what,
    many,
    words,
    fate: 'goes',
    why,
  })
  return [
    goes('Name, numbers and birth date', 1, '1 pupil', 'Found by no search afterwards.'),
    goes(
      'Roll: schools, year groups, classes',
      rows.places + rows.years + rows.classes,
      `${count(rows.places, 'time')} on roll, ${count(rows.years, 'year')}, ${rows.classes === 1 ? '1 class' : `${whole(rows.classes)} classes`}`,
      'The admission register is the school’s own duty and is kept in its own system.',
    ),
    goes('Characteristics, with their dates', rows.characteristics, count(rows.characteristics, 'row'), ''),
    goes('Numbers they had before', rows.formerUpns, count(rows.formerUpns, 'number'), ''),
  ]
}

const ofSealed = ({ sealed }: HeldInEvidence): Standing[] =>
  sealed.map(({ fact, rows, files, drops }) => ({
    what: factWords[fact],
    many: rows,
    words: `${count(rows, 'row')} in ${count(files, 'sealed file')} of ${count(drops, 'drop')}`,
    fate: 'goes',
    why: '',
  }))

function ofFiles({ files, questionMarks, conversations, texts }: HeldInEvidence): Standing[] {
  const naming = files.filter(({ rows, left }) => rows > 0 || !left)
  const rows = files.reduce((sum, file) => sum + file.rows, 0)
  const unsure = files.reduce((sum, file) => sum + file.unsure, 0)
  const entire = naming.filter(
    ({ rows: many, left, unsure: perhaps }) => many === 0 && !left && perhaps === 0,
  )
  return [
    {
      what: 'Marks, question by question',
      many: questionMarks,
      words: count(questionMarks, 'mark'),
      fate: 'goes',
      why: '',
    },
    {
      what: 'Files as schools sent them',
      many: rows + entire.length,
      words: `${count(rows, 'row')} in ${count(files.filter((file) => file.rows > 0).length, 'file')}`,
      fate: 'is cleaned',
      why: [
        'The rows are made blank; every other row keeps its number.',
        entire.length > 0 ? `${count(entire.length, 'file')} that can’t be looked into goes whole.` : '',
        unsure > 0
          ? `${count(unsure, 'row')} could be a namesake’s and stay: look at ${files
              .filter((file) => file.unsure > 0)
              .map(({ name }) => name)
              .join(', ')}.`
          : '',
      ]
        .filter(Boolean)
        .join(' '),
    },
    {
      what: 'What was found, asked and answered about files',
      many: conversations,
      words: count(conversations, 'import'),
      fate: 'is cleaned',
      why: 'An import that is not published yet is checked anew.',
    },
    {
      what: 'Notes and reasons that name the pupil',
      many: texts,
      words: count(texts, 'text'),
      fate: 'is cleaned',
      why: 'The name is taken out; the note stays.',
    },
  ]
}

/** Texts of later modules that people wrote: they are theirs to mend, some are signed. */
const written = [
  ['measures.finding_decision', ['reason', 'sentence']],
  ['improvement.objective', ['title', 'why']],
  ['improvement.action', ['title']],
  ['improvement.progress', ['words']],
  ['improvement.judgement', ['words', 'strengths', 'next_steps']],
  ['improvement.citation', ['words']],
  ['improvement.confirmed', ['document']],
  ['improvement.signed_evaluation', ['document']],
] as const

async function writtenNaming(
  viewer: Viewer,
  { surname, upns }: PupilMarks,
  remover: NameRemover,
): Promise<number> {
  const hints = [...(surname ? [surname] : []), ...upns].map((one) => `%${one.replace(/[\\%_]/g, '\\$&')}%`)
  return read(viewer, async (db) => {
    let many = 0
    for (const [table, columns] of written) {
      const text = sql.join(
        columns.map((name) => sql`coalesce(${sql.ref(name)}::text, '')`),
        sql` || ' ' || `,
      )
      const { rows } = await sql<{ text: string }>`select ${text} as text from ${sql.table(table)}
        where trust_id = ${viewer.trust} and ${text} ilike any (${hints}::text[])`.execute(db)
      many += rows.filter((row) => remover.names(row.text)).length
    }
    return many
  })
}

/**
 * What stands about one pupil, class by class, and what would become of it. Changes nothing.
 * @throws NotHere for who may not erase, and when there is no such pupil.
 */
export async function previewErasure(viewer: Viewer, id: number): Promise<ErasurePreview> {
  const pupil = await pupilToErase(viewer, id)
  const remover = removerOf([pupil])
  const held = await heldInEvidence(viewer, [pupil], remover)
  const trail = await trailOf(viewer, [pupil], remover)
  const plans = await writtenNaming(viewer, pupil, remover)
  const standing: Standing[] = [
    ...ofRecord(await recordRows(viewer, [id])),
    ...ofSealed(held),
    ...ofFiles(held),
    {
      what: 'Lines of the audit trail',
      many: trail.lines,
      words: `${count(trail.lines, 'line')}, ${whole(trail.naming)} with the name in its words`,
      fate: trail.naming > 0 ? 'is cleaned' : 'stays',
      why: 'Who looked at a record must stay answerable (UK GDPR, Articles 5(2) and 32): lines stay and name a number that is nobody’s; names in their words are taken out.',
    },
    {
      what: 'Plans and self-evaluations that name the pupil',
      many: plans,
      words: count(plans, 'text'),
      fate: 'stays',
      why:
        plans > 0
          ? 'They are their authors’ to mend, and signed ones are frozen: search for the name there.'
          : '',
    },
    {
      what: 'Figures that are published or cited',
      many: 0,
      words: 'Counts and averages of groups',
      fate: 'stays',
      why: 'They hold nobody’s record. A figure cited in a signed paper says what it said.',
    },
    {
      what: 'Backups, and files taken away',
      many: 0,
      words: 'Outside this system’s reach',
      fate: 'stays',
      why: 'Older backups hold the pupil until they are destroyed; one that is restored is gone through again by the list in erased.jsonl. Exports and watched folders are yours to clear.',
    },
  ]
  return {
    pupil,
    toType: nameToType(pupil),
    standing: standing
      .filter(({ many, fate }) => many > 0 || fate === 'stays')
      .filter(({ what, many }) => many > 0 || !/Plans|trail/.test(what)),
    lockedRows: held.sealed.reduce((sum, { locked }) => sum + locked, 0),
  }
}
