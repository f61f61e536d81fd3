import { Refusal } from '../../../kernel/refusal.ts'
import { may } from '../../../kernel/viewer.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { filesOf } from '../cells/manifest.ts'
import type { Measure } from '../domain/measure.ts'
import { fitModel, type ModelFit } from '../domain/value-added/fit.ts'
import { sumsOfRows } from '../domain/value-added/sums-of-rows.ts'
import { rowsAt } from '../scan/rows-at.ts'
import { measureById } from './measures.ts'
import { dropOf, sceneFor } from './scene.ts'

export interface ValueAdded {
  readonly measure: Measure
  readonly drop: string
  readonly snapshot: number
  /** Pupils without a result, left out. */
  readonly without: number
  readonly withPrior: number
  /** Effects of the schools that the viewer sees figures of, by the schools' slugs. */
  readonly fit: ModelFit
}

/**
 * Value added of the trust's schools on a measure at a drop: a two-level model of its pupils on prior attainment, year group
 * and characteristics. @throws NotHere, Refusal where nothing can be told.
 */
export async function valueAddedAt(
  viewer: Viewer,
  ask: { readonly drop: string; readonly measure: string },
): Promise<ValueAdded> {
  const scene = await sceneFor(viewer)
  const measure = await measureById(viewer, ask.measure)
  const drop = dropOf(scene, ask.drop)
  const files = (await filesOf(viewer, scene.snapshot, [drop.id])).get(drop.id) ?? []
  const [set] = await rowsAt(viewer.house.lake, drop, files, [measure.id])
  if (!set || set.rows.outcome.length === 0)
    throw new Refusal(`Nobody has a result in “${measure.name}” at the drop ${drop.code}.`)
  const [school, year] = set.rows.places
  if (school!.levels.length < 2)
    throw new Refusal(
      `Only one school has results in “${measure.name}” at the drop ${drop.code}: there is nothing to compare it with.`,
    )
  if (set.rows.outcome.every((value) => value === set.rows.outcome[0]))
    throw new Refusal(`Everyone has the same result in “${measure.name}”: there is nothing to explain.`)
  const fit = fitModel(sumsOfRows(set.rows, school!, [year!, ...set.rows.categories!]), 'reml')
  const seen = new Map(
    scene.seen
      .filter(({ id }) => may(viewer, 'see figures', { school: id }))
      .map(({ id, slug }) => [String(id), slug]),
  )
  const small = (group: string, n: number) =>
    n < 6 && !may(viewer, 'see small groups', { school: Number(group) })
  return {
    measure,
    drop: drop.code,
    snapshot: scene.snapshot,
    without: set.without.many,
    withPrior: set.withPrior,
    fit: {
      ...fit,
      effects: fit.effects
        .filter(({ group, n }) => seen.has(group) && !small(group, n))
        .map((effect) => ({ ...effect, group: seen.get(effect.group)! })),
    },
  }
}
