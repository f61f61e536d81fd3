import type { Viewer } from '../../../platform/viewer.ts'
import { groups as everyGroup, groupBySlug } from '../../organisation/index.ts'
import { cellsAt } from '../cells/manifest.ts'
import type { Gap, GapsAsk } from '../domain/ask.ts'
import { lessCell } from '../domain/cell.ts'
import { figureOf, gapOf } from '../domain/figure-of.ts'
import { isSmall } from '../domain/suppression/table.ts'
import { measureById } from './measures.ts'
import { mayInPlace, placesAsked } from './places.ts'
import { cellOf, FigureReader } from './read-figure.ts'
import { dropOf, sceneFor } from './scene.ts'

/**
 * Each group against everyone else of the same place, year and drop, in the order of the list of groups. Where the group,
 * everyone, or everyone else may not be shown, neither is the gap. @throws NotHere
 */
export async function gaps(viewer: Viewer, ask: GapsAsk): Promise<Gap[]> {
  const scene = await sceneFor(viewer, ask.snapshot)
  const measure = await measureById(viewer, ask.measure)
  const drop = dropOf(scene, ask.period)
  const year = ask.year ?? measure.year
  const [place] = await placesAsked(viewer, scene, ask.place, measure)
  const cells = (await cellsAt(viewer, scene.snapshot, [drop])).get(drop.id)!
  const reader = new FigureReader(viewer, scene, drop, cells)
  const everyone = await reader.figure(measure, place!, year, 'all')
  const whole = cellOf(cells, measure.id, place!, year, 'all')
  const seesSmall = mayInPlace(viewer, 'see small groups', place!)

  const slugs = ask.groups ?? everyGroup.map((group) => group.slug).filter((slug) => slug !== 'all')
  return Promise.all(
    slugs.map(async (slug): Promise<Gap> => {
      const figure = await reader.figure(measure, place!, year, slug)
      const cell = cellOf(cells, measure.id, place!, year, slug)
      const rest = lessCell(whole, cell)
      const key = { ...figure.key, group: `not:${slug}` }
      const hidden =
        figure.kind === 'suppressed' || everyone.kind === 'suppressed' || (!seesSmall && isSmall(rest))
      const others = hidden
        ? { key, kind: 'suppressed' as const, version: figure.version }
        : everyone.kind === 'value'
          ? figureOf(measure, key, figure.version, rest, drop.academicYear)
          : { ...everyone, key }
      const name = groupBySlug(slug)?.name ?? slug
      const both = figure.kind === 'value' && others.kind === 'value'
      const kind = both ? 'value' : figure.kind === 'value' ? others.kind : figure.kind
      return {
        group: slug,
        groupName: name,
        figure,
        others,
        kind,
        ...(both ? gapOf(measure, cell, rest, drop.academicYear) : {}),
      }
    }),
  )
}
