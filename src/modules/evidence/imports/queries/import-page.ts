import type { Verdict } from '../../../../kernel/refusal.ts'
import { read } from '../../../../platform/database/door.ts'
import type { Viewer } from '../../../../platform/viewer.ts'
import { type School, schools } from '../../../organisation/index.ts'
import type { Drop } from '../../drops/domain/drop.ts'
import { askedIn } from '../../drops/queries/assessments.ts'
import { latestIn } from '../../snapshots/queries.ts'
import { attendanceColumns, characteristicColumns, type StepName, verdicts } from '../domain/steps.ts'
import {
  type Answers,
  type Checked,
  type FileColumn,
  type GuessFrom,
  type Mapping,
  plainTargets,
  type Reading,
  type Target,
  targetNames,
} from '../domain/words.ts'
import { importIn } from './import-row.ts'

/** A column of the file, what we read it as, and where that comes from. */
export interface ColumnMatch extends FileColumn {
  readonly target: Target
  /** `Reading, scaled score`; `Left out`. */
  readonly targetName: string
  readonly from: GuessFrom
}

export interface TargetChoice {
  readonly value: Target
  readonly label: string
  readonly group: 'The pupil' | 'Results' | 'Attendance' | 'About the pupil' | 'Nothing'
}

/** What one import’s page shows. */
export interface ImportPage {
  readonly id: number
  readonly drop: Drop
  readonly school: Pick<School, 'id' | 'slug' | 'name' | 'shortName'> | null
  readonly file: {
    readonly name: string
    readonly bytes: number
    readonly sha256: string
    readonly by: string | null
    readonly at: Date
  }
  readonly reading: Reading
  /** Each of the five questions: yes, or the sentence that says why not. */
  readonly steps: Readonly<Record<StepName, Verdict>>
  readonly columns: readonly ColumnMatch[]
  /** Everything that a column can be in this drop. */
  readonly targets: readonly TargetChoice[]
  readonly mapping?: Mapping
  readonly answers: Answers
  readonly checked?: Checked
  /** The number that a publish would make now. */
  readonly nextSnapshot: number
  readonly published?: { readonly snapshot: number; readonly at: Date; readonly by: string | null }
  readonly undone?: { readonly snapshot: number; readonly at: Date; readonly by: string | null }
  readonly abandoned?: { readonly at: Date; readonly by: string | null }
  /** Earlier imports of the very same file into this drop. */
  readonly sameFile: readonly {
    readonly id: number
    readonly at: Date
    readonly by: string | null
    readonly published: number | null
  }[]
}

const longResults = ['assessment', 'subject', 'result']

/** Everything that a column can be, for a drop that asks for these assessments. */
export function targetsFor(
  asked: readonly { readonly code: string; readonly name: string }[],
): TargetChoice[] {
  const plain = (group: TargetChoice['group'], wanted: readonly string[]): TargetChoice[] =>
    plainTargets
      .filter((target) => wanted.includes(target))
      .map((value) => ({ value, label: targetNames[value], group }))
  return [
    ...plain('Nothing', ['leave out']),
    ...plain(
      'The pupil',
      plainTargets.filter(
        (target) =>
          ![...attendanceColumns, ...characteristicColumns, ...longResults, 'leave out'].includes(target),
      ),
    ),
    ...asked.map(({ code, name }) => ({
      value: `result:${code}` as const,
      label: name,
      group: 'Results' as const,
    })),
    ...plain('Results', longResults),
    ...plain('Attendance', attendanceColumns),
    ...plain('About the pupil', characteristicColumns),
  ]
}

/** @throws NotHere */
export async function importPage(viewer: Viewer, id: number): Promise<ImportPage> {
  const { row, latest, same } = await read(viewer, async (db) => {
    const row = await importIn(db, viewer, id)
    const same = await db
      .selectFrom('evidence.import as i')
      .innerJoin('evidence.upload as u', (join) =>
        join.onRef('u.trust_id', '=', 'i.trust_id').onRef('u.upload_id', '=', 'i.upload_id'),
      )
      .leftJoin('organisation.person as p', (join) =>
        join.onRef('p.trust_id', '=', 'u.trust_id').onRef('p.person_id', '=', 'u.uploaded_by'),
      )
      .leftJoin('evidence.import_step as s', (join) =>
        join
          .onRef('s.trust_id', '=', 'i.trust_id')
          .onRef('s.import_id', '=', 'i.import_id')
          .on('s.step', '=', 'published'),
      )
      .select(['i.import_id as id', 'u.uploaded_at as at', 'p.name as by', 's.snapshot as published'])
      .where('u.sha256', '=', row.upload.sha256)
      .where('i.drop_id', '=', row.drop.id)
      .where('i.import_id', '<', id)
      .orderBy('i.import_id', 'desc')
      .execute()
    return { row, latest: await latestIn(db), same }
  })
  const known =
    row.school === null ? undefined : (await schools(viewer)).find((school) => school.id === row.school)
  const asked = distinctAssessments(await askedIn(viewer, row.drop))
  const targets = targetsFor(asked)
  const { reading, guesses } = row.stored
  const last = row.steps.findLast(
    ({ step }) => step === 'published' || step === 'undone' || step === 'abandoned',
  )
  const ended = last ? { snapshot: last.snapshot ?? 0, at: last.at, by: last.by } : undefined
  return {
    id,
    drop: row.drop,
    school: known ? { id: known.id, slug: known.slug, name: known.name, shortName: known.shortName } : null,
    file: {
      name: row.upload.name,
      bytes: row.upload.bytes,
      sha256: row.upload.sha256,
      by: row.upload.by,
      at: row.upload.at,
    },
    reading,
    steps: {
      uploaded: verdicts.uploaded(row.state),
      mapped: verdicts.mapped(row.state),
      checked: verdicts.checked(row.state),
      publishable: verdicts.publishable(row.state),
      revertable: verdicts.revertable(row.state),
    },
    columns: reading.columns.map((column) => {
      const guess = guesses.find(({ index }) => index === column.index)
      const target = row.mapping
        ? (row.mapping.columns[column.index] ?? 'leave out')
        : (guess?.target ?? 'leave out')
      return {
        ...column,
        target,
        targetName: targets.find(({ value }) => value === target)?.label ?? target,
        from: guess && guess.target === target ? guess.from : 'chosen',
      }
    }),
    targets,
    mapping: row.mapping,
    answers: row.answers,
    checked: row.checked,
    nextSnapshot: latest + 1,
    published: last?.step === 'published' ? ended : undefined,
    undone: last?.step === 'undone' ? ended : undefined,
    abandoned: last?.step === 'abandoned' ? ended : undefined,
    sameFile: same,
  }
}

/** The assessments that a drop asks for, each once. */
export function distinctAssessments<T extends { readonly assessment: { readonly id: number } }>(
  asked: readonly T[],
): T['assessment'][] {
  return [...new Map(asked.map(({ assessment }) => [assessment.id, assessment])).values()]
}
