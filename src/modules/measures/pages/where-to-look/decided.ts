import { dayName, londonDay } from '../../../../kernel/days.ts'
import { decimal } from '../../../../kernel/numbers.ts'
import type { FindingDecision } from '../../queries/finding-decisions.ts'
import type { Became } from './query.ts'
import { inUnit, unitWords } from './words.ts'

const kindWords: Record<FindingDecision['kind'], string> = {
  'taken up': 'Taken up',
  watched: 'Watched',
  'set aside': 'Set aside',
}

const byWhom = ({ kind, by, at }: FindingDecision): string =>
  `${kindWords[kind]} by ${by} on ${dayName(londonDay(at))}`

/** `Taken up by Amara Okafor on 3 July 2026: we will ask how they read.` */
export const decisionWords = (decision: FindingDecision): string => `${byWhom(decision)}: ${decision.reason}`

/** What became of something that was decided on and no longer stands out. */
export function becameWords({ decision, now, measure }: Became): string {
  const say = (gap: number) =>
    `${decimal(Math.abs(inUnit(measure, gap)), 1)} ${unitWords(measure)} ${gap < 0 ? 'below' : 'above'} similar pupils`
  const was = `${byWhom(decision)}, when they were ${say(decision.gap)}`
  return now
    ? `${was}. Now they are ${say(now.gap)}, and no longer stand out by themselves.`
    : `${was}. Now there are too few pupils to tell.`
}
