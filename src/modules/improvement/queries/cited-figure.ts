import { type Figure, type FigureKey, figurePath } from '../../../kernel/figure.ts'
import { NotHere } from '../../../kernel/refusal.ts'
import { yearGroupName } from '../../../kernel/year-group.ts'
import { keptUntilWritten } from '../../../platform/database/kept.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { drops } from '../../evidence/index.ts'
import {
  benchmark,
  figures,
  intervalTo,
  type Measure,
  measureById,
  ofNWords,
  standingOf,
  valueWords,
} from '../../measures/index.ts'
import { groupBySlug, schools, trustOf } from '../../organisation/index.ts'
import { latestFigure } from '../../purpose/index.ts'
import { figureStem } from '../domain/strand.ts'

/** Which figure is cited: measure, whose (none: the trust's), year, pupils, and the drop and snapshot at which it was read. */
export interface CitedKey {
  readonly measure: string
  readonly school: number | null
  readonly year: string
  readonly group: string
  readonly period: string
  readonly snapshot: number
}

/** One reading of a figure in words. */
export interface Reading {
  readonly value: string
  readonly of: string
  readonly interval: string
  /** `spring 2026` */
  readonly when: string
  readonly period: string
  readonly snapshot: number
  readonly href: string
}

export interface CitedFigure {
  readonly name: string
  readonly stem: string
  readonly cited: Reading | null
  /** The latest reading, when it says something else. */
  readonly now: Reading | null
  /** `was 62% in snapshot 11, now 58%` */
  readonly moved: string | null
  readonly standing: 'below' | 'better' | 'expected' | null
  /** The measure was withdrawn, or may not be seen. */
  readonly gone: boolean
}

const same = (a: Figure, b: Figure): boolean =>
  a.kind === b.kind && a.value === b.value && a.n === b.n && a.of === b.of

/** A cited figure as it was cited, and what it says now. */
export const citedFigure = (viewer: Viewer, key: CitedKey): Promise<CitedFigure> =>
  keptUntilWritten(viewer, `cited ${JSON.stringify(key)}`, () => readCited(viewer, key))

async function readCited(viewer: Viewer, key: CitedKey): Promise<CitedFigure> {
  const all = await schools(viewer)
  const school = all.find((one) => one.id === key.school)
  const place = school?.slug ?? (await trustOf(viewer)).slug
  const stem = figureStem({ measure: key.measure, place, year: key.year, group: key.group })
  try {
    const measure = await measureById(viewer, key.measure)
    const known = await drops(viewer)
    const periods = new Map(
      known.map((drop) => [drop.code, `${drop.name.toLowerCase()} ${drop.asAt.slice(0, 4)}`]),
    )
    const name = figureName(measure, key, school?.shortName ?? 'the trust')
    const [figure] = await figures(viewer, {
      measures: [key.measure],
      places: [key.school === null ? 'trust' : { school: key.school }],
      years: [key.year],
      groups: [key.group],
      periods: [key.period],
      snapshot: key.snapshot,
    })
    const latest = (await latestFigure(viewer, key))?.figure
    const cited = figure?.kind === 'value' ? readingOf(measure, figure, periods) : null
    const now =
      latest?.kind === 'value' && figure && !same(latest, figure) ? readingOf(measure, latest, periods) : null
    const national = benchmark(
      measure,
      known.find((drop) => drop.code === key.period)?.academicYear ?? 0,
      school?.phase,
      key.year,
    )
    return {
      name,
      stem,
      cited,
      now,
      moved: cited && now ? movedWords(cited, now) : null,
      standing: (figure && key.group === 'all' && standingOf(figure, national?.value, measure)) || null,
      gone: false,
    }
  } catch (error) {
    if (!(error instanceof NotHere)) throw error
    return {
      name: `A measure that was withdrawn (${key.measure})`,
      stem,
      cited: null,
      now: null,
      moved: null,
      standing: null,
      gone: true,
    }
  }
}

export const figureName = (measure: Measure, key: Pick<CitedKey, 'year' | 'group'>, where: string): string =>
  [
    measure.name,
    key.year === 'all' ? undefined : yearGroupName(key.year),
    key.group === 'all' ? undefined : groupBySlug(key.group)?.name.toLowerCase(),
    where,
  ]
    .filter(Boolean)
    .join(', ')

export function readingOf(measure: Measure, figure: Figure, periods: ReadonlyMap<string, string>): Reading {
  return {
    value: valueWords(measure, figure.value ?? 0),
    of: ofNWords(measure, figure),
    interval: intervalTo(measure, figure),
    when: periods.get(figure.key.period) ?? figure.key.period,
    period: figure.key.period,
    snapshot: figure.key.snapshot,
    href: figurePath(figure.key as FigureKey),
  }
}

/** In the same drop the snapshots tell them apart; in a later one, the terms do. */
const movedWords = (was: Reading, now: Reading): string =>
  was.period === now.period
    ? `was ${was.value} in snapshot ${was.snapshot}, now ${now.value}`
    : `was ${was.value} in ${was.when}, now ${now.value} in ${now.when}`
