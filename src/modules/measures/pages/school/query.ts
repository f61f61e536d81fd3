import type { Figure } from '../../../../kernel/figure.ts'
import { NotHere } from '../../../../kernel/refusal.ts'
import { yearGroupOrder } from '../../../../kernel/year-group.ts'
import type { Viewer } from '../../../../platform/viewer.ts'
import { type SchoolReadiness, schoolReadiness } from '../../../evidence/index.ts'
import {
  type Class,
  classesOf,
  type Department,
  departments,
  mergers,
  type Subject,
  subjects,
} from '../../../organisation/index.ts'
import type { FiguresAsk, Gap } from '../../domain/ask.ts'
import type { Measure } from '../../domain/measure.ts'
import { figures } from '../../queries/figures.ts'
import { gaps } from '../../queries/gaps.ts'
import { measuresOf } from '../../queries/measures.ts'
import { seesClass } from '../../queries/places.ts'
import { rowsByClass } from '../class-rows.ts'
import { indexed } from '../figure-index.ts'
import { remember } from '../remember.ts'
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
import { isReadIn, yearOf } from '../trust/panels.ts'

/** A measure at the school: its figure, the trust's, and the national one. */
export interface KeyFigure {
  readonly measure: Measure
  readonly year: string
  readonly figure: Figure
  readonly trust?: Figure
  readonly national?: { readonly value: number; readonly label: string }
}

export interface Over {
  readonly measure: Measure
  readonly year: string
  readonly national?: number
  readonly points: readonly {
    readonly drop: DropSeen
    readonly figure?: Figure
    /** The school whose figure it is, from before it became part of this one. */
    readonly as?: string
    readonly trust?: Figure
    readonly others: readonly (Figure | undefined)[]
  }[]
}

export interface ClassRow {
  readonly class: Class
  readonly figures: readonly (Figure | undefined)[]
}

export interface SchoolFigures {
  readonly year: string
  readonly years: readonly string[]
  readonly key: readonly KeyFigure[]
  readonly results: readonly KeyFigure[]
  readonly lead?: KeyFigure
  readonly gaps: readonly Gap[]
  readonly over: readonly Over[]
  readonly classMeasures: readonly Measure[]
  readonly classes: readonly ClassRow[]
  readonly onRoll?: number
}

export interface SchoolPage extends SchoolFigures {
  readonly setting: Setting
  readonly school: SchoolSeen
  readonly readiness?: SchoolReadiness
  /** Schools that became part of this one, or the one that it became part of. */
  readonly mergers: readonly {
    readonly slug: string
    readonly name: string
    readonly day: string
    readonly how: 'into' | 'from'
  }[]
  readonly departments: readonly (Omit<Department, 'subjects'> & { readonly subjects: readonly Subject[] })[]
}

export interface SchoolAsk extends SettingAsk {
  readonly year?: string
}

/** Groups whose gaps stand on the school's page; the page of groups has them all. */
export const gapGroups = [
  'disadvantaged',
  'sen-support',
  'ehcp',
  'boys',
  'eal',
  'joined-this-year',
  'looked-after',
] as const

const yearGroups = ['R', '1', '2', '3', '4', '5', '6', '7', '8', '9', '10', '11', '12', '13']

/** What the school's page shows. @throws NotHere for a school that the viewer does not reach. */
export async function schoolPage(viewer: Viewer, slug: string, ask: SchoolAsk = {}): Promise<SchoolPage> {
  const setting = await settingOf(viewer, ask)
  const school = schoolIn(setting, slug)
  return remember(
    viewer,
    `school-page|${school.id}|${setting.stamp}|${setting.drop?.code}|${setting.snapshot}|${ask.year ?? ''}`,
    () => pageOf(viewer, setting, school, ask),
  )
}

async function pageOf(
  viewer: Viewer,
  setting: Setting,
  school: SchoolSeen,
  ask: SchoolAsk,
): Promise<SchoolPage> {
  const { slug } = school
  const { drop } = setting
  const kin = await mergersOf(viewer, setting, school.id)
  if (!drop || setting.snapshot === 0) return { ...nothing, setting, school, mergers: kin, departments: [] }
  const [shown, ready, parts] = await Promise.all([
    remember(
      viewer,
      `school|${school.id}|${setting.snapshot}|${drop.code}|${ask.year ?? ''}|${kin.length}`,
      () => figuresOf(viewer, setting, school, drop, ask.year),
    ),
    schoolReadiness(viewer, drop, slug).catch((error: unknown) => {
      if (error instanceof NotHere) return undefined
      throw error
    }),
    departmentsOf(viewer, school.id),
  ])
  return { ...shown, setting, school, readiness: ready, mergers: kin, departments: parts }
}

const nothing: SchoolFigures = {
  year: 'all',
  years: [],
  key: [],
  results: [],
  gaps: [],
  over: [],
  classMeasures: [],
  classes: [],
}

async function departmentsOf(viewer: Viewer, school: number) {
  const found = await departments(viewer, school)
  if (found.length === 0) return []
  const known = await subjects(viewer)
  return found.map((one) => ({
    ...one,
    subjects: known.filter((subject) => one.subjects.includes(subject.id)),
  }))
}

export const readAt = (measure: Measure, drop: DropSeen): boolean =>
  measure.drops === 'any' || measure.drops === drop.kind

async function figuresOf(
  viewer: Viewer,
  setting: Setting,
  school: SchoolSeen,
  drop: DropSeen,
  asked?: string,
): Promise<SchoolFigures> {
  const measures = (await measuresOf(viewer)).filter((measure) => isReadIn(measure, school.phase))
  const now = measures.filter(
    (measure) => readAt(measure, drop) && (measure.headline || measure.topic === 'assessments'),
  )
  const common = {
    periods: [drop.code],
    snapshot: setting.snapshot,
  }
  const ofBoth = async (ask: Omit<FiguresAsk, 'places' | 'periods'>) => [
    ...(await trustWide(viewer, { ...common, ...ask, places: ['trust'] })),
    ...(await figures(viewer, { ...common, ...ask, places: [{ school: school.id }] })),
  ]
  const byYear = now.filter((measure) => measure.topic === 'expected standard').map(({ id }) => id)
  const others = now.filter((measure) => measure.topic !== 'expected standard').map(({ id }) => id)
  const all = (
    await Promise.all([
      byYear.length ? ofBoth({ measures: byYear, years: [...yearGroups, 'all'] }) : [],
      others.length ? ofBoth({ measures: others }) : [],
    ])
  ).flat()
  const find = indexed(all)
  const years = yearGroups
    .filter((year) =>
      byYear.some(
        (measure) => find({ measure, place: school.slug, year, period: drop.code })?.kind === 'value',
      ),
    )
    .toSorted((a, b) => yearGroupOrder(a) - yearGroupOrder(b))
  const year = asked && years.includes(asked) ? asked : (years.at(-1) ?? 'all')
  const key = keyFigures(setting, school, drop, now, find, year)
  const lead = key.find(({ figure, measure }) => figure.kind === 'value' && measure.topic !== 'attendance')
  const classMeasures = key
    .filter(({ measure, figure }) => measure.topic !== 'attendance' && figure.kind === 'value')
    .map(({ measure }) => measure)
  const [gapRows, over, classes, results] = await Promise.all([
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
    overDrops(viewer, setting, school, drop, key),
    classRows(viewer, setting, school, drop, classMeasures),
    resultsOf(viewer, setting, school, measures),
  ])
  const onRoll = find({
    measure: 'attendance',
    place: school.slug,
    year: 'all',
    period: drop.code,
  })?.population
  return { year, years, key, lead, gaps: gapRows, over, classMeasures, classes, results, onRoll }
}

/** Figures of the trust and of all its schools, which the page of every school stands on: asked for once. */
const trustWide = (viewer: Viewer, ask: FiguresAsk) =>
  remember(viewer, `figures|${JSON.stringify(ask)}`, () => figures(viewer, ask))

type Find = ReturnType<typeof indexed>

/** At most six headline figures that the school has; its own assessments only where it has no headline results. */
function keyFigures(
  setting: Setting,
  school: SchoolSeen,
  drop: DropSeen,
  measures: readonly Measure[],
  find: Find,
  year: string,
): KeyFigure[] {
  const found = measures.flatMap((measure): KeyFigure[] => {
    const at = (place: string) =>
      find({ measure: measure.id, place, year: yearOf(measure, year), period: drop.code })
    const figure = at(school.slug)
    if (!figure || figure.kind === 'not applicable') return []
    const national = nationalOf(measure, drop.academicYear, school.phase, yearOf(measure, year))
    return [
      {
        measure,
        year: yearOf(measure, year),
        figure,
        trust: at(setting.trust.slug),
        ...(national ? { national: { value: national.value, label: national.label } } : {}),
      },
    ]
  })
  const headline = found.filter(({ measure }) => measure.headline)
  const results = headline.filter(
    ({ measure, figure }) => measure.topic !== 'attendance' && figure.kind === 'value',
  )
  if (results.length)
    return headline
      .filter(({ figure, measure }) => figure.kind === 'value' || measure.topic === 'expected standard')
      .slice(0, 5)
  return found
    .filter(({ figure }) => figure.kind === 'value')
    .toSorted((a, b) => Number(a.measure.topic === 'attendance') - Number(b.measure.topic === 'attendance'))
    .slice(0, 5)
}

/** Schools that became part of a school, and the one that it became part of, as far as the viewer sees them. */
async function mergersOf(viewer: Viewer, setting: Setting, school: number): Promise<SchoolPage['mergers']> {
  return (await mergers(viewer)).flatMap(({ into, from, day }) => {
    if (into !== school && from !== school) return []
    const other = setting.schools.find(({ id }) => id === (into === school ? from : into))
    const how = into === school ? ('from' as const) : ('into' as const)
    return other ? [{ slug: other.slug, name: other.shortName, day, how }] : []
  })
}

async function overDrops(
  viewer: Viewer,
  setting: Setting,
  school: SchoolSeen,
  drop: DropSeen,
  key: readonly KeyFigure[],
): Promise<Over[]> {
  const drops = dropsUpTo(setting, drop)
  const drawn = key.filter(({ figure }) => figure.kind === 'value')
  const results = drawn.filter(({ measure }) => measure.topic !== 'attendance').slice(0, 2)
  const attendance = drawn.filter(({ measure }) => measure.id === 'attendance')
  const wanted = [...results, ...attendance]
  if (drops.length < 2 || wanted.length === 0) return []
  const parts = (await mergersOf(viewer, setting, school.id)).filter(({ how }) => how === 'from')
  return Promise.all(
    wanted.map(async ({ measure, year, national }): Promise<Over> => {
      const found = await trustWide(viewer, {
        measures: [measure.id],
        places: ['trust', 'schools'],
        years: [year],
        periods: drops.map(({ code }) => code),
        snapshot: setting.snapshot,
      })
      const find = indexed(found)
      const company = setting.schools.filter(
        (other) => other.phase === school.phase && other.id !== school.id,
      )
      return {
        measure,
        year,
        ...(national ? { national: national.value } : {}),
        points: drops.map((one) => {
          const at = (place: string) => find({ measure: measure.id, place, year, period: one.code })
          const own = at(school.slug)
          const before = parts
            .map((part) => ({ as: part.name, figure: at(part.slug) }))
            .filter(({ figure }) => figure?.kind === 'value')
          return {
            drop: one,
            figure: own,
            // A school that took the place of one other goes on with that one’s figures, marked as its.
            ...(own?.kind !== 'value' && before.length === 1 ? before[0]! : {}),
            trust: measure.topic === 'attendance' && national ? undefined : at(setting.trust.slug),
            others: company.map((other) => at(other.slug)),
          }
        }),
      }
    }),
  )
}

/** Each class of the year with a figure: forms where there are any, otherwise teaching classes. */
async function classRows(
  viewer: Viewer,
  setting: Setting,
  school: SchoolSeen,
  drop: DropSeen,
  measures: readonly Measure[],
): Promise<ClassRow[]> {
  if (measures.length === 0) return []
  const known = (await classesOf(viewer, school.id, drop.academicYear)).filter((one) =>
    seesClass(viewer, one),
  )
  const forms = known.filter((one) => one.kind === 'form')
  const classes = forms.length ? forms : known
  if (classes.length === 0) return []
  const found = await figures(viewer, {
    measures: measures.map(({ id }) => id),
    places: classes.map((one) => ({ school: school.id, class: one.id })),
    years: ['all'],
    periods: [drop.code],
    snapshot: setting.snapshot,
  })
  return rowsByClass(school.slug, classes, measures, found)
}

async function resultsOf(
  viewer: Viewer,
  setting: Setting,
  school: SchoolSeen,
  measures: readonly Measure[],
): Promise<KeyFigure[]> {
  const drop = setting.results
  if (!drop || drop === setting.drop) return []
  const about = measures.filter(
    (measure) => readAt(measure, drop) && measure.headline && measure.topic !== 'attendance',
  )
  if (about.length === 0) return []
  const found = await figures(viewer, {
    measures: about.map(({ id }) => id),
    places: ['trust', { school: school.id }],
    periods: [drop.code],
    snapshot: setting.snapshot,
  })
  return keyFigures(setting, school, drop, about, indexed(found), 'all')
}
