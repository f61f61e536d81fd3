import { academicYearStart } from '../../../kernel/academic-year.ts'
import { type Day, dayName } from '../../../kernel/days.ts'
import { type Reading, read } from '../../../platform/database/door.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { planAsOn } from '../domain/as-on.ts'
import type { FrozenJudgement, SignedDocument } from '../domain/frozen.ts'
import { type JudgementSeen, type SchoolDecision, type StrandParts, tierTitle } from '../domain/strand.ts'
import { plansIn, whose } from './plan.ts'

/** Reads what these schools (`null`: the trust) add to the thread of an academic year, as it stood on a day. */
export const readStrands = (
  viewer: Viewer,
  schools: readonly (number | null)[],
  academicYear: number,
  day: Day,
): Promise<StrandParts[]> =>
  read(viewer, async (db) => {
    const plans = await plansIn(db, viewer.trust, { academicYear, schools })
    const judgements = await judgementsIn(db, viewer.trust, schools, day)
    const decisions = await decisionsIn(db, viewer.trust, schools, academicYear, day)
    return schools.map((school) => ({
      school,
      plans: plans.filter((plan) => plan.school === school).map((plan) => planAsOn(plan, day)),
      judgements: judgements.filter((one) => one.school === school),
      decisions: decisions.filter((one) => one.school === school),
    }))
  })

type Of<T> = T & { readonly school: number | null }

/** Of each area the judgement that stood on the day. */
async function judgementsIn(
  db: Reading,
  trust: number,
  schools: readonly (number | null)[],
  day: Day,
): Promise<Of<JudgementSeen>[]> {
  const { ids, trust: own } = whose(schools)
  const rows = await db
    .selectFrom('improvement.confirmed as c')
    .where('c.trust_id', '=', trust)
    .where('c.on_day', '<=', day)
    .where((find) =>
      find.or([find('c.school_id', 'in', ids), ...(own ? [find('c.school_id', 'is', null)] : [])]),
    )
    .distinctOn(['c.evaluation_id', 'c.area'])
    .select(['c.confirmed_id as id', 'c.evaluation_id as evaluation', 'c.area', 'c.school_id as school'])
    .select('c.document')
    .orderBy('c.evaluation_id')
    .orderBy('c.area')
    .orderBy('c.confirmed_id', 'desc')
    .execute()
  return rows.map(({ id, evaluation, area, school, document }) => {
    const { areaName, gradeName, lines } = document as unknown as FrozenJudgement
    return {
      id,
      evaluation,
      school,
      title: `${areaName}: ${gradeName.toLowerCase()}`,
      href: `/improvement/evaluations/${evaluation}#${area}`,
      figures: lines.map((one) => one.stem).filter(Boolean),
      objectives: lines.flatMap((one) => (one.objective === null ? [] : [one.objective])),
    }
  })
}

/** The latest signing of each self-evaluation, and the tiers that were set this year or still hold. */
async function decisionsIn(
  db: Reading,
  trust: number,
  schools: readonly (number | null)[],
  academicYear: number,
  day: Day,
): Promise<Of<SchoolDecision>[]> {
  const { ids, trust: own } = whose(schools)
  const signed = await db
    .selectFrom('improvement.signed_evaluation as s')
    .where('s.trust_id', '=', trust)
    .where('s.on_day', '<=', day)
    .where((find) =>
      find.or([find('s.school_id', 'in', ids), ...(own ? [find('s.school_id', 'is', null)] : [])]),
    )
    .distinctOn('s.evaluation_id')
    .select(['s.signed_id as id', 's.evaluation_id as evaluation', 's.school_id as school', 's.on_day as on'])
    .select('s.document')
    .orderBy('s.evaluation_id')
    .orderBy('s.signed_id', 'desc')
    .execute()
  const tiers = await db
    .selectFrom('improvement.tier as t')
    .where('t.trust_id', '=', trust)
    .where('t.school_id', 'in', ids)
    .where('t.from_day', '<=', day)
    .select(['t.school_id as school', 't.from_day as from', 't.tier', 't.reason'])
    .orderBy('t.school_id')
    .orderBy('t.from_day', 'desc')
    .execute()
  const begun = academicYearStart(academicYear)
  const holds = tiers.filter(
    (one, at) => one.from >= begun || tiers.findIndex((other) => other.school === one.school) === at,
  )
  return [
    ...signed.map(({ id, evaluation, school, on, document }) => ({
      school,
      id: `signed-${id}`,
      title: `Self-evaluation signed by ${(document as unknown as SignedDocument).by} on ${dayName(on)}`,
      href: `/improvement/evaluations/${evaluation}`,
      evaluation,
    })),
    ...holds.map(({ school, from, tier, reason }) => ({
      school,
      id: `tier-${school}-${from}`,
      title: tierTitle(tier, from, reason),
      href: '/improvement#support',
    })),
  ]
}
