import { sql } from 'kysely'
import { academicYearOf } from '../../../kernel/academic-year.ts'
import { addDays, type Day } from '../../../kernel/days.ts'
import { read } from '../../../platform/database/door.ts'
import { keptUntilWritten } from '../../../platform/database/kept.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { termOf } from '../domain/terms.ts'
import type { TierName } from '../tables.ts'

/** One plan in a line: how much, how late, how it goes, what it costs. */
export interface PlanLine {
  readonly id: number
  readonly school: number | null
  readonly academicYear: number
  readonly title: string
  readonly objectives: number
  /** Objectives by what was said of them last; what was never said of is in none. */
  readonly met: number
  readonly partlyMet: number
  readonly underWay: number
  readonly notMet: number
  /** Objectives of which nothing was said this term. */
  readonly silent: number
  readonly actions: number
  readonly done: number
  readonly late: number
  /** Due within a fortnight. */
  readonly due: number
  readonly cost: number
  readonly days: number
}

/** Every plan that the viewer sees, this year's unless another is asked for. */
export const planLines = (
  viewer: Viewer,
  academicYear: number = academicYearOf(viewer.today),
): Promise<PlanLine[]> =>
  keptUntilWritten(viewer, `plan lines ${academicYear} ${viewer.today}`, () =>
    read(viewer, async (db) => {
      const { rows } = await sql<PlanLine>`
        with own as (
          select plan_id, school_id, academic_year, title from improvement.plan
          where trust_id = ${viewer.trust} and academic_year = ${academicYear}
        ), objectives as (
          select o.plan_id, o.objective_id,
            (select g.state from improvement.progress g where g.trust_id = o.trust_id and g.objective_id = o.objective_id
              order by g.term desc, g.on_day desc, g.progress_id desc limit 1) as state,
            exists (select from improvement.progress g where g.trust_id = o.trust_id and g.objective_id = o.objective_id
              and g.term = ${termOf(viewer.today)}) as said
          from improvement.objective o join own on own.plan_id = o.plan_id where o.trust_id = ${viewer.trust}
        ), told as (
          select plan_id, count(*)::int as objectives,
            count(*) filter (where state = 'met')::int as met,
            count(*) filter (where state = 'partly met')::int as partly,
            count(*) filter (where state in ('in progress', 'not started'))::int as under_way,
            count(*) filter (where state = 'not met')::int as not_met,
            count(*) filter (where not said)::int as silent
          from objectives group by plan_id
        ), work as (
          select j.plan_id, count(*)::int as actions,
            count(*) filter (where a.done_on is not null)::int as done,
            count(*) filter (where a.done_on is null and a.due < ${viewer.today}::date)::int as late,
            count(*) filter (where a.done_on is null and a.due between ${viewer.today}::date and ${addDays(viewer.today, 14)}::date)::int as due,
            sum(a.cost_pounds)::int as cost, sum(a.days)::float as days
          from objectives j join improvement.action a on a.trust_id = ${viewer.trust} and a.objective_id = j.objective_id
          group by j.plan_id
        )
        select own.plan_id as id, own.school_id as school, own.academic_year as "academicYear", own.title,
          coalesce(objectives, 0) as objectives, coalesce(met, 0) as met, coalesce(partly, 0) as "partlyMet",
          coalesce(under_way, 0) as "underWay", coalesce(not_met, 0) as "notMet", coalesce(silent, 0) as silent,
          coalesce(actions, 0) as actions, coalesce(done, 0) as done, coalesce(late, 0) as late, coalesce(due, 0) as due,
          coalesce(cost, 0) as cost, coalesce(days, 0) as days
        from own left join told on told.plan_id = own.plan_id left join work on work.plan_id = own.plan_id
        order by late desc, own.plan_id`.execute(db as never)
      return rows
    }),
  )

export interface Tier {
  readonly school: number
  readonly tier: TierName
  readonly reason: string
  readonly wouldChange: string
  readonly from: Day
  readonly by: string | null
}

/** Tiers of support with their dates, latest first. The first of a school holds today. */
export const tiers = (viewer: Viewer): Promise<Tier[]> =>
  keptUntilWritten(viewer, 'tiers', () =>
    read(viewer, (db) =>
      db
        .selectFrom('improvement.tier as t')
        .leftJoin('organisation.person as p', (join) =>
          join.onRef('p.trust_id', '=', 't.trust_id').onRef('p.person_id', '=', 't.person_id'),
        )
        .where('t.trust_id', '=', viewer.trust)
        .select([
          't.school_id as school',
          't.tier',
          't.reason',
          't.would_change as wouldChange',
          't.from_day as from',
        ])
        .select('p.name as by')
        .orderBy('t.from_day', 'desc')
        .execute(),
    ),
  )
