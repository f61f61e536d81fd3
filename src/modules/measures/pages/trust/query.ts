import type { Figure } from '../../../../kernel/figure.ts'
import { NotHere } from '../../../../kernel/refusal.ts'
import { mayAnywhere } from '../../../../kernel/viewer.ts'
import type { Viewer } from '../../../../platform/viewer.ts'
import { readiness, type SchoolReadiness } from '../../../evidence/index.ts'
import type { Measure } from '../../domain/measure.ts'
import { figures } from '../../queries/figures.ts'
import { measuresOf } from '../../queries/measures.ts'
import { indexed } from '../figure-index.ts'
import { remember } from '../remember.ts'
import { type DropSeen, dropsUpTo, type Setting, type SettingAsk, settingOf } from '../setting.ts'
import { nationalOf } from '../shown.ts'
import { type Panel, panelsOf, yearsWith } from './panels.ts'

const primaryYears = ['R', '1', '2', '3', '4', '5', '6'] as const

/** A measure over the drops: the trust and each school, with gaps where a drop has no number. */
export interface Trend {
  readonly measure: Measure
  readonly year: string
  readonly drops: readonly DropSeen[]
  readonly national?: number
  readonly trust: readonly (Figure | undefined)[]
  readonly schools: readonly {
    readonly slug: string
    readonly name: string
    readonly figures: readonly (Figure | undefined)[]
    /** What the school's last figure is held to: the national figure of its phase, or else the trust's. */
    readonly line?: number
  }[]
}

export interface TrustPage {
  readonly setting: Setting
  /** Year group at which expected standards are read, and the others that could be. */
  readonly year: string
  readonly years: readonly string[]
  readonly panels: readonly Panel[]
  /** Statutory results of the last year that has them. */
  readonly results: readonly Panel[]
  readonly trends: readonly Trend[]
  readonly readiness: readonly SchoolReadiness[]
}

export interface TrustAsk extends SettingAsk {
  readonly year?: string
}

/** What the trust's page shows. @throws NotHere for who may see no figures. */
export async function trustPage(viewer: Viewer, ask: TrustAsk = {}): Promise<TrustPage> {
  if (!mayAnywhere(viewer, 'see figures')) throw new NotHere()
  const setting = await settingOf(viewer, ask)
  return remember(
    viewer,
    `trust-page|${setting.stamp}|${setting.drop?.code}|${setting.snapshot}|${ask.year ?? ''}`,
    () => pageOf(viewer, setting, ask),
  )
}

async function pageOf(viewer: Viewer, setting: Setting, ask: TrustAsk): Promise<TrustPage> {
  const { drop } = setting
  if (!drop || setting.snapshot === 0) return emptyPage(setting)
  const key = `trust|${setting.snapshot}|${drop.code}|${ask.year ?? ''}`
  const [shown, ready] = await Promise.all([
    remember(viewer, key, () => figuresOf(viewer, setting, drop, ask.year)),
    readiness(viewer, setting.underWay ?? drop),
  ])
  return { ...shown, setting, readiness: ready }
}

const emptyPage = (setting: Setting): TrustPage => ({
  setting,
  year: 'all',
  years: [],
  panels: [],
  results: [],
  trends: [],
  readiness: [],
})

const readAt = (measure: Measure, drop: DropSeen): boolean =>
  measure.drops === 'any' || measure.drops === drop.kind

async function figuresOf(viewer: Viewer, setting: Setting, drop: DropSeen, asked?: string) {
  const measures = (await measuresOf(viewer)).filter(
    (measure) => measure.headline || measure.topic === 'assessments',
  )
  const now = measures.filter((measure) => readAt(measure, drop))
  const find = await everyFigure(viewer, setting, drop, now)
  const lead = now.find((measure) => measure.topic === 'expected standard')
  const years = lead ? yearsWith(find, lead.id, setting.trust.slug, drop.code, primaryYears) : []
  const year = asked && years.includes(asked) ? asked : (years.at(-1) ?? 'all')
  const panels = panelsOf(setting, drop, now, find, year)
  return {
    year,
    years,
    panels,
    results: await resultsOf(viewer, setting, measures),
    trends: await trendsOf(viewer, setting, drop, panels),
  }
}

/** Every headline figure of the drop. */
async function everyFigure(viewer: Viewer, setting: Setting, drop: DropSeen, measures: readonly Measure[]) {
  const common = {
    places: ['trust', 'schools'],
    periods: [drop.code],
    snapshot: setting.snapshot,
  } as const
  const byYear = measures.filter((measure) => measure.topic === 'expected standard')
  const others = measures.filter((measure) => measure.topic !== 'expected standard')
  const parts = await Promise.all([
    byYear.length
      ? figures(viewer, { ...common, measures: byYear.map(({ id }) => id), years: primaryYears })
      : [],
    others.length ? figures(viewer, { ...common, measures: others.map(({ id }) => id) }) : [],
  ])
  return indexed(parts.flat())
}

async function resultsOf(viewer: Viewer, setting: Setting, measures: readonly Measure[]): Promise<Panel[]> {
  const drop = setting.results
  if (!drop || drop === setting.drop) return []
  const about = measures.filter((measure) => readAt(measure, drop) && measure.topic !== 'attendance')
  const found = await figures(viewer, {
    measures: about.map(({ id }) => id),
    places: ['trust', 'schools'],
    periods: [drop.code],
    snapshot: setting.snapshot,
  })
  return panelsOf(setting, drop, about, indexed(found), 'all').filter((panel) =>
    panel.columns.some((column) => column.measure.topic !== 'assessments'),
  )
}

/** The first measure of each phase over the drops, and attendance over all schools. */
async function trendsOf(
  viewer: Viewer,
  setting: Setting,
  drop: DropSeen,
  panels: readonly Panel[],
): Promise<Trend[]> {
  const drops = dropsUpTo(setting, drop)
  if (drops.length < 2) return []
  const leads = panels.flatMap((panel) => {
    const first = panel.columns.find((column) => column.measure.topic !== 'attendance')
    return first ? [{ ...first, schools: panel.rows.map((row) => row.school) }] : []
  })
  const attendance = panels
    .flatMap((panel) => panel.columns)
    .find((column) => column.measure.id === 'attendance')
  const wanted = [
    ...leads,
    ...(attendance
      ? [
          {
            ...attendance,
            national: undefined,
            schools: panels.flatMap((panel) => panel.rows.map((row) => row.school)),
          },
        ]
      : []),
  ]
  const trends = await Promise.all(
    wanted.map(async ({ measure, year, national, schools }): Promise<Trend> => {
      const found = await figures(viewer, {
        measures: [measure.id],
        places: ['trust', 'schools'],
        years: [year],
        periods: drops.map(({ code }) => code),
        snapshot: setting.snapshot,
      })
      const find = indexed(found)
      const over = (place: string) =>
        drops.map(({ code }) => find({ measure: measure.id, place, year, period: code }))
      return {
        measure,
        year,
        drops,
        ...(national ? { national: national.value } : {}),
        trust: over(setting.trust.slug),
        schools: schools.map((school) => ({
          slug: school.slug,
          name: school.shortName,
          figures: over(school.slug),
          line: nationalOf(measure, drop.academicYear, school.phase, year)?.value,
        })),
      }
    }),
  )
  return trends.filter((trend) => trend.trust.filter((figure) => figure?.kind === 'value').length > 1)
}
