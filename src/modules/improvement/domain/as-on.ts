import type { Day } from '../../../kernel/days.ts'
import type { Plan } from '../queries/plan.ts'

/** A plan as it stood at the end of a day: what was done, said, seen and decided later is not there yet. */
export const planAsOn = (plan: Plan, day: Day): Plan => ({
  ...plan,
  objectives: plan.objectives.map((objective) => ({
    ...objective,
    actions: objective.actions.map((one) => ({ ...one, doneOn: until(one.doneOn, day) })),
    criteria: objective.criteria.map((one) => ({ ...one, metOn: until(one.metOn, day) })),
    progress: objective.progress.filter((one) => one.on <= day),
    evidence: objective.evidence.filter((one) => one.on <= day),
    decisions: objective.decisions.filter((one) => one.on <= day),
  })),
})

const until = (on: Day | null, day: Day): Day | null => (on !== null && on <= day ? on : null)
