import { aboutOf, rounded, type TakenAway } from '../taken-away.ts'
import { inUnit } from '../where-to-look/words.ts'
import { yearWords } from '../words.ts'
import type { ValueAddedPage } from './query.ts'
import { leftOut } from './words.ts'

/** The effects as a file. */
export const valueAddedTable = (page: ValueAddedPage): TakenAway => {
  const { setting, drop, measure, year } = page
  const unit = (value: number) => rounded(inUnit(measure!, value), 2)
  return {
    trust: setting.trust.slug,
    name: `value-added-${measure?.id ?? 'none'}-by-${page.by}`,
    title: `Value added: ${measure?.name ?? 'no measure'}`,
    about: aboutOf(setting, drop, [
      `Pupils: ${year ? yearWords(year) : 'all year groups'}`,
      ...leftOut(page).map(({ name, value }) => `${name}: ${value}`),
    ]),
    columns: [
      'School',
      'Class',
      'Pupils',
      'Effect',
      'Standard error',
      'Low',
      'High',
      'Low, for pairs',
      'High, for pairs',
      'Rank',
      'Rank from',
      'Rank to',
    ],
    rows: page.rows.map((row) => [
      row.at.name,
      row.className ?? null,
      row.n,
      unit(row.intercept),
      unit(row.se),
      unit(row.low),
      unit(row.high),
      unit(row.compareLow),
      unit(row.compareHigh),
      row.rank,
      Math.round(row.rankLow),
      Math.round(row.rankHigh),
    ]),
  }
}
