import { addDays, type Day } from '../../../kernel/days.ts'
import { keptWhileSame } from '../../../platform/database/changes.ts'
import { type Reading, read } from '../../../platform/database/door.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { holdsOn, inForce, versionsOf } from '../domain/on-day.ts'
import type { PolicyModel, StanceKind, StatementKind } from '../tables.ts'

export interface Statement {
  readonly id: number
  readonly school: number | null
  readonly kind: StatementKind
  readonly title: string
  readonly words: string
  readonly practice: string
  readonly from: Day
  readonly to: Day | null
}

/** A target that is a figure: measure, whose, which pupils, how much, by when. */
export interface SuccessMeasure {
  readonly id: number
  readonly priority: number
  readonly measure: string
  /** None: of the trust as a whole. */
  readonly school: number | null
  readonly year: string
  readonly group: string
  readonly target: number
  readonly by: Day
}

export interface Stance {
  readonly school: number
  readonly priority: number
  readonly stance: StanceKind
  readonly words: string
  readonly from: Day
}

export interface Priority {
  readonly id: number
  readonly aim: number
  /** Set when a school added it for itself. */
  readonly school: number | null
  readonly title: string
  readonly why: string
  readonly owner: { readonly id: number; readonly name: string; readonly leftOn: Day | null } | null
  readonly from: Day
  readonly by: Day
  readonly to: Day | null
  readonly measures: readonly SuccessMeasure[]
  /** What schools do with it, as on the day. */
  readonly stances: readonly Stance[]
}

export interface Aim {
  readonly id: number
  readonly title: string
  readonly why: string
  readonly areas: readonly string[]
  readonly from: Day
  readonly to: Day | null
  readonly priorities: readonly Priority[]
}

export interface Policy {
  readonly id: number
  readonly title: string
  readonly model: PolicyModel
  readonly decides: string
  readonly words: string
  readonly from: Day
  readonly to: Day | null
}

/** Everything that the trust and its schools said they stand for, as it held on a day. */
export interface Purpose {
  readonly on: Day
  readonly mission?: Statement
  readonly vision?: Statement
  readonly values: readonly Statement[]
  readonly ethos: readonly Statement[]
  readonly aims: readonly Aim[]
  readonly policies: readonly Policy[]
  /** Days on which something began or ended, latest first. */
  readonly versions: readonly Day[]
}

export const purposeOn = (viewer: Viewer, day: Day = viewer.today): Promise<Purpose> =>
  keptWhileSame(viewer, `purpose on ${day}`, ['organisation', 'purpose'], async () =>
    asOn(await read(viewer, (db) => rowsOf(db, viewer.trust)), day),
  )

async function rowsOf(db: Reading, trust: number) {
  const statements: Statement[] = await db
    .selectFrom('purpose.statement')
    .where('trust_id', '=', trust)
    .select(['statement_id as id', 'school_id as school', 'kind', 'title', 'words', 'practice'])
    .select(['from_day as from', 'to_day as to'])
    .orderBy('statement_id')
    .execute()
  const aims = await db
    .selectFrom('purpose.aim')
    .where('trust_id', '=', trust)
    .select(['aim_id as id', 'from_day as from', 'to_day as to'])
    .orderBy('aim_id')
    .execute()
  const wordings = await db
    .selectFrom('purpose.aim_wording')
    .where('trust_id', '=', trust)
    .select(['aim_id as aim', 'from_day as from', 'title', 'why', 'areas'])
    .execute()
  const priorities = await db
    .selectFrom('purpose.priority as p')
    .leftJoin('organisation.person as o', (join) =>
      join.onRef('o.trust_id', '=', 'p.trust_id').onRef('o.person_id', '=', 'p.owner_id'),
    )
    .where('p.trust_id', '=', trust)
    .select(['p.priority_id as id', 'p.aim_id as aim', 'p.school_id as school', 'p.title', 'p.why'])
    .select(['p.from_day as from', 'p.by_day as by', 'p.to_day as to'])
    .select(['p.owner_id as ownerId', 'o.name as ownerName', 'o.left_on as ownerLeft'])
    .orderBy('p.priority_id')
    .execute()
  const measures: SuccessMeasure[] = await db
    .selectFrom('purpose.success_measure')
    .where('trust_id', '=', trust)
    .select(['success_measure_id as id', 'priority_id as priority', 'measure', 'school_id as school'])
    .select(['year_group as year', 'pupil_group as group', 'target', 'by_day as by'])
    .orderBy('success_measure_id')
    .execute()
  const stances: Stance[] = await db
    .selectFrom('purpose.stance')
    .where('trust_id', '=', trust)
    .select(['school_id as school', 'priority_id as priority', 'stance', 'words', 'from_day as from'])
    .execute()
  const policies: Policy[] = await db
    .selectFrom('purpose.policy')
    .where('trust_id', '=', trust)
    .select(['policy_id as id', 'title', 'model', 'decides', 'words', 'from_day as from', 'to_day as to'])
    .orderBy('policy_id')
    .execute()
  return { statements, aims, wordings, priorities, measures, stances, policies }
}

function asOn(rows: Awaited<ReturnType<typeof rowsOf>>, on: Day): Purpose {
  const said = rows.statements.filter((one) => holdsOn(one, on))
  const stancesOf = (priority: number): Stance[] =>
    [
      ...Map.groupBy(
        rows.stances.filter((one) => one.priority === priority),
        (one) => one.school,
      ).values(),
    ]
      .map((own) => inForce(own, on))
      .filter((one) => one !== undefined)
  const priorities = rows.priorities
    .filter((one) => holdsOn(one, on))
    .map(
      ({ ownerId, ownerName, ownerLeft, ...one }): Priority => ({
        ...one,
        owner: ownerId === null ? null : { id: ownerId, name: ownerName ?? '', leftOn: ownerLeft },
        measures: rows.measures.filter((measure) => measure.priority === one.id),
        stances: stancesOf(one.id),
      }),
    )
  const aims = rows.aims
    .filter((aim) => holdsOn(aim, on))
    .map((aim): Aim => {
      const words = inForce(
        rows.wordings.filter((one) => one.aim === aim.id),
        on,
      )
      return {
        ...aim,
        title: words?.title ?? '',
        why: words?.why ?? '',
        areas: words?.areas ?? [],
        priorities: priorities.filter((one) => one.aim === aim.id),
      }
    })
  return {
    on,
    mission: said.find((one) => one.kind === 'mission'),
    vision: said.find((one) => one.kind === 'vision'),
    values: said.filter((one) => one.kind === 'value'),
    ethos: said.filter((one) => one.kind === 'ethos'),
    aims,
    policies: rows.policies.filter((one) => holdsOn(one, on)),
    versions: versionsOf(
      [
        ...rows.statements,
        ...rows.aims,
        ...rows.wordings.map((one) => ({ ...one, to: null })),
        ...rows.priorities,
        ...rows.policies,
      ],
      (day) => addDays(day, 1),
    ),
  }
}

/** All priorities on a day: those of the trust, and those that a school added. */
export const prioritiesIn = (purpose: Purpose): Priority[] => purpose.aims.flatMap((aim) => aim.priorities)
