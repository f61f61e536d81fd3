import type { Action, Criterion, Objective, Plan } from '../queries/plan.ts'
import { type Changed, wordsChanged } from './changed.ts'

const named = (text: string): string => text.trim().toLowerCase()

/** An objective in both plans, with what changed. */
export interface ObjectiveChanged {
  readonly was: Objective
  readonly now: Objective
  readonly title: readonly Changed[]
  readonly why: readonly Changed[]
  readonly criteria: readonly { readonly was: Criterion | null; readonly now: Criterion | null }[]
  /** Done in the earlier plan; unfinished and left out since; added since. */
  readonly actions: {
    readonly done: readonly Action[]
    readonly dropped: readonly Action[]
    readonly added: readonly Action[]
  }
}

export interface PlansChanged {
  readonly both: readonly ObjectiveChanged[]
  readonly added: readonly Objective[]
  readonly ended: readonly Objective[]
}

const criterionKey = ({ figure, words }: Criterion): string =>
  figure ? [figure.measure, figure.school, figure.year, figure.group].join('|') : named(words)

function objectiveChanged(was: Objective, now: Objective): ObjectiveChanged {
  const keys = new Set([...was.criteria, ...now.criteria].map(criterionKey))
  const find = (objective: Objective, key: string) =>
    objective.criteria.find((one) => criterionKey(one) === key) ?? null
  const has = (actions: readonly Action[], title: string) =>
    actions.some((one) => named(one.title) === named(title))
  return {
    was,
    now,
    title: wordsChanged(was.title, now.title),
    why: wordsChanged(was.why, now.why),
    criteria: [...keys].map((key) => ({ was: find(was, key), now: find(now, key) })),
    actions: {
      done: was.actions.filter((one) => one.doneOn !== null),
      dropped: was.actions.filter((one) => one.doneOn === null && !has(now.actions, one.title)),
      added: now.actions.filter((one) => !has(was.actions, one.title)),
    },
  }
}

/** Two plans of one place: an objective is the same when it was carried over, or else when it has the same title. */
export function plansChanged(was: Plan, now: Plan): PlansChanged {
  const before = new Map<number, Objective>()
  for (const objective of now.objectives) {
    const taken = new Set([...before.values()].map((one) => one.id))
    const same =
      was.objectives.find((one) => one.id === objective.carriedFrom) ??
      was.objectives.find((one) => !taken.has(one.id) && named(one.title) === named(objective.title))
    if (same && !taken.has(same.id)) before.set(objective.id, same)
  }
  const matched = new Set([...before.values()].map((one) => one.id))
  return {
    both: now.objectives.flatMap((objective) => {
      const same = before.get(objective.id)
      return same ? [objectiveChanged(same, objective)] : []
    }),
    added: now.objectives.filter((one) => !before.has(one.id)),
    ended: was.objectives.filter((one) => !matched.has(one.id)),
  }
}
