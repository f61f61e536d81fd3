import { yearGroupOrder, yearGroups } from '../../../../kernel/year-group.ts'
import type { Viewer } from '../../../../platform/viewer.ts'
import type { Gap } from '../../domain/ask.ts'
import type { Measure } from '../../domain/measure.ts'
import { figures } from '../../queries/figures.ts'
import { gaps } from '../../queries/gaps.ts'
import { measuresOf } from '../../queries/measures.ts'
import { remember } from '../remember.ts'
import { gapGroups } from '../school/query.ts'
import { type DropSeen, type SchoolSeen, type Setting, type SettingAsk, settingOf } from '../setting.ts'

export interface GapsPage {
  readonly setting: Setting
  readonly drop?: DropSeen
  readonly measures: readonly Measure[]
  readonly measure?: Measure
  readonly years: readonly string[]
  readonly year: string
  /** The trust first, then each school that has a figure; gaps in the order of the groups. */
  readonly places: readonly {
    readonly name: string
    readonly school?: SchoolSeen
    readonly gaps: readonly Gap[]
  }[]
}

export interface GapsPageAsk extends SettingAsk {
  readonly measure?: string
  readonly year?: string
}

const read = (measure: Measure): boolean =>
  measure.headline || measure.topic === 'assessments' || measure.topic === 'early years and checks'

const measuresAt = (viewer: Viewer, setting: Setting, drop: DropSeen): Promise<readonly Measure[]> =>
  remember(viewer, `gapped|${setting.stamp}|${setting.snapshot}|${drop.id}`, async () => {
    const every = (await measuresOf(viewer)).filter(read)
    const found = await figures(viewer, {
      measures: every.map(({ id }) => id),
      places: ['schools'],
      periods: [drop.code],
      snapshot: setting.snapshot,
    })
    const filled = new Set(found.filter(({ kind }) => kind === 'value').map(({ key }) => key.measure))
    return every.filter(({ id }) => filled.has(id))
  })

/** What the page of gaps shows this viewer. @throws NotHere for who sees no figures. */
export async function gapsPage(viewer: Viewer, ask: GapsPageAsk = {}): Promise<GapsPage> {
  const setting = await settingOf(viewer, ask)
  const { drop } = setting
  const empty = { setting, years: [], year: 'all', places: [] }
  if (!drop || setting.snapshot === 0) return { ...empty, measures: [] }
  const measures = await measuresAt(viewer, setting, drop)
  const measure = measures.find(({ id }) => id === ask.measure) ?? measures[0]
  if (!measure) return { ...empty, drop, measures }
  return remember(
    viewer,
    `gaps-page|${setting.stamp}|${setting.snapshot}|${drop.id}|${measure.id}|${ask.year ?? ''}`,
    async () => {
      const shown = await figures(viewer, {
        measures: [measure.id],
        places: ['schools'],
        years: [
          ...new Set([measure.year, ...(measure.years === 'all' ? ['all', ...yearGroups] : measure.years)]),
        ],
        periods: [drop.code],
        snapshot: setting.snapshot,
      })
      const counted = shown.filter(({ kind }) => kind === 'value')
      const years = [...new Set(counted.map(({ key }) => key.year))].toSorted(
        (one, other) =>
          Number(other === 'all') - Number(one === 'all') || yearGroupOrder(one) - yearGroupOrder(other),
      )
      const year = ask.year && years.includes(ask.year) ? ask.year : measure.year
      const schools = setting.schools.filter(({ slug }) =>
        counted.some(({ key }) => key.place === slug && key.year === year),
      )
      const of = (place: 'trust' | { school: number }) =>
        gaps(viewer, {
          measure: measure.id,
          place,
          year,
          period: drop.code,
          snapshot: setting.snapshot,
          groups: gapGroups,
        })
      const trust = schools.length > 1 ? [{ name: 'The trust', gaps: await of('trust') }] : []
      const each = await Promise.all(
        schools.map(async (school) => ({
          name: school.shortName,
          school,
          gaps: await of({ school: school.id }),
        })),
      )
      return { ...empty, drop, measures, measure, years, year, places: [...trust, ...each] }
    },
  )
}
