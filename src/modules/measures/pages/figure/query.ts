import type { Figure, FigureKey } from '../../../../kernel/figure.ts'
import { NotHere } from '../../../../kernel/refusal.ts'
import { may } from '../../../../kernel/viewer.ts'
import type { Viewer } from '../../../../platform/viewer.ts'
import type { FigureDetail, PupilBehind } from '../../domain/ask.ts'
import type { Phase } from '../../domain/measure.ts'
import { figureAt } from '../../queries/figure-at.ts'
import { figures } from '../../queries/figures.ts'
import { missingFrom } from '../../queries/pupils-behind.ts'
import { remember } from '../remember.ts'
import { type Setting, settingOf } from '../setting.ts'
import { nationalOf } from '../shown.ts'
import { type Origins, originsOf } from './sources.ts'

export interface FigurePage {
  readonly setting: Setting
  readonly detail: FigureDetail
  readonly origins: Origins
  readonly school?: {
    readonly slug: string
    readonly name: string
    readonly shortName: string
    readonly phase: Phase
  }
  readonly trust?: Figure
  readonly national?: { readonly value: number; readonly label: string; readonly source: string }
  /** Those without a result, for who may see pupils there. */
  readonly missing?: readonly PupilBehind[]
  readonly seesPupils: boolean
  readonly seesFiles: boolean
  /** The figure in each snapshot in which it was read or moved, this one among them, latest first. */
  readonly snapshots: readonly Figure[]
}

/** What a figure's own page shows. @throws NotHere */
export async function figurePage(viewer: Viewer, key: FigureKey): Promise<FigurePage> {
  if (!Number.isInteger(key.snapshot) || key.snapshot < 1) throw new NotHere('There is no such figure.')
  const setting = await settingOf(viewer, { drop: key.period })
  const address = Object.values(key).join('|')
  return remember(viewer, `figure-page|${address}|${setting.stamp}`, () =>
    pageOf(viewer, setting, key, address),
  )
}

async function pageOf(
  viewer: Viewer,
  setting: Setting,
  key: FigureKey,
  address: string,
): Promise<FigurePage> {
  const detail = await remember(viewer, `figure|${address}|${setting.latest}`, () => figureAt(viewer, key))
  const school = setting.schools.find((one) => one.id === detail.place.school)
  const place = { school: detail.place.school, class: detail.place.class }
  const seesPupils = may(viewer, 'see pupils', place)
  const national = nationalOf(detail.measure, detail.period.academicYear, school?.phase, key.year)
  const [origins, trust, missing] = await Promise.all([
    originsOf(viewer, detail),
    detail.place.kind === 'trust'
      ? undefined
      : remember(viewer, `figure-trust|${address}`, () => trustFigure(viewer, key)),
    seesPupils && detail.place.kind !== 'trust'
      ? remember(viewer, `figure-missing|${address}`, () => missingFrom(viewer, key))
      : undefined,
  ])
  const others = detail.otherSnapshots.filter((figure) => figure.key.snapshot !== key.snapshot)
  return {
    setting,
    detail,
    origins,
    school,
    trust,
    ...(national && key.group === 'all'
      ? { national: { value: national.value, label: national.label, source: national.source } }
      : {}),
    ...(missing ? { missing } : {}),
    seesPupils,
    seesFiles: may(viewer, 'see files', { school: detail.place.school }),
    snapshots: [...others, detail.figure].toSorted((a, b) => b.key.snapshot - a.key.snapshot),
  }
}

async function trustFigure(viewer: Viewer, key: FigureKey): Promise<Figure | undefined> {
  const [figure] = await figures(viewer, {
    measures: [key.measure],
    places: ['trust'],
    years: [key.year],
    groups: [key.group],
    periods: [key.period],
    snapshot: key.snapshot,
  })
  return figure
}
