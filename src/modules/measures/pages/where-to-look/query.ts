import { includesSchool, may, mayAnywhere, schoolsWhere } from '../../../../kernel/viewer.ts'
import type { Viewer } from '../../../../platform/viewer.ts'
import { classesOf } from '../../../organisation/index.ts'
import type { Measure } from '../../domain/measure.ts'
import { fewestPupils, gapAt, type ScanOfEach } from '../../domain/scan/scan.ts'
import { type FindingDecision, findingDecisions } from '../../queries/finding-decisions.ts'
import { type ScanAt, scanAt } from '../../queries/scan-at.ts'
import { groupColumns, type RowsAt } from '../../scan/rows-at.ts'
import {
  type DropSeen,
  dropsUpTo,
  type SchoolSeen,
  type Setting,
  type SettingAsk,
  settingOf,
} from '../setting.ts'
import { dropWords } from '../words.ts'
import { sentenceOf, type Told } from './words.ts'

export interface LookFinding extends Told {
  /** Names the same thing at every drop. */
  readonly key: string
  readonly at: SchoolSeen
  readonly classId?: number
  readonly results: number
  readonly q: number
  readonly folded: number
  readonly standing: 'below' | 'better'
  readonly sentence: string
  /** Their results, and where the mean of similar pupils lies; the results only for those who may see pupils. */
  readonly values: readonly number[]
  readonly mean: number
  readonly group: Readonly<Record<string, string>>
  readonly decision?: FindingDecision
}

/** What became of something that was decided at an earlier drop and no longer stands out. */
export interface Became {
  readonly decision: FindingDecision
  /** Now, with its interval; undefined when there are too few pupils to tell. */
  readonly now?: { readonly gap: number; readonly low: number; readonly high: number }
  readonly measure: Measure
}

export interface LookPage {
  readonly setting: Setting
  readonly drop?: DropSeen
  readonly findings: readonly LookFinding[]
  readonly family: number
  readonly tested: number
  readonly ordinary: number
  readonly fdr: number
  /** Measures at which fewer than half of the pupils have a prior attainment: compared with the average of their year. */
  readonly withoutPrior: readonly Measure[]
  readonly measures: readonly Measure[]
  readonly became: readonly Became[]
}

type Found = ScanOfEach['findings'][number]

const keyOf = (measure: Measure, { place, group }: Found): string =>
  [
    measure.id,
    ...Object.entries(place).map(([name, value]) => `${name}=${value}`),
    ...Object.entries(group).map(([name, value]) => `${name}=${value}`),
  ].join('|')

/** Everyone of a place and group: the values of those who have one, and how many have none. */
function membersOf({ rows, without }: RowsAt, { place, group }: Found) {
  const fits = (columns: RowsAt['rows']['places'], wanted: Readonly<Record<string, string>>, row: number) =>
    columns.every(
      ({ name, levels, codes }) => wanted[name] === undefined || levels[codes[row]!] === wanted[name],
    )
  const values: number[] = []
  let everyone = 0
  for (let row = 0; row < rows.outcome.length; row++) {
    if (!fits(rows.places, place, row)) continue
    everyone++
    if (fits(rows.groups, group, row)) values.push(rows.outcome[row]!)
  }
  const missing = without.filter(
    (fact) =>
      (place.school === undefined || String(fact.school) === place.school) &&
      (place.year === undefined || fact.year_group === place.year) &&
      (place.class === undefined || String(fact.class_id) === place.class) &&
      Object.entries(group).every(([name, value]) => fact[name] === value),
  ).length
  return { values, missing, rest: everyone - values.length }
}

/** Those who see no small groups are shown no classes and no pairs of groups, and nothing that leaves fewer than six others. */
function mayShow(viewer: Viewer, found: Found, rest: number): boolean {
  const school = Number(found.place.school)
  const at = { school, ...(found.place.class ? { class: Number(found.place.class) } : {}) }
  if (!may(viewer, 'see figures', at)) return false
  if (may(viewer, 'see small groups', at)) return true
  const groups = Object.keys(found.group).length
  return found.place.class === undefined && groups < 2 && (groups === 0 || rest >= fewestPupils)
}

/** What stands out at a drop, for this viewer. @throws NotHere for who may see no figures. */
export async function lookPage(viewer: Viewer, ask: SettingAsk = {}): Promise<LookPage> {
  const setting = await settingOf(viewer, ask)
  const { drop } = setting
  if (!drop || setting.snapshot === 0)
    return {
      setting,
      findings: [],
      family: 0,
      tested: 0,
      ordinary: 0,
      fdr: 0.1,
      withoutPrior: [],
      measures: [],
      became: [],
    }
  const now = await scanAt(viewer, drop, setting.snapshot)
  const [before] = dropsUpTo(setting, drop, 2).filter(
    (one) => one !== drop && one.academicYear === drop.academicYear,
  )
  const earlier = before && (await scanAt(viewer, before, setting.snapshot))
  const names = await classNames(viewer, setting, drop, now)
  const decided = await findingDecisions(viewer)
  const findings = now.found.findings
    .flatMap((found) => findingOf(viewer, setting, now, found, names, before, earlier))
    .map((finding) => {
      const decision = decided.get(finding.key)
      return decision ? { ...finding, decision } : finding
    })
  return {
    setting,
    drop,
    findings,
    family: now.found.family,
    tested: now.found.tested,
    ordinary: now.found.ordinary,
    fdr: now.found.fdr,
    withoutPrior: now.measures.filter((_, at) => now.sets[at]!.withPrior < 0.5),
    measures: now.measures,
    became: becameOf(viewer, now, findings, decided),
  }
}

/** `school=3` and so on, as a key has them. */
const pairsIn = (key: string, names: readonly string[]) =>
  Object.fromEntries(
    key
      .split('|')
      .slice(1)
      .map((part) => part.split('=') as [string, string])
      .filter(([name]) => names.includes(name)),
  )

function becameOf(
  viewer: Viewer,
  now: ScanAt,
  findings: readonly LookFinding[],
  decided: ReadonlyMap<string, FindingDecision>,
): Became[] {
  const standing = new Set(findings.map(({ key }) => key))
  return [...decided.values()].flatMap((decision): Became[] => {
    const at = now.measures.findIndex(({ id }) => id === decision.key.split('|')[0])
    if (standing.has(decision.key) || at < 0 || !may(viewer, 'see small groups', { school: decision.school }))
      return []
    const gap = gapAt(
      now.found.looks[at]!,
      pairsIn(decision.key, ['school', 'year', 'class']),
      pairsIn(decision.key, groupColumns),
    )
    return [{ decision, measure: now.measures[at]!, ...(gap ? { now: gap } : {}) }]
  })
}

async function classNames(viewer: Viewer, setting: Setting, drop: DropSeen, { found }: ScanAt) {
  const reach = schoolsWhere(viewer, 'see figures')
  const wanted = new Set(
    found.findings.flatMap(({ place }) => (place.class === undefined ? [] : [Number(place.school)])),
  )
  const all = await Promise.all(
    setting.schools
      .filter(({ id }) => wanted.has(id) && includesSchool(reach, id))
      .map(({ id }) => classesOf(viewer, id, drop.academicYear)),
  )
  return new Map(all.flat().map(({ id, name }) => [String(id), name]))
}

function findingOf(
  viewer: Viewer,
  setting: Setting,
  now: ScanAt,
  found: Found,
  names: ReadonlyMap<string, string>,
  before: DropSeen | undefined,
  earlier: ScanAt | undefined,
): LookFinding[] {
  const measure = now.measures[found.of]!
  const at = setting.schools.find(({ id }) => String(id) === found.place.school)
  const set = now.sets[found.of]!
  const { values, missing, rest } = membersOf(set, found)
  if (!at || !mayShow(viewer, found, rest)) return []
  const { place, group, gap, low, high, pupils } = found
  const seesPupils = may(viewer, 'see pupils', {
    school: at.id,
    ...(place.class ? { class: Number(place.class) } : {}),
  })
  const told: Told = {
    measure,
    school: at.shortName,
    ...(place.year ? { year: place.year } : {}),
    ...(place.class ? { class: names.get(place.class) ?? place.class } : {}),
    groups: Object.values(group),
    gap,
    low,
    high,
    pupils,
    of: pupils + missing,
    ...changeOf(found, measure, before, earlier),
  }
  return [
    {
      ...told,
      key: keyOf(measure, found),
      at,
      ...(place.class ? { classId: Number(place.class) } : {}),
      results: found.n,
      q: found.q,
      folded: found.folded,
      standing: gap > 0 === (measure.direction === 'higher is better') ? 'better' : 'below',
      sentence: sentenceOf(told),
      values: seesPupils ? values : [],
      mean: values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length),
      group,
    },
  ]
}

/** What the drop before in the same year said of the same pupils' place and group. */
function changeOf(
  { place, group, gap, low, high }: Found,
  measure: Measure,
  before: DropSeen | undefined,
  earlier: ScanAt | undefined,
): Pick<Told, 'since' | 'moving'> {
  const at = earlier?.measures.findIndex(({ id }) => id === measure.id) ?? -1
  const was = at < 0 ? undefined : gapAt(earlier!.found.looks[at]!, place, group)
  if (!before || !was) return {}
  const stoodOut = gap < 0 ? was.high < 0 : was.low > 0
  const error = Math.hypot((high - low) / 3.92, (was.high - was.low) / 3.92)
  const moved = Math.abs(gap - was.gap) > 1.96 * error
  const words = dropWords(before)
  return {
    ...(stoodOut ? { since: words } : {}),
    ...(moved ? { moving: `${gap < was.gap ? 'falling' : 'rising'} since ${words}` } : {}),
  }
}

/** Who may take a finding up, watch it or set it aside. */
export const mayDecide = (viewer: Viewer, school?: number): boolean =>
  school === undefined ? mayAnywhere(viewer, 'write plan') : may(viewer, 'write plan', { school })
