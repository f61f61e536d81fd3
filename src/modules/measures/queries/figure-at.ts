import { dayName } from '../../../kernel/days.ts'
import type { Figure, FigureKey } from '../../../kernel/figure.ts'
import { NotHere } from '../../../kernel/refusal.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { type Drop, type LakeFile, snapshotsOf } from '../../evidence/index.ts'
import { belongedOn, groupBySlug, type School } from '../../organisation/index.ts'
import { cellsAt, type DropCells, filesOf } from '../cells/manifest.ts'
import type { FigureDetail, SourceFile } from '../domain/ask.ts'
import { type Measure, versionIn } from '../domain/measure.ts'
import { measureById } from './measures.ts'
import { type Place, placeNamed } from './places.ts'
import { FigureReader, inTrust } from './read-figure.ts'
import { dropOf, type Scene, sceneFor } from './scene.ts'

/** The key that a path names: `year-6` → `6`, `all-years` → `all`. */
export const keyAt = (params: {
  measure: string
  place: string
  year: string
  group: string
  period: string
  snapshot: string
}): FigureKey => {
  const year = params.year === 'all-years' ? 'all' : params.year.replace(/^year-/, '').toUpperCase()
  return { ...params, year, snapshot: /^\d+$/.test(params.snapshot) ? Number(params.snapshot) : Number.NaN }
}

/** How many earlier and later readings of a figure its page lists. */
const mostReadings = 24

/** Everything about one figure, for its own page. The same number for ever. @throws NotHere */
export async function figureAt(viewer: Viewer, key: FigureKey): Promise<FigureDetail> {
  const scene = await sceneFor(viewer, key.snapshot)
  const measure = await measureById(viewer, key.measure)
  const drop = dropOf(scene, key.period)
  const group = groupBySlug(key.group)
  if (!group) throw new NotHere(`There is no group of pupils called ${key.group}.`)
  const place = await placeNamed(viewer, scene, key.place, drop.academicYear)
  const cells = (await cellsAt(viewer, scene.snapshot, [drop])).get(drop.id)!
  const figure = await new FigureReader(viewer, scene, drop, cells).figure(
    measure,
    place,
    key.year,
    key.group,
  )
  const version = versionIn(measure, drop.academicYear)
  const files = (await filesOf(viewer, scene.snapshot, [drop.id])).get(drop.id)!

  return {
    figure,
    measure,
    place: {
      kind: place.kind,
      name: place.name,
      ...(place.kind === 'trust' ? {} : { school: place.school.id }),
      ...(place.kind === 'class' ? { class: place.class.id } : {}),
    },
    groupName: group.name,
    period: { code: drop.code, name: drop.name, academicYear: drop.academicYear, asAt: drop.asAt },
    definition: version?.definition ?? 'This measure had no definition in that year.',
    source: version?.source ?? '',
    ...missingOf(measure, figure, cells, place),
    ...(place.kind === 'trust' ? { schools: schoolsCounted(scene, measure, cells, drop) } : {}),
    ...(place.kind !== 'trust' && cells.apart.has(place.school.id)
      ? { apart: apartWords(place.school, drop) }
      : {}),
    files: sourcesOf(scene, measure, place, files),
    otherSnapshots: await otherReadings(viewer, scene, measure, drop, place, key),
  }
}

/** Why the trust’s figures do not hold this school’s. */
const apartWords = ({ shortName, joined, left }: School, { asAt }: Drop): string =>
  joined !== null && asAt < joined
    ? `${shortName} joined the trust on ${dayName(joined)}. This is its own history: no figure of the trust counts it.`
    : left !== null && left < asAt
      ? `${shortName} left the trust on ${dayName(left)}. No figure of the trust counts this.`
      : `${shortName} was not in the trust on this day when its file came. No figure of the trust counts this.`

/** How many of the population have no value: everyone but those counted. */
function missingOf(measure: Measure, figure: Figure, cells: DropCells, place: Place): { missing?: number } {
  const { population } = figure
  if (population === undefined) return {}
  if (figure.kind === 'not collected') return { missing: population }
  if (figure.kind !== 'value') return {}
  if (measure.interval !== 'ratio') return { missing: population - (figure.of ?? 0) }
  const { year, group } = figure.key
  const sets = place.kind === 'trust' ? inTrust(cells) : [cells.get(place.school.id)]
  const counted =
    place.kind === 'class'
      ? sets[0]?.classes(measure.id).get(place.class.id)?.cell.n
      : sets.reduce((sum, set) => sum + (set?.cell(measure.id, year, group).n ?? 0), 0)
  return { missing: population - (counted ?? 0) }
}

const schoolsCounted = (scene: Scene, measure: Measure, cells: DropCells, drop: Drop) => ({
  counted: inTrust(cells).filter((set) => set.has(measure.id)).length,
  of: scene.schools.filter((school) => measure.phases.includes(school.phase) && belongedOn(school, drop.asAt))
    .length,
  apart: [...cells].filter(([school, set]) => cells.apart.has(school) && set.has(measure.id)).length,
})

/** The sealed files behind the figure, of the schools that the viewer sees. */
function sourcesOf(scene: Scene, measure: Measure, place: Place, files: readonly LakeFile[]): SourceFile[] {
  const seen = new Set(place.kind === 'trust' ? scene.seen.map((school) => school.id) : [place.school.id])
  const fact = measure.topic === 'attendance' ? 'attendance' : 'result'
  return files
    .filter((file) => seen.has(file.school) && (file.fact === fact || file.fact === 'pupil_state'))
    .map((file) => ({
      fact: file.fact,
      school: file.school,
      rows: file.rows,
      sha256: file.sha256,
      importId: file.import,
      addedIn: file.addedIn,
    }))
}

const reads = (figure: Figure) =>
  JSON.stringify([figure.kind, figure.value, figure.n, figure.of, figure.population])

/** The figure as other snapshots have it, oldest first: one for each change, up to the latest few. */
async function otherReadings(
  viewer: Viewer,
  scene: Scene,
  measure: Measure,
  drop: Drop,
  place: Place,
  key: FigureKey,
): Promise<Figure[]> {
  const changes = await snapshotsOf(viewer, drop.id, place.kind === 'trust' ? undefined : place.school.id)
  const found: Figure[] = []
  for (const snapshot of changes.slice(-mostReadings)) {
    if (snapshot > scene.latest) continue
    const then: Scene = { ...scene, snapshot }
    const cells = (await cellsAt(viewer, snapshot, [drop])).get(drop.id)!
    const figure = await new FigureReader(viewer, then, drop, cells).figure(
      measure,
      place,
      key.year,
      key.group,
    )
    const before = found.at(-1)
    if (!before || reads(before) !== reads(figure)) found.push(figure)
  }
  return found.filter((figure) => figure.key.snapshot !== key.snapshot)
}
