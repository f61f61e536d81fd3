import { may } from '../../../kernel/viewer.ts'
import type { Database } from '../../../platform/database/open.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import type { Drop } from '../../evidence/index.ts'
import { type Class, classesOf } from '../../organisation/index.ts'
import type { DropCells } from '../cells/manifest.ts'
import { hiddenFigures, type PlaceCells } from '../domain/suppression/places.ts'
import { seesClass } from './places.ts'
import type { Scene } from './scene.ts'

const nothing: ReadonlySet<string> = new Set()
const most = 600

const answers = new WeakMap<Database, Map<string, ReadonlySet<string>>>()

/** How the viewer stands to each school, and to the single classes that a grant names. */
interface Sight {
  readonly school: (id: number) => PlaceCells['access']
  readonly class: (school: number, id: number) => PlaceCells['access']
  readonly name: string
}

/** Grants of a department reach its classes: those have to be looked up. */
async function sightOf(viewer: Viewer, scene: Scene, drop: Drop): Promise<Sight> {
  const seen = new Set(scene.seen.map((school) => school.id))
  const bySchool = new Map(
    scene.schools.map(({ id }): [number, PlaceCells['access']] => [
      id,
      may(viewer, 'see small groups', { school: id }) ? 'known' : seen.has(id) ? 'shown' : 'denied',
    ]),
  )
  const partial = scene.seen.filter(
    ({ id }) => bySchool.get(id) === 'shown' && !may(viewer, 'see figures', { school: id }),
  )
  const own = new Map<number, readonly Class[]>()
  for (const school of partial)
    own.set(
      school.id,
      (await classesOf(viewer, school.id, drop.academicYear)).filter((one) => seesClass(viewer, one)),
    )
  const ownClasses = new Set([...own.values()].flatMap((classes) => classes.map((one) => one.id)))
  return {
    school: (id) => bySchool.get(id) ?? 'denied',
    class: (school, id) => {
      const access = bySchool.get(school) ?? 'denied'
      return access !== 'shown' || !own.has(school) ? access : ownClasses.has(id) ? 'known' : 'denied'
    },
    name: `${[...bySchool].map(([id, access]) => `${id}${access[0]}`).join(',')} ${[...ownClasses].join(',')}`,
  }
}

/**
 * The figures of a measure at a drop that this viewer is not shown, weighed over the whole table of them, so that the
 * answer does not depend on what is asked for together.
 */
export async function hiddenFrom(
  viewer: Viewer,
  scene: Scene,
  measure: string,
  drop: Drop,
  cells: DropCells,
): Promise<ReadonlySet<string>> {
  if (may(viewer, 'see small groups')) return nothing
  const known = answers.get(viewer.house.database) ?? new Map<string, ReadonlySet<string>>()
  answers.set(viewer.house.database, known)
  const sight = await sightOf(viewer, scene, drop)
  const name = `${viewer.trust} ${scene.snapshot} ${drop.id} ${measure} ${sight.name}`
  const before = known.get(name)
  if (before) return before
  const places = [...cells]
    .filter(([, set]) => set.has(measure))
    .map(
      ([school, set]): PlaceCells => ({
        place: school,
        access: sight.school(school),
        years: set.years(measure),
        cell: (year, group) => set.cell(measure, year, group),
        classes: [...set.classes(measure)].map(([id, one]) => ({
          id,
          ...one,
          access: sight.class(school, id),
        })),
      }),
    )
  const apart = places.filter(({ place }) => cells.apart.has(place))
  // What is no part of the trust’s sum is weighed by itself; the sum that is made of it alone is nobody’s figure.
  const hidden = new Set([
    ...hiddenFigures(places.filter(({ place }) => !cells.apart.has(place))),
    ...apart.flatMap((one) => [...hiddenFigures([one])].filter((name) => !name.startsWith('trust '))),
  ])
  known.set(name, hidden)
  for (const oldest of known.keys()) {
    if (known.size <= most) break
    known.delete(oldest)
  }
  return hidden
}
