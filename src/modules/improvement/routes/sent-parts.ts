import { dayIn, type Sent } from '../../../platform/http/form.ts'
import type { NewObjective } from '../commands/objectives.ts'
import type { NewAction } from '../commands/parts.ts'

/** What stands in a field a line each. */
export const lines = (text: string | undefined) =>
  (text ?? '')
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)

/** An objective as its form sends it. */
export const objectiveIn = (sent: Sent): NewObjective => ({
  title: sent.title ?? '',
  why: sent.why,
  forWhom: sent.forWhom,
  by: dayIn(sent, 'by'),
  owner: sent.owner ? sent.owner : null,
  priority: sent.priority ? sent.priority : null,
  ingredients: lines(sent.ingredients),
})

/** An action as its form sends it. */
export const actionIn = (sent: Sent): NewAction => ({
  title: sent.title ?? '',
  owner: sent.owner ? sent.owner : null,
  starts: dayIn(sent, 'starts'),
  due: dayIn(sent, 'due'),
  cost: sent.cost?.trim() || 0,
  days: sent.days?.trim() || 0,
})
