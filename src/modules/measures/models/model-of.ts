import { count } from '../../../kernel/numbers.ts'
import { yearGroupName, yearGroupOrder } from '../../../kernel/year-group.ts'
import type { Measure } from '../domain/measure.ts'
import { chooseRows, type ModelRows } from '../domain/value-added/choose-rows.ts'
import { fitModel, type ModelFit } from '../domain/value-added/fit.ts'
import { type Lines, ownLines } from '../domain/value-added/lines.ts'
import { sumsOfRows } from '../domain/value-added/sums-of-rows.ts'
import type { RowsAt } from '../scan/rows-at.ts'

export type GroupedBy = 'school' | 'class'

/** Fewer pupils than this in all, and the model would be made of chance. */
const fewestInAll = 30
/** With fewer schools the slopes of a handful of lines would be told from nothing. */
const fewestLines = 3

/** The model of a measure at a drop, of the whole trust: whoever shows it leaves out what the viewer may not see. */
export interface ModelAt {
  /** Pupils in it, those without a result and those without a class, who are left out. */
  readonly n: number
  readonly without: number
  readonly classless: number
  /** Share of the pupils in it who have a prior attainment. */
  readonly withPrior: number
  /** Year groups with results. */
  readonly years: readonly string[]
  readonly fit?: ModelFit
  /** Each school's own line, where most pupils have a starting point. */
  readonly lines?: Lines
  /** The school of each class. */
  readonly schoolOf: Readonly<Record<string, number>>
  /** Why there is no model, in a sentence. */
  readonly because?: string
}

export interface ModelAsk {
  readonly by: GroupedBy
  /** One year group; left out, all of them, each with its own mean. */
  readonly year?: string
}

const nobody = { n: 0, without: 0, classless: 0, withPrior: 0, years: [], schoolOf: {} }

/** The model of a measure’s pupils, or why there is none. */
export function modelOf(set: RowsAt | undefined, measure: Measure, { by, year }: ModelAsk): ModelAt {
  if (!set || set.rows.outcome.length === 0)
    return {
      ...nobody,
      without: set?.without.many ?? 0,
      because: `Nobody has a result in “${measure.name}”.`,
    }
  const [, yearsOfAll, classOfAll] = set.rows.places
  const named = (column: typeof yearsOfAll, row: number) => column!.levels[column!.codes[row]!]!
  const ofYear = chooseRows(set.rows, (row) => year === undefined || named(yearsOfAll, row) === year)
  const inYear = ofYear.outcome.length
  const rows =
    by === 'school'
      ? ofYear
      : chooseRows(
          set.rows,
          (row) => (year === undefined || named(yearsOfAll, row) === year) && named(classOfAll, row) !== '',
        )
  const [school, yearGroup, form] = rows.places
  const group = by === 'school' ? school! : form!
  const n = rows.outcome.length
  const noPrior = rows.predictors.find(({ name }) => name === 'no prior')
  const prior = rows.predictors.find(({ name }) => name === 'prior')
  const lacking = noPrior?.values.reduce((sum, one) => sum + one, 0) ?? (prior ? 0 : n)
  const common: Omit<ModelAt, 'because'> = {
    n,
    without: withoutIn(set, year),
    classless: inYear - n,
    withPrior: n === 0 ? 0 : 1 - lacking / n,
    years: yearsOfAll!.levels.toSorted((one, other) => yearGroupOrder(one) - yearGroupOrder(other)),
    schoolOf: Object.fromEntries(
      form!.levels.flatMap((level, code) => {
        const row = form!.codes.indexOf(code)
        return level === '' || row < 0 ? [] : [[level, Number(school!.levels[school!.codes[row]!])] as const]
      }),
    ),
  }
  const because = whyNot(rows, group.levels.length, measure, by, year)
  if (because) return { ...common, because }
  const fit = fitModel(sumsOfRows(rows, group, [yearGroup!, ...rows.categories!]), 'reml')
  const known = noPrior ? chooseRows(rows, (row) => noPrior.values[row] === 0) : rows
  const lines =
    by === 'school' && common.withPrior >= 0.5 && known.places[0]!.levels.length >= fewestLines
      ? ownLines(known, known.places[0]!, [known.places[1]!, ...known.categories!], 'prior')
      : undefined
  return { ...common, fit, ...(lines ? { lines } : {}) }
}

/** Pupils without a result, of one year group or of all. */
function withoutIn({ without }: RowsAt, year: string | undefined): number {
  if (year === undefined) return without.many
  const { levels, codes } = without.places[1]!
  const code = levels.indexOf(year)
  let many = 0
  for (const one of codes) if (one === code) many++
  return many
}

function whyNot(
  rows: ModelRows,
  groups: number,
  measure: Measure,
  by: GroupedBy,
  year: string | undefined,
): string | undefined {
  const n = rows.outcome.length
  const whom = year === undefined ? '' : ` in ${yearGroupName(year)}`
  if (n === 0) return `Nobody${whom} has a result in “${measure.name}”.`
  if (n < fewestInAll)
    return `${count(n, 'pupil')}${whom} ${n === 1 ? 'has' : 'have'} a result in “${measure.name}”: too few to tell schools or classes from chance.`
  if (groups < 2)
    return by === 'school'
      ? `Only one school has results in “${measure.name}”${whom}: there is nothing to compare it with.`
      : `Only one class has results in “${measure.name}”${whom}: there is nothing to compare it with.`
  const columns = [rows.places[1]!, ...rows.categories!].reduce(
    (sum, { levels }) => sum + levels.length - 1,
    1,
  )
  if (n < columns + rows.predictors.length + groups + 2)
    return `${count(n, 'pupil')}${whom} in ${groups} ${by === 'school' ? 'schools' : 'classes'} are too few to allow for where they began and who they are.`
  if (rows.outcome.every((value) => value === rows.outcome[0]))
    return `Everyone has the same result in “${measure.name}”${whom}: there is nothing to explain.`
  return undefined
}
