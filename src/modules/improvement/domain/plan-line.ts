import type { Day } from '../../../kernel/days.ts'
import type { Objective, Plan } from '../queries/plan.ts'
import { actionStanding } from './action-standing.ts'
import { latestState, stateByTerm, termOf } from './terms.ts'

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

/** An objective that is met, with what it cost. */
export interface MetObjective {
  readonly id: number
  readonly school: number | null
  readonly title: string
  readonly words: string
  readonly on: Day
  readonly cost: number
  readonly days: number
}

export function planLineOf(plan: Plan, day: Day): PlanLine {
  const states = plan.objectives.map((one) => latestState(one.progress)?.state)
  const actions = plan.objectives.flatMap((one) => one.actions)
  const standings = actions.map((action) => actionStanding(action, day))
  const many = <T>(list: readonly T[], ...of: readonly T[]) => list.filter((one) => of.includes(one)).length
  const term = termOf(day)
  return {
    id: plan.id,
    school: plan.school,
    academicYear: plan.academicYear,
    title: plan.title,
    objectives: plan.objectives.length,
    met: many(states, 'met'),
    partlyMet: many(states, 'partly met'),
    underWay: many(states, 'in progress', 'not started'),
    notMet: many(states, 'not met'),
    silent: plan.objectives.filter((one) => stateByTerm(one.progress)[term] === undefined).length,
    actions: actions.length,
    done: many(standings, 'done'),
    late: many(standings, 'late'),
    due: many(standings, 'due'),
    cost: sum(actions, (one) => one.cost),
    days: sum(actions, (one) => one.days),
  }
}

export const metIn = (plan: Plan): MetObjective[] =>
  plan.objectives.flatMap((objective) => {
    const said = latestState(objective.progress)
    return said?.state === 'met' ? [{ ...costOf(objective), words: said.words, on: said.on }] : []
  })

const costOf = ({ id, school, title, actions }: Objective) => ({
  id,
  school,
  title,
  cost: sum(actions, (one) => one.cost),
  days: sum(actions, (one) => one.days),
})

const sum = <T>(rows: readonly T[], of: (row: T) => number) => rows.reduce((all, row) => all + of(row), 0)
