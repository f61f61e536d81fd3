import type { Viewer } from '../../../../platform/viewer.ts'
import { groups } from '../../../organisation/index.ts'
import type { Gap } from '../../domain/ask.ts'
import type { Measure } from '../../domain/measure.ts'
import { gaps } from '../../queries/gaps.ts'
import { remember } from '../remember.ts'
import { type SchoolAsk, type SchoolPage, schoolPage } from '../school/query.ts'
import type { SchoolSeen, Setting } from '../setting.ts'

export interface GroupsPage {
  readonly setting: Setting
  readonly school: SchoolSeen
  readonly measure?: Measure
  readonly year: string
  readonly years: readonly string[]
  /** Measures that the school has figures of. */
  readonly measures: readonly Measure[]
  readonly gaps: readonly Gap[]
  /** Every group against every measure. */
  readonly grid: readonly {
    readonly group: string
    readonly slug: string
    readonly gaps: readonly (Gap | undefined)[]
  }[]
}

export interface GroupsAsk extends SchoolAsk {
  readonly measure?: string
}

/** All groups of a school, in all its measures. @throws NotHere */
export async function groupsPage(viewer: Viewer, slug: string, ask: GroupsAsk = {}): Promise<GroupsPage> {
  const page = await schoolPage(viewer, slug, ask)
  const chosen = page.key.find(({ measure }) => measure.id === ask.measure)?.measure.id ?? ''
  return remember(
    viewer,
    `groups-page|${page.school.id}|${page.setting.stamp}|${page.setting.drop?.code}|${page.setting.snapshot}|${page.year}|${chosen}`,
    () => groupsOf(viewer, page, ask.measure),
  )
}

async function groupsOf(viewer: Viewer, page: SchoolPage, asked?: string): Promise<GroupsPage> {
  const { setting, school } = page
  const drawn = page.key.filter(({ figure }) => figure.kind === 'value')
  const chosen = drawn.find(({ measure }) => measure.id === asked) ?? page.lead ?? drawn[0]
  const { drop } = setting
  if (!chosen || !drop)
    return { setting, school, year: page.year, years: page.years, measures: [], gaps: [], grid: [] }
  const names = groups.filter((group) => group.slug !== 'all')
  const all = await remember(
    viewer,
    `groups|${school.id}|${setting.snapshot}|${drop.code}|${page.year}`,
    () =>
      Promise.all(
        drawn.map(({ measure, year }) =>
          gaps(viewer, {
            measure: measure.id,
            place: { school: school.id },
            year,
            period: drop.code,
            snapshot: setting.snapshot,
            groups: names.map((group) => group.slug),
          }),
        ),
      ),
  )
  const at = drawn.indexOf(chosen)
  return {
    setting,
    school,
    measure: chosen.measure,
    year: page.year,
    years: page.years,
    measures: drawn.map(({ measure }) => measure),
    gaps: all[at] ?? [],
    grid: names.map((group) => ({
      group: group.name,
      slug: group.slug,
      gaps: all.map((row) => row.find((gap) => gap.group === group.slug)),
    })),
  }
}
