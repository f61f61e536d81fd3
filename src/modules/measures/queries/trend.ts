import type { Figure } from '../../../kernel/figure.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import type { PlaceAsked } from '../domain/ask.ts'
import { versionIn } from '../domain/measure.ts'
import { figures } from './figures.ts'
import { measureById } from './measures.ts'
import { sceneFor } from './scene.ts'

export interface TrendAsk {
  readonly measure: string
  readonly places: readonly PlaceAsked[]
  readonly year?: string
  readonly group?: string
  readonly snapshot?: number
  /** Code of the last drop; left out, the latest of which anything is known. */
  readonly upTo?: string
}

/** One measure of one or several places over the drops at which it is read, oldest first, as known in one snapshot. */
export async function trend(
  viewer: Viewer,
  { measure: id, places, year, group, snapshot, upTo }: TrendAsk,
): Promise<{ place: string; figures: Figure[] }[]> {
  const scene = await sceneFor(viewer, snapshot)
  const measure = await measureById(viewer, id)
  const inOrder = scene.drops.toSorted(
    (a, b) => a.academicYear - b.academicYear || a.term - b.term || a.asAt.localeCompare(b.asAt),
  )
  const last = upTo === undefined ? inOrder.length : inOrder.findIndex((drop) => drop.code === upTo) + 1
  const read = inOrder
    .slice(0, last)
    .filter(
      (drop) =>
        (measure.drops === 'any' || measure.drops === drop.kind) &&
        versionIn(measure, drop.academicYear) !== undefined,
    )
  const found = await figures(viewer, {
    measures: [id],
    places,
    periods: read.map((drop) => drop.code),
    years: [year ?? measure.year],
    ...(group === undefined ? {} : { groups: [group] }),
    snapshot: scene.snapshot,
  })
  return [...Map.groupBy(found, (figure) => figure.key.place)].map(([place, own]) => ({
    place,
    figures: own,
  }))
}
