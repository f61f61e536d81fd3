import type { Viewer } from '../../../platform/viewer.ts'
import { type PlansChanged, plansChanged } from '../domain/compare-plans.ts'
import { type Plan, planById, plansWith } from './plan.ts'

export interface PlanCompared {
  readonly was: Plan
  readonly now: Plan
  /** Earlier plans of the same place, latest first. */
  readonly earlier: readonly Plan[]
  readonly changed: PlansChanged
}

/** A plan beside an earlier one of the same place: the one asked for, or the one before it. Undefined where there is none. @throws NotHere */
export async function comparePlan(
  viewer: Viewer,
  id: number,
  before?: number,
): Promise<PlanCompared | undefined> {
  const now = await planById(viewer, id)
  const earlier = (await plansWith(viewer, { school: now.school })).filter(
    (one) => one.academicYear < now.academicYear,
  )
  const was =
    earlier.find((one) => one.id === before) ??
    earlier.find((one) => one.id === now.carriedFrom) ??
    earlier[0]
  return was && { was, now, earlier, changed: plansChanged(was, now) }
}
