import { z } from 'zod'
import { addDays, type Day, daysBetween } from '../../../kernel/days.ts'
import type { Objective } from '../queries/plan.ts'

const words = z.string().max(4000)

/** An objective to start from. Every word of it is there to be changed; its days count from when the work begins. */
export const objectiveTemplate = z.object({
  title: words.min(1),
  why: words,
  forWhom: words,
  ingredients: z.array(words).max(20),
  /** Figures that would show it, with no target yet. */
  measures: z.array(
    z.object({ measure: z.string().max(100), year: z.string().max(3), group: z.string().max(40) }),
  ),
  checks: z.array(words),
  actions: z.array(
    z.object({
      title: words.min(1),
      /** Days after the beginning. */
      starts: z.number().int().min(0).max(3000),
      due: z.number().int().min(0).max(3000),
      cost: z.number().int().min(0),
      days: z.number().min(0),
    }),
  ),
  risks: z.array(
    z.object({ words: words.min(1), answer: words, likely: z.enum(['unlikely', 'possible', 'likely']) }),
  ),
})
export type ObjectiveTemplate = z.output<typeof objectiveTemplate>

const daysAfter = (from: Day, to: Day): number => Math.max(0, daysBetween(from, to))

/** An objective without its people and days, for others to start from. */
export function templateOf(objective: Objective): ObjectiveTemplate {
  const [begins = objective.by] = objective.actions.map((one) => one.starts).toSorted()
  return {
    title: objective.title,
    why: objective.why,
    forWhom: objective.forWhom,
    ingredients: [...objective.ingredients],
    measures: objective.criteria.flatMap(({ figure }) =>
      figure ? [{ measure: figure.measure, year: figure.year, group: figure.group }] : [],
    ),
    checks: objective.criteria.flatMap(({ figure, words: check }) => (figure ? [] : [check])),
    actions: objective.actions.map(({ title, starts, due, cost, days }) => ({
      title,
      starts: daysAfter(begins, starts),
      due: daysAfter(begins, due),
      cost,
      days,
    })),
    risks: objective.risks.map(({ words: risk, answer, likely }) => ({ words: risk, answer, likely })),
  }
}

/** The actions of a template on the days of a year. */
export const actionsFrom = ({ actions }: ObjectiveTemplate, begins: Day) =>
  actions.map((action) => ({
    ...action,
    starts: addDays(begins, action.starts),
    due: addDays(begins, action.due),
  }))
