import { count, decimal, signed } from '../../../../kernel/numbers.ts'
import { yearGroupName } from '../../../../kernel/year-group.ts'
import { groupBySlug } from '../../../organisation/index.ts'
import { placesFor } from '../../domain/scan/sentence.ts'
import { inUnit, unitWords } from '../where-to-look/words.ts'
import { numberWord, withinSentence } from '../words.ts'
import type { ValueAddedPage, ValueAddedRow } from './query.ts'

export const groupsWord = ({ by }: Pick<ValueAddedPage, 'by'>, many: number): string =>
  by === 'school' ? (many === 1 ? 'school' : 'schools') : many === 1 ? 'class' : 'classes'

/** The interval that is asked for, in the measure's unit. */
export function endsOf({ measure, interval }: ValueAddedPage, row: ValueAddedRow): readonly [number, number] {
  const [low, high] = interval === 'pairs' ? [row.compareLow, row.compareHigh] : [row.low, row.high]
  return [inUnit(measure!, low), inUnit(measure!, high)]
}

/** Places that the widest interval of the page can bear. */
export const placesOf = (page: ValueAddedPage): number =>
  Math.min(
    2,
    Math.max(1, ...page.rows.map((row) => placesFor(...endsOf({ ...page, interval: 'each' }, row)))),
  )

export const standingOf = ({ low, high }: Pick<ValueAddedRow, 'low' | 'high'>) =>
  low > 0 ? 'better' : high < 0 ? 'below' : 'expected'

/** What the ordered list says, in a sentence. */
export function leadWords(page: ValueAddedPage): string {
  const above = page.rows.filter((row) => standingOf(row) === 'better').length
  const below = page.rows.filter((row) => standingOf(row) === 'below').length
  const rest = page.rows.length - above - below
  if (above + below === 0)
    return page.rows.length === 1
      ? 'It can’t be told from what is expected of its pupils.'
      : `None of the ${withinSentence(numberWord(page.rows.length))} can be told from what is expected of its pupils: the order below may be luck.`
  const sides = [
    ...(above ? [`${numberWord(above)} ${above === 1 ? 'stands' : 'stand'} above what is expected`] : []),
    ...(below
      ? [
          `${above ? withinSentence(numberWord(below)) : numberWord(below)} ${below === 1 ? 'stands' : 'stand'} below it`,
        ]
      : []),
  ].join(', ')
  return `${sides}${rest === 0 ? '.' : `; ${withinSentence(numberWord(rest))} can’t be told from it, and the order among these may be luck.`}`
}

/** `3rd of 9` would say too much: the place with those between which it most likely is. */
export function rankWords({ rank, rankLow, rankHigh }: ValueAddedRow): string {
  const [first, last] = [Math.round(rankLow), Math.round(rankHigh)]
  return first === last ? String(rank) : `${rank}, likely ${first} to ${last}`
}

/** What an effect is counted in: `points`, `grades`. */
export const effectUnit = ({ measure }: ValueAddedPage): string =>
  measure!.unit === 'grade' ? 'grades' : unitWords(measure!)

const ownNames: Readonly<Record<string, string>> = {
  intercept: 'Where everything below is 0',
  prior: 'Prior attainment, for each point',
  'no prior': 'No prior attainment on record',
  attending: 'Attends more than nine tenths',
  'often-absent': 'Misses a tenth of the sessions or more',
}

/** A fixed effect as people call it. */
export function effectName(name: string): string {
  const [column, level] = name.split('=')
  if (level === undefined) return ownNames[name] ?? name
  return column === 'year' ? yearGroupName(level) : (ownNames[level] ?? groupBySlug(level)?.name ?? level)
}

/** What is not in the model, or stands in it by less than it should: a sentence each. */
export function leftOut(page: ValueAddedPage): { readonly name: string; readonly value: string }[] {
  const { model, by, groups, hidden } = page
  if (!model) return []
  const share = Math.round(100 * model.withPrior)
  return [
    {
      name: 'No result',
      value:
        model.without === 0
          ? 'Nobody: everyone whom the measure is about has a result.'
          : `${count(model.without, 'pupil')} without a result ${model.without === 1 ? 'is' : 'are'} left out; ${count(model.n, 'pupil')} with one ${model.n === 1 ? 'is' : 'are'} in it.`,
    },
    ...(model.classless > 0
      ? [{ name: 'No class', value: `${count(model.classless, 'pupil')} in no class are left out.` }]
      : []),
    {
      name: 'No prior attainment',
      value:
        model.withPrior === 0
          ? 'Nobody has a prior attainment on record. So this compares pupils of the same year group and characteristics: it is not how far they have come.'
          : share === 100
            ? 'Nobody: everyone in it has a prior attainment.'
            : `${100 - share}% have none on record. They are in it, compared with one another and not with where they began.`,
    },
    ...(hidden > 0
      ? [
          {
            name: 'Not shown',
            value: `${count(hidden, groupsWord({ by }, 1), groupsWord({ by }, hidden))} of the ${groups} in the model: outside what you see, or with fewer than six pupils.`,
          },
        ]
      : []),
    ...(groups > 0 && groups < 10
      ? [
          {
            name: `Only ${groups} ${groupsWord({ by }, groups)}`,
            value: `How much ${groupsWord({ by }, 2)} differ is hardly known from so few: read the intervals, not the order.`,
          },
        ]
      : []),
    ...modelNotes(model.fit?.notes ?? [], groupsWord({ by }, 2)),
  ]
}

/** What the fit remarks, for readers: a column that follows from the others is no trouble of theirs. */
function modelNotes(notes: readonly string[], groups: string) {
  const columnOf = (note: string) => /^(\S+) says nothing/.exec(note)?.[1]
  const spare = notes.flatMap((note) => columnOf(note) ?? []).map(effectName)
  return [
    ...(spare.length
      ? [
          {
            name: 'Makes no difference',
            value: `${spare.join(', ')}: the other characteristics say it already, so the comparison is the same without it.`,
          },
        ]
      : []),
    ...notes
      .filter((note) => columnOf(note) === undefined)
      .map((note) => ({ name: 'The model says', value: note.replace(/^The groups/, `The ${groups}`) })),
  ]
}

/** How the lines of the schools differ, in a sentence. */
export function linesWords({ model, measure }: ValueAddedPage): string {
  const { common, chance } = model!.lines!
  const each = `Across the trust, a point more to begin with goes with ${signed(inUnit(measure!, common.slope), 2)} ${unitWords(measure!)}.`
  return chance < 0.05
    ? `${each} The schools’ lines differ by more than chance explains (p ${chance < 0.001 ? 'under 0.001' : decimal(chance, 3)}): where pupils start matters more at some than at others, so one number a school does not say it all.`
    : `${each} The schools’ lines differ by no more than chance explains (p ${decimal(chance, 2)}): the order above holds wherever pupils start.`
}
