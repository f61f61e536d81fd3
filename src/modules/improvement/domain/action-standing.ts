import { addDays, type Day } from '../../../kernel/days.ts'

/** Where an action stands on a day. `due` means within a fortnight. */
export type ActionStanding = 'done' | 'late' | 'due' | 'under way' | 'to come'

export function actionStanding(
  action: { readonly starts: Day; readonly due: Day; readonly doneOn: Day | null },
  today: Day,
): ActionStanding {
  if (action.doneOn !== null) return 'done'
  if (action.due < today) return 'late'
  if (action.due <= addDays(today, 14)) return 'due'
  return action.starts <= today ? 'under way' : 'to come'
}
