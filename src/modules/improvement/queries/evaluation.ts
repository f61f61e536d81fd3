import type { Day } from '../../../kernel/days.ts'
import { NotHere } from '../../../kernel/refusal.ts'
import { type Reading as Reads, read } from '../../../platform/database/door.ts'
import { keptUntilWritten } from '../../../platform/database/kept.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { schools } from '../../organisation/index.ts'
import { canWriteEvaluation } from '../domain/can-confirm.ts'
import { type Area, areasFor, type Framework } from '../domain/framework.ts'
import type { FrozenJudgement, SignedDocument } from '../domain/frozen.ts'
import { type CitedFigure, type CitedKey, citedFigure } from './cited-figure.ts'
import { frameworkByCode } from './frameworks.ts'

export interface Citation {
  readonly id: number
  readonly line: number
  readonly words: string
  readonly link: string
  readonly objective: { readonly id: number; readonly title: string } | null
  readonly key: CitedKey | null
  readonly figure: CitedFigure | null
  /** Why an older reading is kept, when the latest was seen and set aside. */
  readonly kept: string | null
  /** It has moved, and nobody has decided about that reading yet. */
  readonly undecided: boolean
}

export interface Draft {
  readonly grade: string | null
  readonly words: string
  readonly strengths: string
  readonly next: string
  readonly revision: number
  readonly savedAt: Date
  readonly savedBy: string | null
}

export interface Clash {
  readonly id: number
  readonly by: string | null
  readonly at: Date
  readonly grade: string | null
  readonly words: string
  readonly strengths: string
  readonly next: string
}

export interface Confirmed {
  readonly id: number
  readonly area: string
  readonly grade: string
  readonly revision: number
  readonly on: Day
  readonly by: string | null
  readonly document: FrozenJudgement
}

export interface AreaSeen {
  readonly area: Area
  /** For its writers only. */
  readonly draft?: Draft
  readonly citations: readonly Citation[]
  readonly clashes: readonly Clash[]
  /** Latest first. */
  readonly confirmed: readonly Confirmed[]
}

export interface Evaluation {
  readonly id: number
  readonly school: number | null
  readonly framework: Framework
  readonly startedOn: Day
  readonly writes: boolean
  readonly areas: readonly AreaSeen[]
  readonly signed: readonly {
    readonly on: Day
    readonly by: string | null
    readonly document: SignedDocument
  }[]
}

/** An evaluation with what this viewer may read: writers the working copy, everyone else what is confirmed. @throws NotHere */
export async function evaluationById(viewer: Viewer, id: number, only?: string): Promise<Evaluation> {
  const head = await keptUntilWritten(viewer, `evaluation ${id}`, () =>
    read(viewer, (db) =>
      db
        .selectFrom('improvement.evaluation')
        .where('trust_id', '=', viewer.trust)
        .where('evaluation_id', '=', id)
        .select(['evaluation_id as id', 'school_id as school', 'framework', 'started_on as startedOn'])
        .executeTakeFirst(),
    ),
  )
  if (!head) throw new NotHere('There is no such self-evaluation that you can see.')
  const framework = await frameworkByCode(viewer, head.framework)
  const phase =
    head.school === null ? undefined : (await schools(viewer)).find((one) => one.id === head.school)?.phase
  const writes = canWriteEvaluation(viewer, head.school).ok
  const rows = await keptUntilWritten(viewer, `evaluation rows ${id}`, () =>
    read(viewer, (db) => rowsOf(db, viewer.trust, id, writes)),
  )
  const areas = areasFor(framework, phase).filter((area) => only === undefined || area.code === only)
  if (only !== undefined && areas.length === 0) throw new NotHere('The framework has no such area.')
  return {
    ...head,
    framework,
    writes,
    signed: rows.signed.map(({ document, ...row }) => ({
      ...row,
      document: document as unknown as SignedDocument,
    })),
    areas: await Promise.all(
      areas.map(async (area): Promise<AreaSeen> => {
        const draft = rows.drafts.find((one) => one.area === area.code)
        return {
          area,
          ...(draft ? { draft } : {}),
          citations: await Promise.all(
            rows.citations.filter((one) => one.area === area.code).map((one) => resolved(viewer, one)),
          ),
          clashes: rows.clashes.filter((one) => one.area === area.code),
          confirmed: rows.confirmed.filter((one) => one.area === area.code).map(asConfirmed),
        }
      }),
    ),
  }
}

const asConfirmed = <T extends { document: unknown }>(row: T) => ({
  ...row,
  document: row.document as FrozenJudgement,
})

async function rowsOf(db: Reads, trust: number, id: number, writes: boolean) {
  const confirmed = await db
    .selectFrom('improvement.confirmed as c')
    .leftJoin('organisation.person as p', (join) =>
      join.onRef('p.trust_id', '=', 'c.trust_id').onRef('p.person_id', '=', 'c.person_id'),
    )
    .where('c.trust_id', '=', trust)
    .where('c.evaluation_id', '=', id)
    .select([
      'c.confirmed_id as id',
      'c.area',
      'c.grade',
      'c.revision',
      'c.on_day as on',
      'c.document',
      'p.name as by',
    ])
    .orderBy('c.confirmed_id', 'desc')
    .execute()
  const signed = await db
    .selectFrom('improvement.signed_evaluation as s')
    .leftJoin('organisation.person as p', (join) =>
      join.onRef('p.trust_id', '=', 's.trust_id').onRef('p.person_id', '=', 's.person_id'),
    )
    .where('s.trust_id', '=', trust)
    .where('s.evaluation_id', '=', id)
    .select(['s.on_day as on', 'p.name as by', 's.document'])
    .orderBy('s.signed_id', 'desc')
    .execute()
  if (!writes) return { confirmed, signed, drafts: [], citations: [], clashes: [] }
  const drafts = await db
    .selectFrom('improvement.judgement as j')
    .leftJoin('organisation.person as p', (join) =>
      join.onRef('p.trust_id', '=', 'j.trust_id').onRef('p.person_id', '=', 'j.saved_by'),
    )
    .where('j.trust_id', '=', trust)
    .where('j.evaluation_id', '=', id)
    .select(['j.area', 'j.grade', 'j.words', 'j.strengths', 'j.next_steps as next', 'j.revision'])
    .select(['j.saved_at as savedAt', 'p.name as savedBy'])
    .execute()
  const citations = await db
    .selectFrom('improvement.citation as c')
    .leftJoin('improvement.objective as o', (join) =>
      join.onRef('o.trust_id', '=', 'c.trust_id').onRef('o.objective_id', '=', 'c.objective_id'),
    )
    .where('c.trust_id', '=', trust)
    .where('c.evaluation_id', '=', id)
    .select([
      'c.citation_id as id',
      'c.area',
      'c.line',
      'c.words',
      'c.link',
      'c.measure',
      'c.of_school as school',
    ])
    .select([
      'c.year_group as year',
      'c.pupil_group as group',
      'c.period',
      'c.snapshot',
      'c.kept_why as keptWhy',
    ])
    .select(['c.kept_over as keptOver', 'c.objective_id as objective', 'o.title as objectiveTitle'])
    .orderBy('c.line')
    .execute()
  const clashes = await db
    .selectFrom('improvement.clash as c')
    .leftJoin('organisation.person as p', (join) =>
      join.onRef('p.trust_id', '=', 'c.trust_id').onRef('p.person_id', '=', 'c.person_id'),
    )
    .where('c.trust_id', '=', trust)
    .where('c.evaluation_id', '=', id)
    .where('c.settled_at', 'is', null)
    .select([
      'c.clash_id as id',
      'c.area',
      'c.grade',
      'c.words',
      'c.strengths',
      'c.next_steps as next',
      'c.at',
    ])
    .select('p.name as by')
    .orderBy('c.clash_id')
    .execute()
  return { confirmed, signed, drafts, citations, clashes }
}

async function resolved(
  viewer: Viewer,
  row: Awaited<ReturnType<typeof rowsOf>>['citations'][number],
): Promise<Citation> {
  const key: CitedKey | null =
    row.measure === null || row.snapshot === null
      ? null
      : {
          measure: row.measure,
          school: row.school,
          year: row.year ?? 'all',
          group: row.group ?? 'all',
          period: row.period ?? '',
          snapshot: row.snapshot,
        }
  const figure = key && (await citedFigure(viewer, key))
  const kept = figure?.now && row.keptOver === figure.now.href ? row.keptWhy : null
  return {
    id: row.id,
    line: row.line,
    words: row.words,
    link: row.link,
    objective:
      row.objective === null ? null : { id: row.objective, title: row.objectiveTitle ?? 'An objective' },
    key,
    figure,
    kept,
    undecided: Boolean(figure?.moved) && kept === null,
  }
}

/** One evaluation in a line, with the latest confirmed judgement of each area. */
export interface EvaluationLine {
  readonly id: number
  readonly school: number | null
  readonly framework: string
  readonly startedOn: Day
  readonly judgements: readonly Confirmed[]
}

/** Every self-evaluation that the viewer sees, with what is confirmed. */
export const evaluationLines = (viewer: Viewer): Promise<EvaluationLine[]> =>
  keptUntilWritten(viewer, 'evaluation lines', () =>
    read(viewer, async (db) => {
      const heads = await db
        .selectFrom('improvement.evaluation')
        .where('trust_id', '=', viewer.trust)
        .select(['evaluation_id as id', 'school_id as school', 'framework', 'started_on as startedOn'])
        .orderBy('evaluation_id')
        .execute()
      const rows = await db
        .selectFrom('improvement.confirmed as c')
        .leftJoin('organisation.person as p', (join) =>
          join.onRef('p.trust_id', '=', 'c.trust_id').onRef('p.person_id', '=', 'c.person_id'),
        )
        .where('c.trust_id', '=', viewer.trust)
        .distinctOn(['c.evaluation_id', 'c.area'])
        .select(['c.confirmed_id as id', 'c.evaluation_id as evaluation', 'c.area', 'c.grade', 'c.revision'])
        .select(['c.on_day as on', 'c.document', 'p.name as by'])
        .orderBy('c.evaluation_id')
        .orderBy('c.area')
        .orderBy('c.confirmed_id', 'desc')
        .execute()
      const own = Map.groupBy(rows, (row) => row.evaluation)
      return heads.map((head) => ({ ...head, judgements: (own.get(head.id) ?? []).map(asConfirmed) }))
    }),
  )
