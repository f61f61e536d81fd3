import type { Figure } from '../../../kernel/figure.ts'
import { NotHere } from '../../../kernel/refusal.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { groupBySlug } from '../../organisation/index.ts'
import { cellsAt } from '../cells/manifest.ts'
import type { FiguresAsk } from '../domain/ask.ts'
import type { Measure } from '../domain/measure.ts'
import { measuresById } from './measures.ts'
import { placesAsked } from './places.ts'
import { FigureReader } from './read-figure.ts'
import { dropOf, sceneFor } from './scene.ts'

/** A class has no year groups: its figure is of all its pupils. */
const yearsOf = (measure: Measure, asked: readonly string[] | undefined, kind: string) =>
  kind === 'class' ? ['all'] : (asked ?? [measure.year])

/**
 * Figures for every combination asked for, in the order measures, periods, places, years, groups; `schools` opens into
 * the schools that the viewer sees and that the measure is about. What the viewer may not see is `suppressed`.
 * @throws NotHere for a measure, drop, group, school or snapshot that is not there for this viewer.
 */
export async function figures(viewer: Viewer, ask: FiguresAsk): Promise<Figure[]> {
  const scene = await sceneFor(viewer, ask.snapshot)
  const measures = await measuresById(viewer, ask.measures)
  const groups = ask.groups ?? ['all']
  for (const group of groups)
    if (!groupBySlug(group)) throw new NotHere(`There is no group of pupils called ${group}.`)
  const drops = ask.periods.map((code) => dropOf(scene, code))
  const cells = await cellsAt(viewer, scene.snapshot, drops)
  const readers = new Map(
    drops.map((drop) => [drop.id, new FigureReader(viewer, scene, drop, cells.get(drop.id)!)]),
  )

  const found: Figure[] = []
  for (const measure of measures) {
    const places = (
      await Promise.all(ask.places.map((place) => placesAsked(viewer, scene, place, measure)))
    ).flat()
    for (const drop of drops)
      for (const place of places)
        for (const year of yearsOf(measure, ask.years, place.kind))
          for (const group of groups)
            found.push(await readers.get(drop.id)!.figure(measure, place, year, group))
  }
  return found
}
