import { type Figure, figurePath } from '../../../kernel/figure.ts'
import { decimal, signed } from '../../../kernel/numbers.ts'
import type { Axis, Shown } from '../../../ui/shown.ts'
import { type Benchmark, benchmark } from '../benchmarks/benchmark.ts'
import type { Measure, Phase } from '../domain/measure.ts'

/** How a figure stands to a line: its whole interval on the bad side, on the good side, or neither. */
export type Standing = 'below' | 'better' | 'expected'

export function standingOf(
  figure: Figure,
  line: number | undefined,
  measure: Pick<Measure, 'direction'>,
): Standing | undefined {
  const { low, high } = figure
  if (figure.kind !== 'value' || line === undefined || low === undefined || high === undefined)
    return undefined
  const more = measure.direction === 'higher is better'
  if (high < line) return more ? 'below' : 'better'
  if (low > line) return more ? 'better' : 'below'
  return 'expected'
}

/** `Below national`, or for a measure where less is better, `More than national`. */
export function standingWords(standing: Standing, line: string, measure: Pick<Measure, 'direction'>): string {
  if (standing === 'expected') return `In line with ${line}`
  if (measure.direction === 'higher is better')
    return standing === 'below' ? `Below ${line}` : `Above ${line}`
  return standing === 'below' ? `More than ${line}` : `Less than ${line}`
}

export const shownOf = (figure: Figure | undefined, standing?: Standing): Shown =>
  figure === undefined
    ? { absent: 'not collected' }
    : figure.kind === 'value'
      ? {
          value: figure.value,
          low: figure.low,
          high: figure.high,
          n: figure.n,
          of: figure.of,
          status: standing,
          href: figurePath(figure.key),
        }
      : { absent: figure.kind, href: figurePath(figure.key) }

const unitMark = (measure: Pick<Measure, 'unit'>): string => (measure.unit === 'percent' ? '%' : '')

/** `58%`, `−0.23`, `98.4`; the true minus, the measure's own places. */
export const valueWords = (measure: Pick<Measure, 'unit' | 'places' | 'id'>, value: number): string =>
  measure.id.startsWith('progress-8')
    ? signed(value, measure.places)
    : `${decimal(value, measure.places)}${unitMark(measure)}`

/**
 * The national line of a measure in a year, for a phase and year group, with where it comes from. Attendance has one for
 * whole schools only: older pupils miss more.
 */
export const nationalOf = (
  measure: Measure,
  academicYear: number,
  phase: Phase | undefined,
  yearGroup: string,
): Benchmark | undefined =>
  measure.topic === 'attendance' && yearGroup !== 'all'
    ? undefined
    : benchmark(measure, academicYear, phase, yearGroup)

export function axisOf(
  measure: Measure,
  lines: {
    readonly national?: number
    readonly trust?: number
    readonly domain?: readonly [number, number]
    readonly ticks?: readonly number[]
  } = {},
): Axis {
  return {
    domain: lines.domain ?? measure.domain,
    ticks: lines.ticks,
    unit: unitMark(measure),
    places: measure.places,
    national: lines.national,
    trust: lines.trust,
  }
}

/** The least round scale that holds every interval: for measures whose own scale is far wider than their averages. */
export function domainOver(
  values: readonly number[],
  within: readonly [number, number],
): readonly [number, number] {
  const known = values.filter(Number.isFinite)
  if (known.length === 0) return within
  const low = Math.min(...known)
  const high = Math.max(...known)
  const width = Math.max(high - low, (within[1] - within[0]) / 50)
  const step = 10 ** Math.floor(Math.log10(width)) / 2
  const ends = [Math.floor(low / step) * step, Math.ceil(high / step) * step] as const
  return [Math.max(ends[0], Math.min(within[0], low)), Math.min(ends[1], Math.max(within[1], high))]
}

/** Every end of every interval, for `domainOver`. */
export const endsOf = (figures: readonly Figure[]): number[] =>
  figures.flatMap(({ value, low, high }) => [value, low, high].filter((end) => end !== undefined))
