import { type FigureKey, figurePath } from '../../../../kernel/figure.ts'
import { NotHere } from '../../../../kernel/refusal.ts'
import { may } from '../../../../kernel/viewer.ts'
import type { Viewer } from '../../../../platform/viewer.ts'
import { audit } from '../../../access/index.ts'
import { classesOf, pupilNames } from '../../../organisation/index.ts'
import type { FigureDetail, PupilBehind } from '../../domain/ask.ts'
import { figureAt } from '../../queries/figure-at.ts'
import { pupilsBehind } from '../../queries/pupils-behind.ts'
import { remember } from '../remember.ts'
import { type Setting, settingOf } from '../setting.ts'

export interface NamedBehind extends PupilBehind {
  readonly name: string
  readonly className: string
}

export interface PupilsPage {
  readonly setting: Setting
  readonly detail: FigureDetail
  readonly school?: { readonly slug: string; readonly shortName: string }
  readonly pupils: readonly NamedBehind[]
  /** Only those without a result. */
  readonly missingOnly: boolean
  readonly all: number
}

/**
 * The pupils behind a figure, by name. Being looked at is recorded before it is shown.
 * @throws NotHere for who may not see these pupils.
 */
export async function pupilsPage(
  viewer: Viewer,
  key: FigureKey,
  { missingOnly = false, exported = false }: { missingOnly?: boolean; exported?: boolean } = {},
): Promise<PupilsPage> {
  if (!Number.isInteger(key.snapshot) || key.snapshot < 1) throw new NotHere('There is no such figure.')
  const setting = await settingOf(viewer, { drop: key.period })
  const address = Object.values(key).join('|')
  const detail = await remember(viewer, `figure|${address}|${setting.latest}`, () => figureAt(viewer, key))
  const place = { school: detail.place.school, class: detail.place.class }
  const behind = await remember(viewer, `behind|${address}`, () => pupilsBehind(viewer, key))
  if (behind.length === 0 && !may(viewer, 'see pupils', place)) throw new NotHere()
  const shown = missingOnly ? behind.filter((pupil) => !pupil.counted) : behind
  const names = await pupilNames(
    viewer,
    shown.map(({ pupil }) => pupil),
  )
  const schools = [...new Set(shown.map(({ school }) => school))]
  const classes = new Map(
    (await Promise.all(schools.map((school) => classesOf(viewer, school, detail.period.academicYear))))
      .flat()
      .map((one) => [one.id, one.name]),
  )
  const pupils = shown
    .flatMap((pupil): NamedBehind[] => {
      const name = names.get(pupil.pupil)
      return name
        ? [
            {
              ...pupil,
              name: `${name.surname}, ${name.forename}`,
              className: classes.get(pupil.class ?? 0) ?? '',
            },
          ]
        : []
    })
    .toSorted(
      (a, b) =>
        Number(a.counted) - Number(b.counted) ||
        (a.value ?? -1e9) - (b.value ?? -1e9) ||
        a.name.localeCompare(b.name, 'en'),
    )
  await audit(viewer, {
    deed: exported ? 'exported pupils' : 'saw pupils',
    subject: 'measures.figure',
    id: figurePath(key),
    school: detail.place.school ?? null,
    detail: { pupils: pupils.length, ids: pupils.map(({ pupil }) => pupil) },
  })
  const school = setting.schools.find((one) => one.id === detail.place.school)
  return { setting, detail, school, pupils, missingOnly, all: behind.length }
}
