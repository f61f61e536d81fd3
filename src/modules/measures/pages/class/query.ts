import type { Figure } from '../../../../kernel/figure.ts'
import { NotHere } from '../../../../kernel/refusal.ts'
import { may } from '../../../../kernel/viewer.ts'
import { keptUntilWritten } from '../../../../platform/database/kept.ts'
import type { Viewer } from '../../../../platform/viewer.ts'
import { audit } from '../../../access/index.ts'
import { assessments } from '../../../evidence/index.ts'
import {
  type ClassKin,
  type ClassWithTeachers,
  classById,
  classKin,
  pupilNames,
} from '../../../organisation/index.ts'
import { figures } from '../../queries/figures.ts'
import { measuresOf } from '../../queries/measures.ts'
import { indexed } from '../figure-index.ts'
import { remember } from '../remember.ts'
import {
  attendanceOfPupils,
  attendedShare,
  pupilsOfClass,
  type ResultRow,
  resultsOfPupils,
} from '../results-of.ts'
import { type KeyFigure, readAt } from '../school/query.ts'
import {
  type DropSeen,
  dropsUpTo,
  type SchoolSeen,
  type Setting,
  type SettingAsk,
  schoolIn,
  settingOf,
} from '../setting.ts'
import { nationalOf } from '../shown.ts'

export interface ClassPupil {
  readonly pupil: number
  readonly name: string
  /** For each assessment of the page, for each drop: the result. */
  readonly results: readonly (readonly (ResultRow | undefined)[])[]
  /** Sessions attended this year, in percent. */
  readonly attended?: number
}

export interface ClassPage {
  readonly setting: Setting
  readonly school: SchoolSeen
  readonly class: ClassWithTeachers
  readonly key: readonly KeyFigure[]
  readonly drops: readonly DropSeen[]
  readonly assessments: readonly { readonly code: string; readonly name: string; readonly short: string }[]
  readonly size: number
  /** Classes that it came out of, or that its pupils went into. */
  readonly kin: readonly ClassKin[]
  /** May the viewer split it, or give it another name? */
  readonly mayKeep: boolean
  /** Only for who may see these pupils by name. */
  readonly pupils?: readonly ClassPupil[]
}

/** One class: its figures, and for its teachers and leaders the list of its pupils. @throws NotHere */
export async function classPage(
  viewer: Viewer,
  slug: string,
  id: number,
  ask: SettingAsk = {},
): Promise<ClassPage> {
  if (!Number.isInteger(id)) throw new NotHere()
  const setting = await settingOf(viewer, ask)
  const school = schoolIn(setting, slug)
  const form = await keptUntilWritten(viewer, `class ${id} ${viewer.today}`, () => classById(viewer, id))
  if (form.school !== school.id) throw new NotHere()
  const drop = dropOf(setting, form.academicYear)
  const kin = await keptUntilWritten(viewer, `class kin ${id}`, () => classKin(viewer, id))
  const mayKeep = may(viewer, 'send results', { school: school.id })
  const head = { setting, school, class: form, kin, mayKeep }
  if (!drop) return { ...head, key: [], drops: [], assessments: [], size: 0 }
  const drops = dropsUpTo(setting, drop, 3)
  const [key, ids] = await Promise.all([
    remember(viewer, `class|${id}|${setting.snapshot}|${drop.code}`, () =>
      classFigures(viewer, setting, school, form, drop),
    ),
    remember(viewer, `class-pupils|${id}|${setting.snapshot}|${drop.code}`, () =>
      pupilsOfClass(viewer, { snapshot: setting.snapshot, school: school.id, drop: drop.id, form: id }),
    ),
  ])
  const place = {
    school: school.id,
    class: id,
    ...(form.department === null ? {} : { department: form.department }),
  }
  const page = { ...head, key, drops, assessments: [], size: ids.length }
  if (!may(viewer, 'see pupils', place)) return page
  return { ...page, ...(await listOf(viewer, setting, school, form, drops, ids)) }
}

/** The newest drop of the class's year that has files, or the page's own. */
const dropOf = (setting: Setting, academicYear: number): DropSeen | undefined =>
  setting.drop?.academicYear === academicYear
    ? setting.drop
    : setting.drops.find(
        (drop) => drop.filled && drop.academicYear === academicYear && drop.kind === 'termly',
      )

async function classFigures(
  viewer: Viewer,
  setting: Setting,
  school: SchoolSeen,
  form: ClassWithTeachers,
  drop: DropSeen,
): Promise<KeyFigure[]> {
  const measures = (await measuresOf(viewer)).filter(
    (measure) => measure.phases.includes(school.phase) && readAt(measure, drop),
  )
  const found = await figures(viewer, {
    measures: measures.map(({ id }) => id),
    places: [{ school: school.id, class: form.id }],
    years: ['all'],
    periods: [drop.code],
    snapshot: setting.snapshot,
  })
  const own = new Map(found.map((figure) => [figure.key.measure, figure]))
  const with_ = measures.filter((measure) => own.get(measure.id)?.kind === 'value')
  const headline = with_.filter((measure) => measure.headline)
  const shown = (headline.some((measure) => measure.topic !== 'attendance') ? headline : with_).slice(0, 5)
  if (shown.length === 0) return []
  const ids = shown.map(({ id }) => id)
  const company = indexed(
    await remember(
      viewer,
      `class company|${form.yearGroup}|${setting.snapshot}|${drop.code}|${ids.join(',')}`,
      () =>
        figures(viewer, {
          measures: ids,
          places: ['trust'],
          years: [form.yearGroup, 'all'],
          periods: [drop.code],
          snapshot: setting.snapshot,
        }),
    ),
  )
  return shown.map((measure): KeyFigure => {
    const year = measure.year === 'all' ? form.yearGroup : measure.year
    const trust = (at: string): Figure | undefined =>
      company({ measure: measure.id, place: setting.trust.slug, year: at, period: drop.code })
    const national = nationalOf(measure, drop.academicYear, school.phase, year)
    return {
      measure,
      year: form.yearGroup,
      figure: own.get(measure.id)!,
      trust: trust(form.yearGroup)?.kind === 'value' ? trust(form.yearGroup) : trust('all'),
      ...(national ? { national: { value: national.value, label: national.label } } : {}),
    }
  })
}

async function listOf(
  viewer: Viewer,
  setting: Setting,
  school: SchoolSeen,
  form: ClassWithTeachers,
  drops: readonly DropSeen[],
  ids: readonly number[],
): Promise<Pick<ClassPage, 'pupils' | 'assessments' | 'drops'>> {
  const about = { snapshot: setting.snapshot, schools: [school.id], whose: { pupils: ids } } as const
  const key = `${form.id}|${setting.snapshot}|${drops.map(({ code }) => code).join(',')}`
  const [names, results, attendance, known] = await Promise.all([
    keptUntilWritten(viewer, `class names ${key} ${viewer.today}`, () => pupilNames(viewer, ids)),
    remember(viewer, `class-results|${key}`, () =>
      resultsOfPupils(viewer, { ...about, drops: drops.map(({ id }) => id) }),
    ),
    remember(viewer, `class-sessions|${key}`, () =>
      attendanceOfPupils(viewer, { ...about, drops: drops.slice(-1).map(({ id }) => id) }),
    ),
    keptUntilWritten(viewer, 'assessments', () => assessments(viewer)),
  ])
  await audit(viewer, {
    deed: 'saw pupils',
    subject: 'organisation.class',
    id: form.id,
    school: school.id,
    detail: { pupils: names.size, ids: [...names.keys()] },
  })
  const told = drops.filter((drop) => results.some((row) => row.drop === drop.id))
  const codes = [...new Set(results.map((row) => row.assessment))]
  const subject = form.subject
  const shown = known
    .filter((one) => codes.includes(one.code) && (subject === null || one.subject.id === subject))
    .slice(0, 6)
  const pupils = ids.flatMap((pupil): ClassPupil[] => {
    const name = names.get(pupil)
    if (!name) return []
    const own = results.filter((row) => row.pupil === pupil)
    const sessions = attendance.find((row) => row.pupil === pupil)
    return [
      {
        pupil,
        name: `${name.surname}, ${name.forename}`,
        results: shown.map((one) =>
          told.map((drop) => own.find((row) => row.assessment === one.code && row.drop === drop.id)),
        ),
        attended: sessions && attendedShare(sessions),
      },
    ]
  })
  return {
    drops: told,
    assessments: shown.map((one) => ({
      code: one.code,
      name: one.name,
      short:
        shown.filter((other) => other.subject.id === one.subject.id).length === 1
          ? one.subject.name
          : one.name,
    })),
    pupils: pupils.toSorted((a, b) => a.name.localeCompare(b.name, 'en')),
  }
}
