import type { Figure } from '../../../../kernel/figure.ts'
import { yearGroupOrder, yearGroups } from '../../../../kernel/year-group.ts'
import type { Viewer } from '../../../../platform/viewer.ts'
import {
  type Funnel,
  type FunnelAsk,
  funnel,
  limitsAlong,
  type UnitCount,
} from '../../domain/funnel/funnel.ts'
import type { Overdispersion } from '../../domain/funnel/spread.ts'
import type { Measure, Phase } from '../../domain/measure.ts'
import { figures } from '../../queries/figures.ts'
import { measuresOf } from '../../queries/measures.ts'
import { remember } from '../remember.ts'
import { type DropSeen, type SchoolSeen, type Setting, type SettingAsk, settingOf } from '../setting.ts'
import { nationalOf } from '../shown.ts'
import { isShare } from '../words.ts'

/** A school's count as the funnel holds it, with what is drawn of it in the measure's unit. */
export interface FunnelRow {
  readonly at: SchoolSeen
  readonly figure: Figure
}

export interface FunnelPage {
  readonly setting: Setting
  readonly drop?: DropSeen
  readonly measures: readonly Measure[]
  readonly measure?: Measure
  readonly phases: readonly Phase[]
  readonly phase?: Phase
  readonly years: readonly string[]
  readonly year: string
  readonly spread: Overdispersion
  /** Smallest school first. */
  readonly rows: readonly FunnelRow[]
  /** Schools of the phase that this viewer is shown no number of. */
  readonly absent: readonly { readonly at: SchoolSeen; readonly why: Figure['kind'] }[]
  /** In the order of the rows. */
  readonly found?: Funnel
  readonly edges: readonly {
    readonly size: number
    readonly low95: number
    readonly high95: number
    readonly low998: number
    readonly high998: number
  }[]
  readonly target?: { readonly value: number; readonly name: string }
  /** From the funnel's share or ratio to the measure's own unit. */
  readonly scale: number
}

export interface FunnelPageAsk extends SettingAsk {
  readonly measure?: string
  readonly phase?: string
  readonly year?: string
  readonly spread?: string
}

const spreads: readonly Overdispersion[] = ['none', 'multiplicative', 'additive']

export const isCounted = (measure: Measure): boolean => isShare(measure) || measure.rule.kind === 'events'

/** Is there a number, whether or not this viewer may see it? */
const isThere = ({ kind }: Figure): boolean => kind === 'value' || kind === 'suppressed' || kind === 'too few'

/** Counts that are most often asked about come first. */
const firstAsked = ['persistent-absence', 'suspended-once', 'suspension-rate', 'phonics-year-1']
const order = ({ id }: Measure): number =>
  firstAsked.includes(id) ? firstAsked.indexOf(id) : firstAsked.length

const measuresAt = (viewer: Viewer, setting: Setting, drop: DropSeen): Promise<readonly Measure[]> =>
  remember(viewer, `counted|${setting.stamp}|${setting.snapshot}|${drop.id}`, async () => {
    const every = (await measuresOf(viewer)).filter(isCounted)
    const found = await figures(viewer, {
      measures: every.map(({ id }) => id),
      places: ['schools'],
      periods: [drop.code],
      snapshot: setting.snapshot,
    })
    const filled = new Set(found.filter(isThere).map(({ key }) => key.measure))
    return every.filter(({ id }) => filled.has(id)).toSorted((one, other) => order(one) - order(other))
  })

/** What the funnel's page shows this viewer. @throws NotHere for who sees no figures. */
export async function funnelPage(viewer: Viewer, ask: FunnelPageAsk = {}): Promise<FunnelPage> {
  const setting = await settingOf(viewer, ask)
  const { drop } = setting
  const spread = spreads.find((one) => one === ask.spread) ?? 'none'
  const empty = {
    setting,
    phases: [],
    years: [],
    year: 'all',
    spread,
    rows: [],
    absent: [],
    edges: [],
    scale: 1,
  }
  if (!drop || setting.snapshot === 0) return { ...empty, measures: [] }
  const measures = await measuresAt(viewer, setting, drop)
  const measure = measures.find(({ id }) => id === ask.measure) ?? measures[0]
  if (!measure) return { ...empty, drop, measures }
  const { found, years } = await figuresOf(viewer, setting, drop, measure)
  const year = ask.year && years.includes(ask.year) ? ask.year : measure.year
  const all = found
    .filter(({ key }) => key.year === year)
    .flatMap((figure) => {
      const at = setting.schools.find(({ slug }) => slug === figure.key.place)
      return at ? [{ at, figure }] : []
    })
  const counted = all.filter(({ figure }) => figure.kind === 'value' && (figure.of ?? 0) > 0)
  const phases = [...new Set(counted.map(({ at }) => at.phase))].toSorted(
    (one, other) => many(counted, other) - many(counted, one),
  )
  const phase = phases.find((one) => one === ask.phase) ?? phases[0]
  const rows = counted
    .filter(({ at }) => at.phase === phase)
    .toSorted((one, other) => one.figure.of! - other.figure.of!)
  const absent = all
    .filter(
      ({ at, figure }) =>
        (phase === undefined || at.phase === phase) && !counted.some((one) => one.figure === figure),
    )
    .map(({ at, figure }) => ({ at, why: figure.kind }))
  const common = { ...empty, drop, measures, measure, phases, years, year, rows, absent }
  return phase === undefined ? common : { ...common, phase, ...(await drawn(viewer, common, phase)) }
}

const many = (rows: readonly FunnelRow[], phase: Phase) => rows.filter(({ at }) => at.phase === phase).length

const figuresOf = (viewer: Viewer, setting: Setting, drop: DropSeen, measure: Measure) =>
  remember(viewer, `funnel|${setting.snapshot}|${drop.id}|${measure.id}`, async () => {
    const asked = [
      ...new Set([measure.year, ...(measure.years === 'all' ? ['all', ...yearGroups] : measure.years)]),
    ]
    const found = await figures(viewer, {
      measures: [measure.id],
      places: ['schools'],
      years: asked,
      periods: [drop.code],
      snapshot: setting.snapshot,
    })
    const years = asked
      .filter((year) => found.some((figure) => figure.key.year === year && isThere(figure)))
      .toSorted(
        (one, other) =>
          Number(other === 'all') - Number(one === 'all') || yearGroupOrder(one) - yearGroupOrder(other),
      )
    return { found, years }
  })

/** What the schools are held to: themselves together; a single school to England, or to the trust. */
async function targetOf(
  viewer: Viewer,
  { setting, drop, measure, year, rows }: Pick<FunnelPage, 'setting' | 'drop' | 'measure' | 'year' | 'rows'>,
  phase: Phase,
  per: number,
): Promise<FunnelPage['target']> {
  const sum = (name: 'n' | 'of') => rows.reduce((total, { figure }) => total + figure[name]!, 0)
  if (rows.length > 1) return { value: (per * sum('n')) / sum('of'), name: 'all together' }
  const national = nationalOf(measure!, drop!.academicYear, phase, year)
  if (national) return { value: national.value, name: 'national' }
  const [trust] = await figures(viewer, {
    measures: [measure!.id],
    places: ['trust'],
    years: [year],
    periods: [drop!.code],
    snapshot: setting.snapshot,
  })
  return trust?.kind === 'value' ? { value: trust.value!, name: 'the trust' } : undefined
}

const steps = 60

async function drawn(
  viewer: Viewer,
  page: Pick<FunnelPage, 'setting' | 'drop' | 'measure' | 'year' | 'rows' | 'spread'>,
  phase: Phase,
): Promise<Pick<FunnelPage, 'found' | 'edges' | 'target' | 'scale'>> {
  const { measure, rows, spread } = page
  const share = isShare(measure!)
  const per = measure!.unit === 'per pupil' ? 1 : 100
  const target = await targetOf(viewer, page, phase, per)
  if (!target || target.value <= 0 || (share && target.value >= 100)) return { edges: [], scale: 1 }
  const rate = target.value / per
  const sizeOf = (pupils: number) => (share ? pupils : pupils * rate)
  const units = rows.map(
    ({ at, figure }): UnitCount => ({
      unit: at.slug,
      numerator: figure.n!,
      denominator: sizeOf(figure.of!),
    }),
  )
  const ask: FunnelAsk = {
    kind: share ? 'proportion' : 'ratio',
    overdispersion: spread,
    limits: 'exact',
    target: share ? rate : 1,
  }
  const sizes = rows.map(({ figure }) => figure.of!)
  const [least, most] = [Math.min(...sizes), Math.max(...sizes)]
  const [from, to] = [Math.max(1, Math.floor(least * 0.7)), Math.ceil(most * 1.08)]
  const along = [
    ...new Set(Array.from({ length: steps + 1 }, (_, at) => Math.round(from * (to / from) ** (at / steps)))),
  ]
  const scale = share ? per : target.value
  return {
    found: funnel(units, ask),
    target,
    scale,
    edges: limitsAlong(units, ask, along.map(sizeOf)).map((limits, at) => ({
      size: along[at]!,
      low95: scale * limits.low95,
      high95: scale * limits.high95,
      low998: scale * limits.low998,
      high998: scale * limits.high998,
    })),
  }
}
