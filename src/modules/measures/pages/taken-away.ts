import { dayName } from '../../../kernel/days.ts'
import { type Figure, figurePath } from '../../../kernel/figure.ts'
import type { Sheet } from '../../../platform/spreadsheet.ts'
import { groupBySlug } from '../../organisation/index.ts'
import type { Measure } from '../domain/measure.ts'
import type { ClassPage } from './class/query.ts'
import type { PupilsPage } from './figure/pupils.ts'
import { countsAs } from './figure/pupils-page.tsx'
import type { FigurePage } from './figure/query.ts'
import type { GroupsPage } from './groups/query.ts'
import { resultWords } from './results-of.ts'
import type { SchoolPage } from './school/query.ts'
import type { DropSeen, Setting } from './setting.ts'
import type { Panel } from './trust/panels.ts'
import type { TrustPage } from './trust/query.ts'
import type { LookPage } from './where-to-look/query.ts'
import { inUnit } from './where-to-look/words.ts'
import { dropWords, yearWords } from './words.ts'

export type CellValue = string | number | null

/** A table as a file: its rows, and above them what it is of and where it comes from. */
export interface TakenAway {
  /** For the file's name. */
  readonly trust: string
  readonly name: string
  readonly title: string
  /** Filters and sources, one a line. */
  readonly about: readonly string[]
  readonly columns: readonly string[]
  readonly rows: readonly (readonly CellValue[])[]
}

/** The table as a spreadsheet carries it: a line that says what it is of, `Name: words`, becomes two cells. */
export function sheetOf({ title, about, columns, rows }: TakenAway, today: string): Sheet {
  const pair = (line: string): readonly [string, string] => {
    const [, name, words] = /^([^:]{1,40}): (.+)$/s.exec(line) ?? []
    return name && words ? [name, words] : ['', line]
  }
  const numbers = columns.map((_, at) => rows.some((row) => typeof row[at] === 'number'))
  return {
    title,
    about: [...about.map(pair), ['Made', dayName(today)]],
    columns: columns.map((head, at) => ({ head, kind: numbers[at] ? 'number' : 'text' })),
    rows,
  }
}

export const aboutOf = (
  setting: Setting,
  drop: DropSeen | undefined,
  more: readonly string[] = [],
): string[] => [
  `Trust: ${setting.trust.name}`,
  ...(drop ? [`Drop: ${dropWords(drop)} (${drop.code}), data as at ${dayName(drop.asAt)}`] : []),
  `Snapshot: ${setting.snapshot}${drop?.lock && drop.lock.snapshot <= setting.snapshot ? ', locked' : ', before the lock'}`,
  ...more,
  'Intervals: 95%. Where there is no value, the column “Why no value” says why; it is never 0.',
]

const figureColumns = [
  'Measure',
  'Year group',
  'Group',
  'Value',
  'Low',
  'High',
  'n',
  'Of',
  'Population',
  'Unit',
  'Why no value',
  'Definition',
  'Address',
]

export const rounded = (value: number | undefined, places: number): number | null =>
  value === undefined ? null : Number(value.toFixed(places + 2))

const figureCells = (measure: Measure, figure: Figure): CellValue[] => [
  measure.name,
  yearWords(figure.key.year),
  groupBySlug(figure.key.group)?.name ?? figure.key.group,
  rounded(figure.value, measure.places),
  rounded(figure.low, measure.places),
  rounded(figure.high, measure.places),
  figure.n ?? null,
  figure.of ?? null,
  figure.population ?? null,
  measure.unit,
  figure.kind === 'value' ? null : figure.kind,
  figure.version,
  figurePath(figure.key),
]

const nationalLines = (panels: readonly Panel[]): string[] => [
  ...new Set(
    panels.flatMap((panel) =>
      panel.columns.flatMap(({ measure, national }) =>
        national ? [`National, ${measure.shortName}: ${national.value} (${national.label})`] : [],
      ),
    ),
  ),
]

/** Every school by every measure of the trust's page. */
export const trustTable = (page: TrustPage): TakenAway => ({
  trust: page.setting.trust.slug,
  name: `trust-${page.setting.drop?.code ?? 'empty'}-snapshot-${page.setting.snapshot}`,
  title: 'How the trust is doing',
  about: aboutOf(page.setting, page.setting.drop, nationalLines(page.panels)),
  columns: ['School', 'Phase', ...figureColumns],
  rows: page.panels.flatMap((panel) => [
    ...panel.rows.flatMap((row) =>
      row.figures.flatMap((figure, at): CellValue[][] =>
        figure ? [[row.school.name, panel.phase, ...figureCells(panel.columns[at]!.measure, figure)]] : [],
      ),
    ),
    ...panel.columns.flatMap(({ trust, measure }): CellValue[][] =>
      trust ? [[page.setting.trust.name, 'trust', ...figureCells(measure, trust)]] : [],
    ),
  ]),
})

export const lookTable = (page: LookPage): TakenAway => ({
  trust: page.setting.trust.name,
  name: 'where-to-look',
  title: 'Where to look first',
  about: aboutOf(page.setting, page.drop, [
    `Looked at: ${page.tested} places and groups, against similar pupils across the trust; false-discovery rate ${100 * page.fdr}%`,
  ]),
  columns: [
    'School',
    'Year group',
    'Class',
    'Measure',
    'Finding',
    'Pupils',
    'Of',
    'Gap',
    'Low',
    'High',
    'q',
    'Decided',
  ],
  rows: page.findings.map((one) => [
    one.at.name,
    one.year ? yearWords(one.year) : null,
    one.class ?? null,
    one.measure.name,
    one.sentence,
    one.pupils,
    one.of,
    rounded(inUnit(one.measure, one.gap), 2),
    rounded(inUnit(one.measure, one.low), 2),
    rounded(inUnit(one.measure, one.high), 2),
    rounded(one.q, 4),
    one.decision ? `${one.decision.kind} by ${one.decision.by}: ${one.decision.reason}` : null,
  ]),
})

export const schoolTable = (page: SchoolPage): TakenAway => ({
  trust: page.setting.trust.slug,
  name: `${page.school.slug}-${page.setting.drop?.code ?? 'empty'}-snapshot-${page.setting.snapshot}`,
  title: page.school.name,
  about: aboutOf(page.setting, page.setting.drop, [`School: ${page.school.name}, URN ${page.school.urn}`]),
  columns: ['Place', ...figureColumns],
  rows: [
    ...[...page.key, ...page.results].flatMap(({ measure, figure, trust }): CellValue[][] => [
      [page.school.name, ...figureCells(measure, figure)],
      ...(trust ? [[page.setting.trust.name, ...figureCells(measure, trust)]] : []),
    ]),
    ...page.classes.flatMap((row) =>
      row.figures.flatMap((figure, at): CellValue[][] =>
        figure ? [[row.class.name, ...figureCells(page.classMeasures[at]!, figure)]] : [],
      ),
    ),
  ],
})

export const groupsTable = (page: GroupsPage): TakenAway => ({
  trust: page.setting.trust.slug,
  name: `${page.school.slug}-groups-${page.setting.drop?.code ?? 'empty'}-snapshot-${page.setting.snapshot}`,
  title: `Groups at ${page.school.name}`,
  about: aboutOf(page.setting, page.setting.drop, [
    `School: ${page.school.name}`,
    'Gap: the group less everyone else in the same years',
    'Groups under 6 are left out',
  ]),
  columns: ['Gap', 'Gap low', 'Gap high', 'Others, n', 'Others, of', ...figureColumns],
  rows: page.grid.flatMap((row) =>
    row.gaps.flatMap((gap, at): CellValue[][] => {
      const measure = page.measures[at]!
      if (!gap) return []
      const shown = gap.kind === 'value'
      return [
        [
          rounded(shown ? gap.value : undefined, measure.places),
          rounded(shown ? gap.low : undefined, measure.places),
          rounded(shown ? gap.high : undefined, measure.places),
          shown ? (gap.others.n ?? null) : null,
          shown ? (gap.others.of ?? null) : null,
          ...figureCells(measure, gap.figure),
        ],
      ]
    }),
  ),
})

export const figureTable = (page: FigurePage): TakenAway => ({
  trust: page.setting.trust.slug,
  name: `figure-${Object.values(page.detail.figure.key).join('-').replaceAll('~', '-')}`,
  title: page.detail.measure.name,
  about: [
    `Trust: ${page.setting.trust.name}`,
    `Place: ${page.detail.place.name}`,
    `Definition (${page.detail.figure.version}): ${page.detail.definition}`,
    `Source: ${page.detail.source}`,
    ...page.origins.files.flatMap((file) =>
      file.upload
        ? [`File: ${file.upload.name}, ${file.rows} rows, ${file.school}, sha256 ${file.sha256}`]
        : [],
    ),
    ...(page.national ? [`National: ${page.national.value}, ${page.national.label}`] : []),
  ],
  columns: ['Snapshot', ...figureColumns],
  rows: page.snapshots.map((figure) => [figure.key.snapshot, ...figureCells(page.detail.measure, figure)]),
})

/** Pupils by name: made only for who may see them, and recorded. */
export const pupilsTable = (page: PupilsPage): TakenAway => ({
  trust: page.setting.trust.slug,
  name: `pupils-${page.detail.figure.key.measure}-${page.detail.figure.key.place.replaceAll('~', '-')}-${page.detail.figure.key.period}`,
  title: `Pupils behind ${page.detail.measure.name}`,
  about: [
    `Trust: ${page.setting.trust.name}`,
    `Of: ${page.detail.place.name}, ${yearWords(page.detail.figure.key.year)}, ${page.detail.groupName}, ${page.detail.figure.key.period}, snapshot ${page.detail.figure.key.snapshot}`,
    'Care: names of pupils. Keep it safe, and delete it when it has served. Making this file was recorded.',
  ],
  columns: ['Pupil', 'Class', 'Year', 'As written', 'Status', 'Counts as'],
  rows: page.pupils.map((pupil) => [
    pupil.name,
    pupil.className,
    pupil.year,
    pupil.raw,
    pupil.status,
    countsAs(page.detail.measure, pupil),
  ]),
})

/** A class by name: made only for who may see it, and recorded. */
export const classTable = (page: ClassPage): TakenAway => ({
  trust: page.setting.trust.slug,
  name: `class-${page.school.slug}-${page.class.name.toLowerCase().replace(/[^a-z0-9]+/g, '-')}`,
  title: `Class ${page.class.name}, ${page.school.name}`,
  about: aboutOf(page.setting, page.drops.at(-1), [
    'Care: names of pupils. Keep it safe, and delete it when it has served. Making this file was recorded.',
  ]),
  columns: [
    'Pupil',
    ...page.assessments.flatMap((one) => page.drops.map((drop) => `${one.name}, ${dropWords(drop)}`)),
    'Attended, percent',
  ],
  rows: (page.pupils ?? []).map((pupil) => [
    pupil.name,
    ...pupil.results.flat().map((row) => (row ? resultWords(row) : 'no result')),
    rounded(pupil.attended, 1),
  ]),
})

export const catalogueTable = (setting: Setting, measures: readonly Measure[]): TakenAway => ({
  trust: setting.trust.slug,
  name: 'measures',
  title: 'Measures',
  about: [`Trust: ${setting.trust.name}`],
  columns: [
    'Id',
    'Name',
    'Unit',
    'Direction',
    'Population',
    'Year group',
    'Read at',
    'Interval',
    'Version',
    'From',
    'To',
    'Produced',
    'Definition',
    'Source',
  ],
  rows: measures.flatMap((measure) =>
    measure.versions.map((version) => [
      measure.id,
      measure.name,
      measure.unit,
      measure.direction,
      measure.population,
      measure.year,
      measure.drops,
      measure.interval,
      version.id,
      version.from,
      version.to ?? null,
      version.produced ? 'yes' : 'no',
      version.definition,
      version.source,
    ]),
  ),
})
