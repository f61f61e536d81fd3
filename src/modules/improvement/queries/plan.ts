import { sql } from 'kysely'
import type { Day } from '../../../kernel/days.ts'
import type { FigureKey } from '../../../kernel/figure.ts'
import { NotHere } from '../../../kernel/refusal.ts'
import { type Reading, read } from '../../../platform/database/door.ts'
import { keptUntilWritten } from '../../../platform/database/kept.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import type { DecisionVerdict, Likely, Origin, ProgressState, Stage } from '../tables.ts'

export interface Owner {
  readonly id: number
  readonly name: string
  readonly leftOn: Day | null
}

export interface Criterion {
  readonly id: number
  readonly words: string
  /** A figure with a target; none for a check. */
  readonly figure: {
    readonly measure: string
    readonly school: number | null
    readonly year: string
    readonly group: string
    readonly target: number
  } | null
  readonly by: Day
  readonly metOn: Day | null
}

export interface Action {
  readonly id: number
  readonly objective: number
  readonly school: number | null
  readonly title: string
  readonly owner: Owner | null
  readonly starts: Day
  readonly due: Day
  /** In pounds. */
  readonly cost: number
  /** People’s days. */
  readonly days: number
  readonly doneOn: Day | null
  readonly origin: Origin | null
}

export interface ProgressSaid {
  readonly term: number
  readonly state: ProgressState
  readonly words: string
  readonly on: Day
  readonly by: string | null
}

export interface Evidence {
  readonly id: number
  readonly words: string
  readonly link: string
  readonly figure: FigureKey | null
  readonly on: Day
}

export interface Objective {
  readonly id: number
  readonly plan: number
  readonly school: number | null
  readonly academicYear: number
  readonly priority: number | null
  readonly title: string
  readonly why: string
  readonly forWhom: string
  readonly by: Day
  readonly owner: Owner | null
  readonly stage: Stage
  readonly ingredients: readonly string[]
  readonly origin: Origin | null
  readonly carriedFrom: number | null
  readonly copiedFrom: number | null
  readonly sharedOn: Day | null
  readonly criteria: readonly Criterion[]
  readonly actions: readonly Action[]
  readonly progress: readonly ProgressSaid[]
  readonly evidence: readonly Evidence[]
  readonly risks: readonly {
    readonly id: number
    readonly words: string
    readonly answer: string
    readonly likely: Likely
  }[]
  readonly decisions: readonly {
    readonly id: number
    readonly stage: Stage
    readonly verdict: DecisionVerdict
    readonly words: string
    readonly on: Day
    readonly by: string | null
  }[]
  readonly thanks: readonly { readonly from: string; readonly words: string; readonly on: Day }[]
}

export interface Plan {
  readonly id: number
  /** None: the trust’s own. */
  readonly school: number | null
  readonly academicYear: number
  readonly title: string
  readonly carriedFrom: number | null
  readonly objectives: readonly Objective[]
}

/** Plans with everything in them, by which of them are wanted. */
export interface PlansWanted {
  readonly id?: number
  readonly academicYear?: number
  readonly school?: number | null
  /** Of any of these; `null` is the trust itself. */
  readonly schools?: readonly (number | null)[]
}

export const plansWith = (viewer: Viewer, wanted: PlansWanted): Promise<Plan[]> =>
  keptUntilWritten(viewer, `plans ${JSON.stringify(wanted)}`, () =>
    read(viewer, (db) => plansIn(db, viewer.trust, wanted)),
  )

export async function plansIn(
  db: Reading,
  trust: number,
  { id, academicYear, school, schools = school === undefined ? undefined : [school] }: PlansWanted,
): Promise<Plan[]> {
  let query = db.selectFrom('improvement.plan').where('trust_id', '=', trust)
  if (id !== undefined) query = query.where('plan_id', '=', id)
  if (academicYear !== undefined) query = query.where('academic_year', '=', academicYear)
  if (schools !== undefined) {
    const { ids, trust: own } = whose(schools)
    query = query.where((find) =>
      find.or([find('school_id', 'in', ids), ...(own ? [find('school_id', 'is', null)] : [])]),
    )
  }
  const plans = await query
    .select(['plan_id as id', 'school_id as school', 'academic_year as academicYear', 'title'])
    .select('carried_from as carriedFrom')
    .orderBy('academic_year', 'desc')
    .orderBy('plan_id')
    .execute()
  if (plans.length === 0) return []
  const objectives = await objectivesIn(db, trust, { plans: plans.map((plan) => plan.id) })
  const own = Map.groupBy(objectives, (one) => one.plan)
  return plans.map((plan) => ({ ...plan, objectives: own.get(plan.id) ?? [] }))
}

/** Ids for an `in` that may be of nobody, and whether the trust's own is among them. */
export const whose = (schools: readonly (number | null)[]) => {
  const ids = schools.filter((school) => school !== null)
  return { ids: ids.length > 0 ? ids : [-1], trust: schools.includes(null) }
}

/** One plan. @throws NotHere */
export async function planById(viewer: Viewer, id: number): Promise<Plan> {
  const [plan] = await plansWith(viewer, { id })
  if (!plan) throw new NotHere('There is no such plan that you can see.')
  return plan
}

/** One objective with all that belongs to it. @throws NotHere */
export async function objectiveById(viewer: Viewer, id: number): Promise<Objective> {
  const [objective] = await keptUntilWritten(viewer, `objective ${id}`, () =>
    read(viewer, (db) => objectivesIn(db, viewer.trust, { objective: id })),
  )
  if (!objective) throw new NotHere('There is no such objective that you can see.')
  return objective
}

/** The objectives that came from these things, and those with an action that did; newest first. See `aboutOf`. */
export const objectivesAbout = (viewer: Viewer, about: readonly string[]): Promise<Objective[]> =>
  about.length === 0
    ? Promise.resolve([])
    : keptUntilWritten(viewer, `objectives about ${about.join(' ')}`, () =>
        read(viewer, async (db) => (await objectivesIn(db, viewer.trust, { about })).toReversed()),
      )

async function objectivesIn(
  db: Reading,
  trust: number,
  of: { plans?: readonly number[]; objective?: number; about?: readonly string[] },
): Promise<Objective[]> {
  let query = db
    .selectFrom('improvement.objective as o')
    .leftJoin('improvement.plan as l', (join) =>
      join.onRef('l.trust_id', '=', 'o.trust_id').onRef('l.plan_id', '=', 'o.plan_id'),
    )
    .leftJoin('organisation.person as p', (join) =>
      join.onRef('p.trust_id', '=', 'o.trust_id').onRef('p.person_id', '=', 'o.owner_id'),
    )
    .where('o.trust_id', '=', trust)
  if (of.plans) query = query.where('o.plan_id', 'in', [...of.plans])
  if (of.objective !== undefined) query = query.where('o.objective_id', '=', of.objective)
  if (of.about) {
    const about = [...of.about]
    query = query.where((is) =>
      is.or([
        is(sql<string>`o.origin ->> 'about'`, 'in', about),
        is(
          'o.objective_id',
          'in',
          is
            .selectFrom('improvement.action as a')
            .where('a.trust_id', '=', trust)
            .where(sql<string>`a.origin ->> 'about'`, 'in', about)
            .select('a.objective_id'),
        ),
      ]),
    )
  }
  const rows = await query
    .select([
      'o.objective_id as id',
      'o.plan_id as plan',
      'o.school_id as school',
      'o.priority_id as priority',
    ])
    .select([
      'o.title',
      'o.why',
      'o.for_whom as forWhom',
      'o.by_day as by',
      'o.stage',
      'o.ingredients',
      'o.origin',
    ])
    .select(['o.carried_from as carriedFrom', 'o.copied_from as copiedFrom', 'o.shared_on as sharedOn'])
    .select(['o.owner_id as ownerId', 'p.name as ownerName', 'p.left_on as ownerLeft'])
    .select('l.academic_year as academicYear')
    .orderBy('o.objective_id')
    .execute()
  if (rows.length === 0) return []
  const parts = await partsOf(
    db,
    trust,
    rows.map((row) => row.id),
  )
  return rows.map(({ ownerId, ownerName, ownerLeft, academicYear, origin, ...row }) => ({
    ...row,
    academicYear: academicYear ?? 0,
    origin: (origin as Origin | null) ?? null,
    owner: ownerOf(ownerId, ownerName, ownerLeft),
    criteria: parts.criteria(row.id),
    actions: parts.actions(row.id),
    progress: parts.progress(row.id),
    evidence: parts.evidence(row.id),
    risks: parts.risks(row.id),
    decisions: parts.decisions(row.id),
    thanks: parts.thanks(row.id),
  }))
}

const ownerOf = (id: number | null, name: string | null, leftOn: Day | null): Owner | null =>
  id === null ? null : { id, name: name ?? '', leftOn }

const byObjective = <Row extends { readonly objective: number }, T>(
  rows: readonly Row[],
  as: (row: Row) => T,
) => {
  const found = Map.groupBy(rows, (row) => row.objective)
  return (objective: number): T[] => (found.get(objective) ?? []).map(as)
}

async function partsOf(db: Reading, trust: number, objectives: readonly number[]) {
  const ids = [...objectives]
  const criteria = await db
    .selectFrom('improvement.criterion')
    .where('trust_id', '=', trust)
    .where('objective_id', 'in', ids)
    .select(['criterion_id as id', 'objective_id as objective', 'words', 'measure', 'of_school as school'])
    .select(['year_group as year', 'pupil_group as group', 'target', 'by_day as by', 'met_on as metOn'])
    .orderBy('criterion_id')
    .execute()
  const actions = await db
    .selectFrom('improvement.action as a')
    .leftJoin('organisation.person as p', (join) =>
      join.onRef('p.trust_id', '=', 'a.trust_id').onRef('p.person_id', '=', 'a.owner_id'),
    )
    .where('a.trust_id', '=', trust)
    .where('a.objective_id', 'in', ids)
    .select([
      'a.action_id as id',
      'a.objective_id as objective',
      'a.school_id as school',
      'a.title',
      'a.starts',
    ])
    .select(['a.due', 'a.cost_pounds as cost', 'a.days', 'a.done_on as doneOn', 'a.owner_id as ownerId'])
    .select('a.origin')
    .select(['p.name as ownerName', 'p.left_on as ownerLeft'])
    .orderBy('a.due')
    .orderBy('a.action_id')
    .execute()
  const progress = await db
    .selectFrom('improvement.progress as g')
    .leftJoin('organisation.person as p', (join) =>
      join.onRef('p.trust_id', '=', 'g.trust_id').onRef('p.person_id', '=', 'g.person_id'),
    )
    .where('g.trust_id', '=', trust)
    .where('g.objective_id', 'in', ids)
    .select(['g.objective_id as objective', 'g.term', 'g.state', 'g.words', 'g.on_day as on', 'p.name as by'])
    .orderBy('g.progress_id')
    .execute()
  const evidence = await db
    .selectFrom('improvement.evidence')
    .where('trust_id', '=', trust)
    .where('objective_id', 'in', ids)
    .select([
      'evidence_id as id',
      'objective_id as objective',
      'words',
      'link',
      'measure',
      'place',
      'on_day as on',
    ])
    .select(['year_group as year', 'pupil_group as group', 'period', 'snapshot'])
    .orderBy('evidence_id')
    .execute()
  const risks = await db
    .selectFrom('improvement.risk')
    .where('trust_id', '=', trust)
    .where('objective_id', 'in', ids)
    .select(['risk_id as id', 'objective_id as objective', 'words', 'answer', 'likely'])
    .orderBy('risk_id')
    .execute()
  const decisions = await db
    .selectFrom('improvement.decision as d')
    .leftJoin('organisation.person as p', (join) =>
      join.onRef('p.trust_id', '=', 'd.trust_id').onRef('p.person_id', '=', 'd.person_id'),
    )
    .where('d.trust_id', '=', trust)
    .where('d.objective_id', 'in', ids)
    .select([
      'd.decision_id as id',
      'd.objective_id as objective',
      'd.stage',
      'd.verdict',
      'd.words',
      'd.on_day as on',
    ])
    .select('p.name as by')
    .orderBy('d.decision_id')
    .execute()
  const thanks = await db
    .selectFrom('improvement.thanks')
    .where('trust_id', '=', trust)
    .where('objective_id', 'in', ids)
    .select(['objective_id as objective', 'from_school as from', 'words', 'on_day as on'])
    .execute()
  return {
    criteria: byObjective(
      criteria,
      ({ id, words, by, metOn, ...figure }): Criterion => ({
        id,
        words,
        by,
        metOn,
        figure:
          figure.measure === null
            ? null
            : {
                measure: figure.measure,
                school: figure.school,
                year: figure.year ?? 'all',
                group: figure.group ?? 'all',
                target: figure.target ?? 0,
              },
      }),
    ),
    actions: byObjective(
      actions,
      ({ ownerId, ownerName, ownerLeft, origin, ...row }): Action => ({
        ...row,
        origin: (origin as Origin | null) ?? null,
        owner: ownerOf(ownerId, ownerName, ownerLeft),
      }),
    ),
    progress: byObjective(progress, ({ objective: _, ...row }): ProgressSaid => row),
    evidence: byObjective(
      evidence,
      ({ id, words, link, on, measure, place, year, group, period, snapshot }): Evidence => ({
        id,
        words,
        link,
        on,
        figure:
          measure === null || snapshot === null
            ? null
            : { measure, place: place!, year: year!, group: group!, period: period!, snapshot },
      }),
    ),
    risks: byObjective(risks, ({ objective: _, ...row }) => row),
    decisions: byObjective(decisions, ({ objective: _, ...row }) => row),
    thanks: byObjective(thanks, ({ objective: _, ...row }) => row),
  }
}
