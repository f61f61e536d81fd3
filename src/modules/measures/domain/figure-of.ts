import type { Figure, FigureKey } from '../../../kernel/figure.ts'
import type { Cell } from './cell.ts'
import type { Interval } from './intervals/interval.ts'
import {
  knownDeviationGap,
  knownDeviationInterval,
  meanOf,
  type Sums,
  tInterval,
  welch,
} from './intervals/means.ts'
import { newcombe } from './intervals/newcombe.ts'
import { type RatioSums, ratioGap, ratioInterval } from './intervals/ratio.ts'
import { wilson } from './intervals/wilson.ts'
import { progress8Deviation } from './key-stage-4/progress-8.ts'
import type { Measure } from './measure.ts'

const asSums = ({ n, v, vv }: Cell): Sums => ({ n, sum: v, squares: vv })
const asRatio = ({ n, v, w, vv, ww, vw }: Cell): RatioSums => ({ pupils: n, v, w, vv, ww, vw })

/** Shares are written in percent and rates for each hundred; everything else as it is. */
const hundred = ({ unit }: Measure): number => (unit === 'percent' || unit === 'per 100 pupils' ? 100 : 1)

const times = (interval: Interval | undefined, by: number): Partial<Interval> =>
  interval ? { low: interval.low * by, high: interval.high * by } : {}

const deviationOf = ({ rule }: Measure, academicYear: number): number | undefined =>
  rule.kind === 'progress 8' ? progress8Deviation(academicYear, rule.element ?? 'all') : undefined

/** What a cell says in the measure's unit, with its interval: shares and sessions in percent. */
function readingOf(measure: Measure, cell: Cell, academicYear: number): Partial<Figure> {
  const { population } = cell
  switch (measure.interval) {
    case 'wilson':
      return {
        value: (100 * cell.v) / cell.n,
        ...times(wilson(cell.v, cell.n), 100),
        n: cell.v,
        of: cell.n,
        population,
      }
    case 'ratio':
      return {
        value: (hundred(measure) * cell.v) / cell.w,
        ...times(
          ratioInterval(asRatio(cell), measure.unit === 'percent' ? 1 : Number.POSITIVE_INFINITY),
          hundred(measure),
        ),
        n: cell.v,
        of: cell.w,
        population,
      }
    case 't':
      return { value: meanOf(asSums(cell)), ...tInterval(asSums(cell)), n: cell.n, of: cell.n, population }
    case 'national deviation': {
      const mean = meanOf(asSums(cell))
      const deviation = deviationOf(measure, academicYear)
      const interval = deviation === undefined ? {} : knownDeviationInterval(mean, cell.n, deviation)
      return { value: mean, ...interval, n: cell.n, of: cell.n, population }
    }
    default:
      return measure.interval satisfies never
  }
}

/** A Progress 8 that rests on fewer than half of the pupils says too little: DfE's LOWCOV. */
const tooFew = (measure: Measure, cell: Cell) =>
  measure.interval === 'national deviation' && cell.n * 2 < cell.population

/** A figure from its cell, or the named reason why there is none. */
export function figureOf(
  measure: Measure,
  key: FigureKey,
  version: string,
  cell: Cell,
  academicYear: number,
): Figure {
  if (cell.population === 0) return { key, kind: 'not applicable', version }
  if (cell.n === 0) return { key, kind: 'not collected', population: cell.population, version }
  if (tooFew(measure, cell)) return { key, kind: 'too few', population: cell.population, version }
  return { key, kind: 'value', ...readingOf(measure, cell, academicYear), version }
}

/** How far one set of pupils is from another that shares none of them, first minus second, with its interval. */
export function gapOf(
  measure: Measure,
  one: Cell,
  other: Cell,
  academicYear: number,
): { value: number } & Partial<Interval> {
  const value = readingOf(measure, one, academicYear).value! - readingOf(measure, other, academicYear).value!
  switch (measure.interval) {
    case 'wilson':
      return { value, ...times(newcombe(one.v, one.n, other.v, other.n), 100) }
    case 'ratio':
      return { value, ...times(ratioGap(asRatio(one), asRatio(other)), hundred(measure)) }
    case 't':
      return { value, ...welch(asSums(one), asSums(other)) }
    case 'national deviation': {
      const deviation = deviationOf(measure, academicYear)
      return {
        value,
        ...(deviation === undefined ? {} : knownDeviationGap(value, one.n, other.n, deviation)),
      }
    }
    default:
      return measure.interval satisfies never
  }
}
