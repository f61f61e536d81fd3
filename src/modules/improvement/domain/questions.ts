import { type Day, daysBetween } from '../../../kernel/days.ts'
import type { FrozenJudgement } from './frozen.ts'

/** How old a confirmed judgement is, in words: after half a year it is asked for again. */
export const freshness = (on: Day, today: Day): { readonly days: number; readonly stale: boolean } => {
  const days = daysBetween(on, today)
  return { days, stale: days > 183 }
}

/**
 * Where a grade and the figures that it cites point different ways, asked as a question: never an accusation, since there is
 * more to an area than figures. Undefined when they agree, or nothing can be said.
 */
export function questionOf(judgement: FrozenJudgement, school: string): string | undefined {
  const { place, ofPlaces, lines, gradeName, areaName } = judgement
  const told = lines.filter((line) => line.standing !== null)
  const below = told.filter((line) => line.standing === 'below')
  const better = told.filter((line) => line.standing === 'better')
  const upper = place <= Math.floor(ofPlaces / 2)
  const lower = place > Math.ceil(ofPlaces / 2)
  const [worst] = below
  const [best] = better
  if (upper && worst && below.length > better.length)
    return `${school} judges ${areaName} to be ${gradeName.toLowerCase()} and cites ${worst.name}: ${worst.of || worst.value}, below England. What does the school see that the figure does not?`
  if (lower && best && better.length > below.length)
    return `${school} judges ${areaName} to be ${gradeName.toLowerCase()} and cites ${best.name}: ${best.of || best.value}, above England. What makes it doubt itself?`
  if (ofPlaces > 2 && upper && lines.every((line) => line.snapshot === null))
    return `${school} judges ${areaName} to be ${gradeName.toLowerCase()} and cites no figure. What would a doubter be shown?`
  return undefined
}
