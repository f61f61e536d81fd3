import type { Figure } from '../../../../kernel/figure.ts'
import { decimal } from '../../../../kernel/numbers.ts'
import { groupBySlug } from '../../../organisation/index.ts'
import type { Measure, Phase } from '../../domain/measure.ts'
import type { FigureIndex } from '../figure-index.ts'
import type { DropSeen, SchoolSeen, Setting } from '../setting.ts'
import { nationalOf, type Standing, standingWords, valueWords } from '../shown.ts'
import { isShare, ofNWords, sharePredicate, yearWords } from '../words.ts'
import { type Candidate, type Found, whereToLook } from './where-to-look.ts'

/** What a finding is about. */
export interface About {
  readonly school: SchoolSeen
  readonly measure: Measure
  readonly figure: Figure
  /** National figures where there is one for everyone; otherwise the trust's figure for the same pupils. */
  readonly against: 'national' | 'the trust'
  /** The line is of the trust's schools of this phase only. */
  readonly within?: Phase
}

export interface Finding {
  readonly about: About
  readonly standing: Standing
  readonly line: number
  /** The sentence in three parts: before the number, the number, after it. */
  readonly before: string
  readonly number: string
  readonly after: string
  readonly words: string
}

export interface Findings {
  readonly list: readonly Finding[]
  readonly looked: number
}

/** Groups that are looked at besides everyone. */
export const lookedAtGroups = ['disadvantaged', 'sen-support', 'ehcp', 'eal', 'girls', 'boys'] as const

const fewest = 6

function candidate(
  setting: Setting,
  drop: DropSeen,
  school: SchoolSeen,
  measure: Measure,
  figure: Figure,
  find: FigureIndex,
): Candidate<About>[] {
  if (
    figure.kind !== 'value' ||
    figure.low === undefined ||
    figure.high === undefined ||
    figure.value === undefined
  )
    return []
  const pupils = measure.rule.kind === 'sessions attended' ? figure.population : figure.of
  if (pupils === undefined || pupils < fewest) return []
  const { year, group } = figure.key
  const national =
    group === 'all' ? nationalOf(measure, drop.academicYear, school.phase, year)?.value : undefined
  const trust = find({ measure: measure.id, place: setting.trust.slug, year, group, period: drop.code })
  const attends = measure.topic === 'attendance'
  const own = attends ? phaseLine(setting, drop, school, measure, figure, find) : undefined
  const line = national ?? (attends ? own : trust?.kind === 'value' ? trust.value : undefined)
  if (line === undefined) return []
  return [
    {
      about: {
        school,
        measure,
        figure,
        against: national === undefined ? 'the trust' : 'national',
        ...(national === undefined && own !== undefined ? { within: school.phase } : {}),
      },
      value: figure.value,
      low: figure.low,
      high: figure.high,
      pupils,
      spread: measure.unit === 'percent' ? 100 : measure.domain[1] - measure.domain[0],
      line,
      direction: measure.direction === 'higher is better' ? 'higher' : 'lower',
    },
  ]
}

/**
 * Attendance is of all ages, and older pupils miss more: a group is held to the same group in the trust's schools of its
 * own phase. No line with only one such school in sight.
 */
function phaseLine(
  setting: Setting,
  drop: DropSeen,
  school: SchoolSeen,
  measure: Measure,
  { key: { year, group } }: Figure,
  find: FigureIndex,
): number | undefined {
  const shown = setting.schools
    .filter((one) => one.phase === school.phase)
    .map((one) => find({ measure: measure.id, place: one.slug, year, group, period: drop.code }))
    .filter((figure) => figure?.kind === 'value')
  const sum = (name: 'n' | 'of') => shown.reduce((total, figure) => total + (figure?.[name] ?? 0), 0)
  return shown.length < 2 || sum('of') === 0 ? undefined : (100 * sum('n')) / sum('of')
}

/** Everything that was looked at in a drop, and what stands out: one finding for a school and subject, the largest, and one of a year group beside that of a whole school. */
export function findingsOf(
  setting: Setting,
  drop: DropSeen,
  measures: readonly Measure[],
  figures: readonly Figure[],
  find: FigureIndex,
): Findings {
  const bySlug = new Map(setting.schools.map((school) => [school.slug, school]))
  const byId = new Map(measures.map((measure) => [measure.id, measure]))
  const candidates = figures.flatMap((figure) => {
    const school = bySlug.get(figure.key.place)
    const measure = byId.get(figure.key.measure)
    return school && measure ? candidate(setting, drop, school, measure, figure, find) : []
  })
  const { found, looked } = whereToLook(candidates)
  const seen = new Set<string>()
  const list = found.filter(({ about: { school, measure, figure } }) => {
    const key = `${school.slug}|${measure.topic === 'attendance' ? 'attendance' : (measure.subject ?? measure.id)}|${figure.key.year === 'all'}`
    if (seen.has(key)) return false
    seen.add(key)
    return true
  })
  return { list: list.map(said), looked }
}

const pupilsWords = (group: string): string => groupBySlug(group)?.pupils ?? 'pupils'

/** `disadvantaged pupils in Year 4`, `pupils` */
const whom = ({ figure }: About): string =>
  `${pupilsWords(figure.key.group)}${figure.key.year === 'all' ? '' : ` in ${yearWords(figure.key.year)}`}`

/** `the trust’s secondary boys`, `the trust’s disadvantaged pupils` */
const likeThem = ({ within, figure }: About): string =>
  `the trust’s ${within ? `${within} ` : ''}${pupilsWords(figure.key.group)}${within && figure.key.year !== 'all' ? ` in ${yearWords(figure.key.year)}` : ''}`

const rateWords = (about: About): string => {
  if (about.against === 'national') return 'At the national rate'
  return about.figure.key.group === 'all' && !about.within
    ? 'At the trust’s rate'
    : `At the rate of ${likeThem(about)}`
}

const elsewhere = (about: About): string => {
  if (about.against === 'national') return 'Nationally'
  return about.figure.key.group === 'all' && !about.within ? 'Across the trust' : `For ${likeThem(about)}`
}

/** The finding in words: n of N where that can be said, the mean or rate where it can't, and what it is held against. */
function said(found: Found<About>): Finding {
  const { about, line, standing } = found
  const { school, measure, figure } = about
  const common = { about, line, standing, words: standingWords(standing, about.against, measure) }
  const at = `At ${school.shortName}, `
  if (isShare(measure) && figure.of !== undefined) {
    const would = Math.round((line / 100) * figure.of)
    return {
      ...common,
      before: at,
      number: ofNWords(measure, figure),
      after: ` ${whom(about)} ${sharePredicate(measure)}. ${rateWords(about)} it would be ${would}.`,
    }
  }
  const lineWords = valueWords(measure, line)
  if (measure.rule.kind === 'sessions attended') {
    return {
      ...common,
      before: `${at}${whom(about)} attended `,
      number: `${decimal(figure.value!, 1)}% of their sessions`,
      after: `. ${elsewhere(about)}, ${decimal(line, 1)}% are attended.`,
    }
  }
  return {
    ...common,
    before: `${at}${whom(about)} average `,
    number: valueWords(measure, figure.value!),
    after: ` in ${measure.shortName} (${ofNWords(measure, figure)}). ${elsewhere(about)}, the average is ${lineWords}.`,
  }
}
