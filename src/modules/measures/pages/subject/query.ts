import type { Figure } from '../../../../kernel/figure.ts'
import { NotHere } from '../../../../kernel/refusal.ts'
import type { Viewer } from '../../../../platform/viewer.ts'
import { classesOf, type Subject, subjects } from '../../../organisation/index.ts'
import type { Gap } from '../../domain/ask.ts'
import type { Measure } from '../../domain/measure.ts'
import { figures } from '../../queries/figures.ts'
import { gaps } from '../../queries/gaps.ts'
import { measuresOf } from '../../queries/measures.ts'
import { seesClass } from '../../queries/places.ts'
import { rowsByClass } from '../class-rows.ts'
import { indexed } from '../figure-index.ts'
import { remember } from '../remember.ts'
import { type ClassRow, gapGroups, type KeyFigure, readAt } from '../school/query.ts'
import {
  type DropSeen,
  type SchoolSeen,
  type Setting,
  type SettingAsk,
  schoolIn,
  settingOf,
} from '../setting.ts'
import { nationalOf } from '../shown.ts'

export interface SubjectPage {
  readonly setting: Setting
  readonly school: SchoolSeen
  readonly subject: Subject
  readonly key: readonly KeyFigure[]
  readonly lead?: KeyFigure
  readonly gaps: readonly Gap[]
  readonly classMeasures: readonly Measure[]
  readonly classes: readonly ClassRow[]
}

const years = ['all', 'R', '1', '2', '3', '4', '5', '6', '7', '8', '9', '10', '11', '12', '13']

/** One subject at a school: its figures by year group, gaps and classes. @throws NotHere */
export async function subjectPage(
  viewer: Viewer,
  slug: string,
  code: string,
  ask: SettingAsk = {},
): Promise<SubjectPage> {
  const setting = await settingOf(viewer, ask)
  const school = schoolIn(setting, slug)
  const subject = (await subjects(viewer)).find((one) => one.code === code)
  if (!subject) throw new NotHere(`There is no subject called ${code}.`)
  const { drop } = setting
  if (!drop || setting.snapshot === 0)
    return { setting, school, subject, key: [], gaps: [], classMeasures: [], classes: [] }
  const kept = `subject|${school.id}|${code}|${setting.snapshot}|${drop.code}`
  const shown = await remember(viewer, kept, () => figuresOf(viewer, setting, school, drop, subject))
  return { ...shown, setting, school, subject }
}

async function figuresOf(
  viewer: Viewer,
  setting: Setting,
  school: SchoolSeen,
  drop: DropSeen,
  subject: Subject,
): Promise<Omit<SubjectPage, 'setting' | 'school' | 'subject'>> {
  const about = (await measuresOf(viewer)).filter(
    (measure) =>
      isOf(measure, subject.code) && measure.phases.includes(school.phase) && readAt(measure, drop),
  )
  const key = await subjectFigures(viewer, setting, school, drop, about)
  const lead = key.find(({ year }) => year === 'all') ?? key[0]
  const classMeasures = [...new Set(key.map(({ measure }) => measure))].slice(0, 3)
  const [gapRows, classes] = await Promise.all([
    lead
      ? gaps(viewer, {
          measure: lead.measure.id,
          place: { school: school.id },
          year: lead.year,
          period: drop.code,
          snapshot: setting.snapshot,
          groups: gapGroups,
        })
      : [],
    subjectClasses(viewer, setting, school, drop, subject, classMeasures),
  ])
  return { key, lead, gaps: gapRows, classMeasures, classes }
}

const isOf = (measure: Measure, code: string): boolean =>
  measure.subject === code || (code === 'mathematics' && measure.rule.kind === 'english and mathematics')

async function subjectFigures(
  viewer: Viewer,
  setting: Setting,
  school: SchoolSeen,
  drop: DropSeen,
  about: readonly Measure[],
): Promise<KeyFigure[]> {
  if (about.length === 0) return []
  const find = indexed(
    await figures(viewer, {
      measures: about.map(({ id }) => id),
      places: ['trust', { school: school.id }],
      years,
      periods: [drop.code],
      snapshot: setting.snapshot,
    }),
  )
  return about
    .flatMap((measure) =>
      (measure.year === 'all' ? years : [measure.year]).flatMap((year): KeyFigure[] => {
        const at = (place: string): Figure | undefined =>
          find({ measure: measure.id, place, year, period: drop.code })
        const figure = at(school.slug)
        if (figure?.kind !== 'value') return []
        const national = nationalOf(measure, drop.academicYear, school.phase, year)
        return [
          {
            measure,
            year,
            figure,
            trust: at(setting.trust.slug),
            ...(national ? { national: { value: national.value, label: national.label } } : {}),
          },
        ]
      }),
    )
    .slice(0, 15)
}

async function subjectClasses(
  viewer: Viewer,
  setting: Setting,
  school: SchoolSeen,
  drop: DropSeen,
  subject: Subject,
  measures: readonly Measure[],
): Promise<ClassRow[]> {
  const all = (await classesOf(viewer, school.id, drop.academicYear)).filter((one) => seesClass(viewer, one))
  const taught = all.filter((one) => one.subject === subject.id)
  const classes = taught.length ? taught : all.filter((one) => one.kind === 'form')
  if (classes.length === 0 || measures.length === 0) return []
  const found = await figures(viewer, {
    measures: measures.map(({ id }) => id),
    places: classes.map((one) => ({ school: school.id, class: one.id })),
    years: ['all'],
    periods: [drop.code],
    snapshot: setting.snapshot,
  })
  return rowsByClass(school.slug, classes, measures, found)
}
