import { academicYearName } from '../../../kernel/academic-year.ts'
import { dayName, londonDay, londonTime, shortDayName } from '../../../kernel/days.ts'
import type { Figure } from '../../../kernel/figure.ts'
import { decimal, whole } from '../../../kernel/numbers.ts'
import { yearGroupName } from '../../../kernel/year-group.ts'
import type { Measure } from '../domain/measure.ts'
import type { DropSeen, Setting } from './setting.ts'
import { valueWords } from './shown.ts'

const small = [
  'No',
  'One',
  'Two',
  'Three',
  'Four',
  'Five',
  'Six',
  'Seven',
  'Eight',
  'Nine',
  'Ten',
  'Eleven',
  'Twelve',
]

/** `Nine`, `65`: words up to twelve, for the start of a sentence. */
export const numberWord = (number: number): string => small[number] ?? whole(number)

export const schoolsWord = (number: number): string =>
  `${numberWord(number)} ${number === 1 ? 'school' : 'schools'}`

/** `spring 2026`: a drop by its term and the calendar year in which it stands. */
export const dropWords = (drop: Pick<DropSeen, 'name' | 'asAt' | 'kind' | 'academicYear'>): string =>
  drop.kind === 'statutory'
    ? `${drop.name.toLowerCase()} of ${academicYearName(drop.academicYear)}`
    : `${drop.name.toLowerCase()} ${drop.asAt.slice(0, 4)}`

/** `Year 6`, `all years` */
export const yearWords = (year: string): string => (year === 'all' ? 'all years' : yearGroupName(year))

/** What the head of a page says of when its data was last true. */
export function asAtWords(setting: Setting): string[] {
  const { drop, snapshot } = setting
  if (!drop) return []
  const lock = drop.lock && drop.lock.snapshot <= snapshot ? drop.lock : undefined
  return [
    `Data as at ${dayName(drop.asAt)}`,
    `${drop.name} drop, snapshot ${snapshot}`,
    lock
      ? `Locked by ${lock.by}, ${shortDayName(londonDay(lock.at))}, ${londonTime(lock.at)}`
      : `Still open: due ${shortDayName(drop.due)}, so these figures may move`,
    ...(snapshot < setting.latest && !lock ? [`Snapshot ${setting.latest} is the latest`] : []),
  ]
}

/** `reading, writing and maths` */
export const listed = (names: readonly string[]): string =>
  names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`

const subjectWords: Record<string, string> = {
  mathematics: 'mathematics',
  gps: 'grammar, punctuation and spelling',
}
const subjectsWords = (codes: readonly string[]): string =>
  listed(codes.map((code) => subjectWords[code] ?? code.replaceAll('-', ' ')))

/** What those counted have in common, after `9 of 27 pupils`: `are at the expected standard in reading`. */
export function sharePredicate(measure: Measure): string {
  const { rule } = measure
  switch (rule.kind) {
    case 'share':
      return `are at the ${rule.standard} standard in ${subjectsWords(rule.subjects)}`
    case 'english and mathematics':
      return `have grade ${rule.grade} or above in English and mathematics`
    case 'assessment share':
      return `meet what is expected in ${measure.shortName}`
    case 'absent at least':
      return `missed ${rule.share === 0.1 ? 'a tenth' : 'half'} or more of their sessions`
    case 'suspended':
      return 'were suspended at least once'
    case 'joined this year':
      return 'joined during the year'
    case 'grade at least':
      return `have grade ${rule.grade} or above in ${subjectsWords([rule.subject])}`
    default:
      return `count in ${measure.name}`
  }
}

export const isShare = (measure: Measure): boolean =>
  [
    ...['share', 'english and mathematics', 'assessment share', 'absent at least'],
    ...['suspended', 'joined this year', 'grade at least'],
  ].includes(measure.rule.kind)

/** `35 of 60`, `65,404 of 71,012 sessions`, `60 pupils`; empty when it is not known. */
export function ofNWords(measure: Measure, { n, of }: Pick<Figure, 'n' | 'of'>): string {
  if (n === undefined) return ''
  if (measure.rule.kind === 'events') return of === undefined ? '' : `${whole(n)} events, ${whole(of)} pupils`
  if (measure.rule.kind === 'a level points')
    return of === undefined ? '' : `${whole(n)} points, ${whole(of)} entries`
  if (measure.rule.kind === 'sessions attended' || measure.rule.kind === 'sessions coded')
    return of === undefined ? '' : `${whole(n)} of ${whole(of)} sessions`
  if (isShare(measure)) return of === undefined ? '' : `${whole(n)} of ${whole(of)}`
  return `${whole(n)} pupils`
}

/** `46 to 70`, in the measure's places. */
export const intervalTo = (measure: Measure, { low, high }: Pick<Figure, 'low' | 'high'>): string =>
  low === undefined || high === undefined
    ? ''
    : `${decimal(low, measure.places)} to ${decimal(high, measure.places)}`

/** `58% (35 of 60)` */
export const figureWords = (measure: Measure, figure: Figure): string => {
  if (figure.kind !== 'value' || figure.value === undefined) return figure.kind
  const of = ofNWords(measure, figure)
  return `${valueWords(measure, figure.value)}${of ? ` (${of})` : ''}`
}

/** A capital at the start. */
export const sentenceCase = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

const properNames = /^(English|Attainment|Progress|EBacc|French|Spanish|German|[A-Z]{2})/

/** As it stands within a sentence: `reading`, but `English and maths 5+`. */
export const withinSentence = (text: string): string =>
  properNames.test(text) ? text : text.charAt(0).toLowerCase() + text.slice(1)
