import { includesSchool, may, mayAnywhere, schoolsWhere } from '../../../../kernel/viewer.ts'
import type { Viewer } from '../../../../platform/viewer.ts'
import { classesOf } from '../../../organisation/index.ts'
import type { Measure } from '../../domain/measure.ts'
import { fewestPupils } from '../../domain/scan/adder.ts'
import { type FindingDecision, findingDecisions } from '../../queries/finding-decisions.ts'
import { measuresOf } from '../../queries/measures.ts'
import { rate } from '../../scan/make-scan.ts'
import { scanAt, scanNow } from '../../scan/scan-work.ts'
import type { SealedFinding, SealedScan } from '../../scan/sealed-scan.ts'
import { remember } from '../remember.ts'
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
  /** Is the scan of the drop done? Until then there are no findings. */
  readonly state: 'done' | 'under way' | 'failed' | 'nothing to scan'
  /** Why it failed. */
  readonly trouble?: string
  readonly drop?: DropSeen
  readonly findings: readonly LookFinding[]
  readonly family: number
  readonly tested: number
  readonly ordinary: number
  readonly fdr: number
  /** Measures at which fewer than half of the pupils have a prior attainment: compared with the average of their year. */
  readonly withoutPrior: readonly Measure[]
  /** Measures in which one school alone has results: nothing can be told of these. */
  readonly alone: readonly Measure[]
  readonly measures: readonly Measure[]
  readonly became: readonly Became[]
}

/** Those who see no small groups are shown no classes and no pairs of groups, and nothing that leaves fewer than six others. */
function mayShow(viewer: Viewer, { place, group, rest }: SealedFinding): boolean {
  const at = { school: Number(place.school), ...(place.class ? { class: Number(place.class) } : {}) }
  if (!may(viewer, 'see figures', at)) return false
  if (may(viewer, 'see small groups', at)) return true
  const groups = Object.keys(group).length
  return place.class === undefined && groups < 2 && (groups === 0 || rest >= fewestPupils)
}

/** Nothing to show, and why. */
const without = (setting: Setting, state: LookPage['state'], more: Partial<LookPage> = {}): LookPage => ({
  setting,
  state,
  findings: [],
  family: 0,
  tested: 0,
  ordinary: 0,
  fdr: rate,
  withoutPrior: [],
  alone: [],
  measures: [],
  became: [],
  ...more,
})

/** A page that is not to be remembered: its scan is not there yet. */
class NotYet extends Error {
  readonly page: LookPage
  constructor(page: LookPage) {
    super(page.state)
    this.page = page
  }
}

/**
 * What stands out at a drop, for this viewer: from the sealed scan, without a look at any result, and remembered until something is
 * written. @throws NotHere for who may see no figures.
 */
export async function lookPage(viewer: Viewer, ask: SettingAsk = {}): Promise<LookPage> {
  const setting = await settingOf(viewer, ask)
  const { drop, snapshot, stamp } = setting
  if (!drop || snapshot === 0) return without(setting, 'nothing to scan')
  return remember(viewer, `look-page|${stamp}|${drop.id}|${snapshot}`, async () => {
    const page = await pageOf(viewer, setting, drop)
    if (page.state !== 'done') throw new NotYet(page)
    return page
  }).catch((error: unknown) => {
    if (error instanceof NotYet) return error.page
    throw error
  })
}

async function pageOf(viewer: Viewer, setting: Setting, drop: DropSeen): Promise<LookPage> {
  const now = await scanAt(viewer, drop, setting.snapshot)
  if (now.kind === 'under way') return without(setting, 'under way', { drop })
  if (now.kind === 'failed') return without(setting, 'failed', { drop, trouble: now.trouble })
  const { scan } = now
  const before = beforeIn(setting, drop)
  const earlier = before && (await scanAt(viewer, before, setting.snapshot))
  const known: Known = {
    setting,
    measures: new Map((await measuresOf(viewer)).map((measure) => [measure.id, measure])),
    names: await classNames(viewer, setting, drop, scan),
    before,
    earlier: earlier?.kind === 'sealed' ? earlier.scan : undefined,
  }
  const decided = await findingDecisions(viewer)
  const findings = scan.findings
    .flatMap((found) => findingOf(viewer, found, known))
    .map((finding) => {
      const decision = decided.get(finding.key)
      return decision ? { ...finding, decision } : finding
    })
  const named = (id: string) => known.measures.get(id) ?? []
  return {
    setting,
    state: 'done',
    drop,
    findings,
    family: scan.family,
    tested: scan.tested,
    ordinary: scan.ordinary,
    fdr: scan.fdr,
    alone: scan.alone.flatMap(named),
    withoutPrior: scan.measures.flatMap(({ id, withPrior }) => (withPrior < 0.5 ? named(id) : [])),
    measures: scan.measures.flatMap(({ id }) => named(id)),
    became: becameOf(viewer, scan, known, findings, decided),
  }
}

const beforeIn = (setting: Setting, drop: DropSeen): DropSeen | undefined =>
  dropsUpTo(setting, drop, 2).find((one) => one !== drop && one.academicYear === drop.academicYear)

/** The same, with the scan made now where it is not there yet: for the command line, which has nobody to do work later. */
export async function lookPageNow(viewer: Viewer, ask: SettingAsk = {}): Promise<LookPage> {
  const setting = await settingOf(viewer, ask)
  const { drop, snapshot } = setting
  for (const one of drop && snapshot > 0 ? [drop, beforeIn(setting, drop)] : [])
    if (one) await scanNow(viewer, one, snapshot)
  return lookPage(viewer, ask)
}

/** What is needed to say a finding. */
interface Known {
  readonly setting: Setting
  readonly measures: ReadonlyMap<string, Measure>
  /** Of classes, by their ids. */
  readonly names: ReadonlyMap<string, string>
  readonly before: DropSeen | undefined
  readonly earlier: SealedScan | undefined
}

/** The findings of a drop that this viewer may see, best to look at first; undefined as long as its scan is not done. */
export async function sealedFindings(
  viewer: Viewer,
  ask: SettingAsk = {},
): Promise<readonly LookFinding[] | undefined> {
  const page = await lookPage(viewer, ask)
  return page.state === 'done' ? page.findings : undefined
}

function becameOf(
  viewer: Viewer,
  scan: SealedScan,
  { measures }: Known,
  findings: readonly LookFinding[],
  decided: ReadonlyMap<string, FindingDecision>,
): Became[] {
  const standing = new Set(findings.map(({ key }) => key))
  return [...decided.values()].flatMap((decision): Became[] => {
    const measure = measures.get(decision.key.split('|')[0]!)
    if (
      standing.has(decision.key) ||
      !scan.measures.some(({ id }) => id === measure?.id) ||
      !(may(viewer, 'see small groups', { school: decision.school }) || isWholePlace(viewer, decision))
    )
      return []
    const now = scan.gaps.get(decision.key)
    return [{ decision, measure: measure!, ...(now ? { now } : {}) }]
  })
}

/** Is it about everyone of a school or year group that the viewer sees? */
const isWholePlace = (viewer: Viewer, { key, school }: FindingDecision): boolean =>
  may(viewer, 'see figures', { school }) && /^[^|]+\|school=\d+(\|year=[^|]+)?$/.test(key)

async function classNames(viewer: Viewer, setting: Setting, drop: DropSeen, { findings }: SealedScan) {
  const reach = schoolsWhere(viewer, 'see figures')
  const wanted = new Set(
    findings.flatMap(({ place }) => (place.class === undefined ? [] : [Number(place.school)])),
  )
  const all = await Promise.all(
    setting.schools
      .filter(({ id }) => wanted.has(id) && includesSchool(reach, id))
      .map(({ id }) => classesOf(viewer, id, drop.academicYear)),
  )
  return new Map(all.flat().map(({ id, name }) => [String(id), name]))
}

function findingOf(viewer: Viewer, found: SealedFinding, known: Known): LookFinding[] {
  const { setting, measures, names } = known
  const measure = measures.get(found.measure)
  const at = setting.schools.find(({ id }) => String(id) === found.place.school)
  if (!measure || !at || !mayShow(viewer, found)) return []
  const { place, group, gap, low, high, pupils, key, q, folded, mean } = found
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
    of: pupils + found.missing,
    ...changeOf(found, known),
  }
  return [
    {
      ...told,
      key,
      at,
      ...(place.class ? { classId: Number(place.class) } : {}),
      results: found.n,
      q,
      folded,
      standing: gap > 0 === (measure.direction === 'higher is better') ? 'better' : 'below',
      sentence: sentenceOf(told),
      values: seesPupils ? found.values : [],
      mean,
      group,
    },
  ]
}

/** What the drop before in the same year said of the same pupils' place and group. */
function changeOf(
  { key, gap, low, high }: SealedFinding,
  { before, earlier }: Known,
): Pick<Told, 'since' | 'moving'> {
  const was = earlier?.gaps.get(key)
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
