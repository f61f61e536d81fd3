import type { Figure } from '../../../../kernel/figure.ts'
import type { Viewer } from '../../../../platform/viewer.ts'
import { catalogue } from '../../catalogue/catalogue.ts'
import type { Measure } from '../../domain/measure.ts'
import { figures } from '../../queries/figures.ts'
import { indexed } from '../figure-index.ts'
import { remember } from '../remember.ts'
import { readAt } from '../school/query.ts'
import {
  type DropSeen,
  type SchoolSeen,
  type Setting,
  type SettingAsk,
  schoolIn,
  settingOf,
} from '../setting.ts'
import { nationalOf } from '../shown.ts'

/** A measure at the school, beside the trust and England. */
export interface EveryRow {
  readonly measure: Measure
  readonly drop: DropSeen
  readonly figure: Figure
  readonly trust?: Figure
  readonly national?: { readonly value: number; readonly label: string }
}

export interface EveryPage {
  readonly setting: Setting
  readonly school: SchoolSeen
  readonly rows: readonly EveryRow[]
  /** Measures that neither the school nor the trust has a figure of. */
  readonly without: readonly Measure[]
}

/** Every declared measure that is about somebody at the school: at the drop, and national results at the last results drop. @throws NotHere */
export async function everyPage(viewer: Viewer, slug: string, ask: SettingAsk = {}): Promise<EveryPage> {
  const setting = await settingOf(viewer, ask)
  const school = schoolIn(setting, slug)
  if (setting.snapshot === 0) return { setting, school, rows: [], without: [] }
  const drops = [...new Set([setting.drop, setting.results])].filter((drop) => drop !== undefined)
  const kept = `every|${school.id}|${setting.snapshot}|${drops.map(({ code }) => code).join()}`
  const rows = await remember(viewer, kept, async () =>
    (await Promise.all(drops.map((drop) => rowsAt(viewer, setting, school, drop)))).flat(),
  )
  const has = ({ figure, trust }: EveryRow) => figure.kind === 'value' || trust?.kind === 'value'
  return {
    setting,
    school,
    rows: rows.filter(has),
    without: rows.filter((row) => !has(row)).map(({ measure }) => measure),
  }
}

async function rowsAt(
  viewer: Viewer,
  setting: Setting,
  school: SchoolSeen,
  drop: DropSeen,
): Promise<EveryRow[]> {
  const about = catalogue.filter(
    (measure) =>
      measure.phases.includes(school.phase) &&
      readAt(measure, drop) &&
      (drop === setting.drop || measure.drops === 'statutory'),
  )
  const find = indexed(
    await figures(viewer, {
      measures: about.map(({ id }) => id),
      places: ['trust', { school: school.id }],
      periods: [drop.code],
      snapshot: setting.snapshot,
    }),
  )
  return about.flatMap((measure): EveryRow[] => {
    const at = (place: string) => find({ measure: measure.id, place, year: measure.year, period: drop.code })
    const figure = at(school.slug)
    if (!figure || figure.kind === 'not applicable') return []
    const national = nationalOf(measure, drop.academicYear, school.phase, measure.year)
    return [
      {
        measure,
        drop,
        figure,
        trust: at(setting.trust.slug),
        ...(national ? { national: { value: national.value, label: national.label } } : {}),
      },
    ]
  })
}
