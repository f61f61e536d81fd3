import { mayAnywhere } from '../../../../kernel/viewer.ts'
import type { Viewer } from '../../../../platform/viewer.ts'
import { classesOf } from '../../../organisation/index.ts'
import type { Measure } from '../../domain/measure.ts'
import type { OwnLine } from '../../domain/value-added/lines.ts'
import type { GroupedBy, ModelAt } from '../../models/model-of.ts'
import { figures } from '../../queries/figures.ts'
import { measureById, measuresOf } from '../../queries/measures.ts'
import { modelAt } from '../../queries/model-at.ts'
import { type SeenEffect, seenEffects } from '../../queries/value-added-at.ts'
import { lookedAtMeasures } from '../../scan/looked-at.ts'
import { remember } from '../remember.ts'
import { type DropSeen, type SchoolSeen, type Setting, type SettingAsk, settingOf } from '../setting.ts'

/** `each`: is it above or below what is expected? `pairs`: do two of them differ? */
export type IntervalFor = 'each' | 'pairs'

export interface ValueAddedRow extends SeenEffect {
  readonly at: SchoolSeen
  readonly className?: string
}

export interface ValueAddedPage {
  readonly setting: Setting
  readonly drop?: DropSeen
  readonly measures: readonly Measure[]
  readonly measure?: Measure
  readonly by: GroupedBy
  /** Those who see no small groups are shown no classes. */
  readonly mayByClass: boolean
  readonly year?: string
  readonly interval: IntervalFor
  readonly model?: ModelAt
  /** Highest effect first. */
  readonly rows: readonly ValueAddedRow[]
  /** Lines of the schools that the viewer sees. */
  readonly lines: readonly (OwnLine & { readonly at: SchoolSeen })[]
  /** Schools or classes in the model, and those of them that are not shown to this viewer. */
  readonly groups: number
  readonly hidden: number
}

export interface ValueAddedPageAsk extends SettingAsk {
  readonly measure?: string
  readonly by?: string
  readonly year?: string
  readonly interval?: string
}

/** Measures of the drop that a model can be made of: grades, whose pupils mostly have a starting point, before the others. */
const measuresAt = (viewer: Viewer, setting: Setting, drop: DropSeen): Promise<readonly Measure[]> =>
  remember(viewer, `modelled|${setting.stamp}|${setting.snapshot}|${drop.id}`, async () => {
    const every = await measuresOf(viewer)
    const found = await figures(viewer, {
      measures: every.filter(({ direction }) => direction === 'higher is better').map(({ id }) => id),
      places: ['schools'],
      periods: [drop.code],
      snapshot: setting.snapshot,
    })
    const filled = new Set(
      found.filter(({ kind }) => kind === 'value' || kind === 'suppressed').map(({ key }) => key.measure),
    )
    return lookedAtMeasures(every, filled).toSorted(
      (one, other) => Number(other.unit === 'grade') - Number(one.unit === 'grade'),
    )
  })

/** What the page of value added shows this viewer. @throws NotHere for who sees no figures, and for an unknown measure. */
export async function valueAddedPage(viewer: Viewer, ask: ValueAddedPageAsk = {}): Promise<ValueAddedPage> {
  const setting = await settingOf(viewer, ask)
  const { drop } = setting
  const mayByClass = mayAnywhere(viewer, 'see small groups')
  const by: GroupedBy = ask.by === 'class' && mayByClass ? 'class' : 'school'
  const interval: IntervalFor = ask.interval === 'pairs' ? 'pairs' : 'each'
  const common = { setting, by, mayByClass, interval, rows: [], lines: [], groups: 0, hidden: 0 }
  if (!drop || setting.snapshot === 0) return { ...common, measures: [] }
  const measures = await measuresAt(viewer, setting, drop)
  const measure = ask.measure ? await measureById(viewer, ask.measure) : measures[0]
  if (!measure) return { ...common, drop, measures }
  const model = await modelAt(viewer, drop, setting.snapshot, measure, {
    by,
    ...(ask.year ? { year: ask.year } : {}),
  })
  const schools = new Map(setting.schools.map((school) => [school.id, school]))
  const names = by === 'class' ? await classNames(viewer, setting, drop, model) : new Map<number, string>()
  const rows = seenEffects(viewer, model, by)
    .flatMap((effect): ValueAddedRow[] => {
      const at = schools.get(effect.school)
      if (!at) return []
      return [
        {
          ...effect,
          at,
          ...(effect.class === undefined ? {} : { className: names.get(effect.class) ?? '' }),
        },
      ]
    })
    .sort((one, other) => other.intercept - one.intercept)
  const shown = new Set(rows.map(({ school }) => school))
  const groups = model.fit?.effects.length ?? 0
  return {
    ...common,
    drop,
    measures,
    measure,
    ...(ask.year ? { year: ask.year } : {}),
    model,
    rows,
    lines: (model.lines?.lines ?? []).flatMap((line) => {
      const at = schools.get(Number(line.group))
      return at && shown.has(at.id) ? [{ ...line, at }] : []
    }),
    groups,
    hidden: groups - rows.length,
  }
}

async function classNames(viewer: Viewer, setting: Setting, drop: DropSeen, { schoolOf }: ModelAt) {
  const wanted = new Set(Object.values(schoolOf))
  const found = await Promise.all(
    setting.schools
      .filter(({ id }) => wanted.has(id))
      .map(({ id }) => classesOf(viewer, id, drop.academicYear)),
  )
  return new Map(found.flat().map(({ id, name }) => [id, name]))
}
