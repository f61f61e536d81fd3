import { dayName } from '../../../../kernel/days.ts'
import { count, decimal, signed } from '../../../../kernel/numbers.ts'
import { yearGroupName } from '../../../../kernel/year-group.ts'
import type { Doubt, DoubtKind } from '../../domain/doubts/doubt.ts'

/** What a question is called, and what would explain it without anybody having done anything wrong. */
export const doubtWords: Record<DoubtKind, { readonly title: string; readonly innocent: string }> = {
  'too good to be true': {
    title: 'A rise that nobody else had',
    innocent:
      'A test that was easier than the last, teaching of just what it asked, help that began since, many who were ill the time before, or another scale.',
  },
  'pile at the standard': {
    title: 'A pile at the standard',
    innocent:
      'Papers near the line that were marked twice by rule, or a table of scores that leaves out the score below.',
  },
  'round numbers': {
    title: 'Round numbers',
    innocent:
      'Scores read off a table that goes in fives, or estimates where the test was missed and this was agreed.',
  },
  'one mark for a class': {
    title: 'One mark for a whole class',
    innocent:
      'A group that was made of pupils who work at one level, or a mark that stands for “not yet assessed”.',
  },
  'marks carried forward': {
    title: 'The same marks as last time',
    innocent:
      'The test was not sat again and everyone agreed to let the last result stand, or the file of the last drop was sent again.',
  },
  'roll before a census': {
    title: 'A roll that changed around a census',
    innocent:
      'New homes nearby, a school that closed or opened, families who move with the season, or a class that moved as a whole.',
  },
  'teachers and tests drift apart': {
    title: 'Teachers’ grades moved, the tests did not',
    innocent:
      'New guidance or moderation, another teacher of a year group, or work that the tests do not ask about.',
  },
}

/** What a question names, in words that the reader may be shown. */
export interface DoubtNames {
  readonly school: string
  readonly class?: string
  /** `reading, scaled score` */
  readonly assessment: string
  /** `autumn 2025` */
  readonly before: string
  readonly now: string
}

const near = (usual: number): string => (usual < 9.95 ? decimal(usual, 1) : String(Math.round(usual)))

/** The whole question: what was found, what would be usual, and what is asked. */
export function questionOf(
  doubt: Doubt,
  { school, class: form, assessment, before, now }: DoubtNames,
): string {
  const { kind, place, value, of, usual, about } = doubt
  const year = place.year ? ` in ${yearGroupName(place.year)}` : ''
  switch (kind) {
    case 'too good to be true':
      return `The ${count(of, 'pupil')}${year} at ${school} with a result both times moved by ${signed(value, 1)} on average in ${assessment} since ${before}; ${signed(usual, 1)} was usual. What changed?`
    case 'pile at the standard':
      return `Of ${count(of, 'pupil')} at ${school} with ${about} in ${assessment} or one step below, ${value} have exactly ${about}, the standard; ${near(usual)} would be usual. Were marks near the line looked at again?`
    case 'round numbers':
      return `${value} of ${of} scores in ${assessment} at ${school} end in 0 or 5; ${near(usual)} would be usual. Were they rounded or estimated?`
    case 'one mark for a class':
      return `All ${count(of, 'pupil')} with a result in ${form ? `class ${form}` : `one class${year}`} at ${school} have ${about} in ${assessment}; at the rate of everyone else in the year group, ${near(usual)} of them would. Was one mark filled down the column?`
    case 'marks carried forward':
      return `${value} of ${count(of, 'pupil')}${year} at ${school} have the very same score in ${assessment} as in ${before}; ${near(usual)} would be usual. Were the last results sent again?`
    case 'roll before a census':
      return value > 0
        ? `${count(value, 'pupil')} came on to the roll of ${school} between ${before} and ${now}, around the school census of ${dayName(about!)}; ${near(usual)} would be usual. Where did they come from, and is each still here?`
        : `${count(-value, 'pupil')} left the roll of ${school} between ${before} and ${now}, around the school census of ${dayName(about!)}; ${near(usual)} would be usual. Where did they go?`
    case 'teachers and tests drift apart':
      return `Against the tests of the same ${count(of, 'pupil')}, teachers at ${school} place ${decimal(Math.abs(value), 0)} in a hundred ${value > 0 ? 'more' : 'fewer'} at the standard than in ${before}; ${signed(usual, 0)} was usual. Did the way of judging change?`
  }
}

/** What the picture shows, for those who do not see it. */
export function pictureWords({ kind, value, of, usual }: Doubt): string {
  switch (kind) {
    case 'pile at the standard':
      return `How many have each score about the standard; ${value} have the standard itself.`
    case 'round numbers':
      return `How many scores end in each digit; ${value} of ${of} end in 0 or 5.`
    case 'one mark for a class':
      return `How many of the class have each mark; a line shows how many would at the rate of the others.`
    case 'marks carried forward':
      return `${value} of ${of} have the same score as before; a line shows how many would be usual, ${near(usual)}.`
    default:
      return `This place among the others that were looked at; a line shows what is usual.`
  }
}
