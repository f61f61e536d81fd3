import { Refusal } from '../../../kernel/refusal.ts'
import { may } from '../../../kernel/viewer.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { classesOf } from '../../organisation/index.ts'
import type { Measure } from '../domain/measure.ts'
import { placeName } from '../domain/place-name.ts'
import { fewestPupils } from '../domain/scan/adder.ts'
import type { Effect, ModelFit } from '../domain/value-added/fit.ts'
import type { GroupedBy, ModelAt } from '../models/model-of.ts'
import { measureById } from './measures.ts'
import { modelAt } from './model-at.ts'
import { dropOf, sceneFor } from './scene.ts'

export interface ValueAdded {
  readonly measure: Measure
  readonly drop: string
  readonly snapshot: number
  /** Pupils without a result, left out. */
  readonly without: number
  readonly withPrior: number
  /** Effects of the schools or classes that the viewer sees figures of, by their places in addresses. */
  readonly fit: ModelFit
}

export interface ValueAddedAsk {
  readonly drop: string
  readonly measure: string
  readonly by?: GroupedBy
  readonly year?: string
}

/** A school’s or class’s effect, with where it is. */
export interface SeenEffect extends Effect {
  readonly school: number
  readonly class?: number
}

/** The effects that this viewer may see: no school under six pupils and no class for those who see no small groups. */
export function seenEffects(viewer: Viewer, { fit, schoolOf }: ModelAt, by: GroupedBy): SeenEffect[] {
  return (fit?.effects ?? []).flatMap((effect): SeenEffect[] => {
    const school = by === 'school' ? Number(effect.group) : schoolOf[effect.group]!
    const at = { school, ...(by === 'class' ? { class: Number(effect.group) } : {}) }
    const sees =
      may(viewer, 'see figures', at) &&
      (may(viewer, 'see small groups', at) || (by === 'school' && effect.n >= fewestPupils))
    return sees ? [{ ...effect, ...at }] : []
  })
}

/**
 * Value added of the trust's schools or classes on a measure at a drop: a two-level model of its pupils on prior attainment, year
 * group and characteristics. @throws NotHere, Refusal where nothing can be told.
 */
export async function valueAddedAt(viewer: Viewer, ask: ValueAddedAsk): Promise<ValueAdded> {
  const scene = await sceneFor(viewer)
  const measure = await measureById(viewer, ask.measure)
  const drop = dropOf(scene, ask.drop)
  const by = ask.by ?? 'school'
  const model = await modelAt(viewer, drop, scene.snapshot, measure, {
    by,
    ...(ask.year ? { year: ask.year } : {}),
  })
  if (!model.fit) throw new Refusal(model.because ?? 'Nothing can be told.')
  const slugs = new Map(scene.seen.map(({ id, slug }) => [id, slug]))
  const effects = seenEffects(viewer, model, by).filter(({ school }) => slugs.has(school))
  const schools = [...new Set(effects.map(({ school }) => school))]
  const classes =
    by === 'school'
      ? []
      : (await Promise.all(schools.map((id) => classesOf(viewer, id, drop.academicYear)))).flat()
  const names = new Map(classes.map(({ id, name }) => [id, name]))
  return {
    measure,
    drop: drop.code,
    snapshot: scene.snapshot,
    without: model.without,
    withPrior: model.withPrior,
    fit: {
      ...model.fit,
      effects: effects.map(({ school, class: form, ...effect }) => ({
        ...effect,
        group: placeName(slugs.get(school)!, form === undefined ? undefined : names.get(form)),
      })),
    },
  }
}
