import { decimal } from '../../../../kernel/numbers.ts'
import { yearGroupName } from '../../../../kernel/year-group.ts'
import { groupBySlug } from '../../../organisation/index.ts'
import type { Measure } from '../../domain/measure.ts'
import { placesFor } from '../../domain/scan/sentence.ts'
import { sentenceCase, withinSentence } from '../words.ts'

const ownGroups: Readonly<Record<string, string>> = {
  'often-absent': 'pupils who miss a tenth of their sessions or more',
  attending: 'pupils who miss less than a tenth of their sessions',
}

const pupilsOf = (slug: string): string => groupBySlug(slug)?.pupils ?? ownGroups[slug] ?? slug

/** `disadvantaged boys`, `White pupils with SEN support`, `pupils`. */
export function whom(groups: readonly string[]): string {
  const [first, second] = groups.map(pupilsOf)
  if (first === undefined) return 'pupils'
  if (second === undefined) return first
  if (!first.includes('pupils')) return second.replace('pupils', first)
  if (!second.includes('pupils')) return first.replace('pupils', second)
  return first.startsWith('pupils') ? first.replace('pupils', second) : second.replace('pupils', first)
}

/** What a gap is counted in, after the number. */
export const unitWords = ({ unit, rule }: Measure): string => {
  if (rule.kind === 'sessions attended') return 'percentage points'
  switch (unit) {
    case 'percent':
      return 'percentage points'
    case 'grade':
      return 'of a grade'
    default:
      return 'points'
  }
}

/** A gap in the measure's unit: a share of pupils in percentage points. */
export const inUnit = ({ unit, rule }: Measure, gap: number): number =>
  unit === 'percent' && rule.kind !== 'sessions attended' ? 100 * gap : gap

export interface Told {
  readonly measure: Measure
  readonly school: string
  readonly year?: string
  readonly class?: string
  readonly groups: readonly string[]
  readonly gap: number
  readonly low: number
  readonly high: number
  readonly pupils: number
  readonly of: number
  /** Of the drops before, latest first. */
  readonly since?: string
  readonly moving?: string
}

/** Where it is: `in Year 4 reading at Saltmarsh`, `in reading in class 4C at Saltmarsh`. */
const where = ({ measure, school, year, class: form }: Told): string =>
  `in ${[year ? yearGroupName(year) : '', withinSentence(measure.shortName)].filter(Boolean).join(' ')}${form ? ` in class ${form}` : ''} at ${school}`

/** `Disadvantaged pupils in Year 4 reading at Saltmarsh` */
export const headOf = (told: Told): string => `${sentenceCase(whom(told.groups))} ${where(told)}`

/** The same on the page of its own school: `Disadvantaged pupils in Year 4 reading`. */
export const headHere = (told: Told): string => headOf(told).slice(0, -` at ${told.school}`.length)

/** `5.2 points below similar pupils across the trust` */
export function gapWords({ measure, gap, low, high }: Told): string {
  const places = placesFor(inUnit(measure, low), inUnit(measure, high))
  return `${decimal(Math.abs(inUnit(measure, gap)), places)} ${unitWords(measure)} ${gap < 0 ? 'below' : 'above'} similar pupils across the trust`
}

/** `95% interval 2.1 to 8.3, and below since autumn 2025` */
export function sureWords({ measure, low, high, gap, since, moving }: Told): string {
  const [from, to] = [inUnit(measure, low), inUnit(measure, high)]
    .map(Math.abs)
    .sort((one, other) => one - other)
  const places = placesFor(inUnit(measure, low), inUnit(measure, high))
  const side = gap < 0 ? 'below' : 'above'
  const also =
    since && moving?.endsWith(` since ${since}`)
      ? [`${side} and ${moving}`]
      : [since ? `${side} since ${since}` : '', moving ?? ''].filter(Boolean)
  return `95% interval ${decimal(from!, places)} to ${decimal(to!, places)}${also.length ? `, ${also.join(' and ')}` : ''}`
}

/** The whole finding as one sentence. */
export const sentenceOf = (told: Told): string =>
  `${headOf(told)}: ${told.pupils} of ${told.of} pupils, ${gapWords(told)}, ${sureWords(told)}.`
