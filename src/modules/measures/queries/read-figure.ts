import type { Figure, FigureKey } from '../../../kernel/figure.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import type { Drop } from '../../evidence/index.ts'
import type { CellSet } from '../cells/cell-set.ts'
import type { DropCells } from '../cells/manifest.ts'
import { type Cell, noCell, sumCells } from '../domain/cell.ts'
import { figureOf } from '../domain/figure-of.ts'
import { type Measure, versionIn } from '../domain/measure.ts'
import { className, figureName } from '../domain/suppression/places.ts'
import { hiddenFrom } from './hidden-from.ts'
import { mayInPlace, type Place } from './places.ts'
import type { Scene } from './scene.ts'

/** The cells that the trust’s figures are made of. */
export const inTrust = (cells: DropCells): CellSet[] =>
  [...cells].filter(([school]) => !cells.apart.has(school)).map(([, set]) => set)

const has = (set: CellSet | undefined, measure: string): set is CellSet => set?.has(measure) ?? false

/** The cell that a figure is made of; the trust's is the sum of its schools', so that every pupil weighs the same. */
export function cellOf(cells: DropCells, measure: string, place: Place, year: string, group: string): Cell {
  switch (place.kind) {
    case 'trust':
      return sumCells(inTrust(cells).map((set) => set.cell(measure, year, group)))
    case 'school':
      return cells.get(place.school.id)?.cell(measure, year, group) ?? noCell
    case 'class':
      return group === 'all' && year === 'all'
        ? (cells.get(place.school.id)?.classes(measure).get(place.class.id)?.cell ?? noCell)
        : noCell
    default:
      return place satisfies never
  }
}

/** Why there can be no number, before any pupil is counted. */
function reasonNot(
  measure: Measure,
  drop: Drop,
  place: Place,
  year: string,
  cells: DropCells,
): 'not produced' | 'not applicable' | 'not collected' | undefined {
  if (!versionIn(measure, drop.academicYear)?.produced) return 'not produced'
  if (measure.drops !== 'any' && measure.drops !== drop.kind) return 'not applicable'
  if (year !== 'all' && measure.years !== 'all' && !measure.years.includes(year)) return 'not applicable'
  if (place.kind === 'trust')
    return inTrust(cells).some((set) => set.has(measure.id)) ? undefined : 'not collected'
  const { phase } = place.school
  if (!measure.phases.includes(phase)) return 'not applicable'
  const own = cells.get(place.school.id)
  if (!own) return 'not collected'
  // A special school that sent its files without this measure reports its pupils' own next steps instead.
  if (!has(own, measure.id))
    return phase === 'special' && measure.topic !== 'attendance' ? 'not applicable' : 'not collected'
  if (year === 'all' || own.years(measure.id).includes(year)) return undefined
  return own.measures().some((other) => own.years(other).includes(year)) ? 'not collected' : 'not applicable'
}

const placeId = (place: Place) =>
  place.kind === 'trust' ? 'trust' : place.kind === 'school' ? place.school.id : place.class.id

/** Reads figures of one drop for a viewer, hiding what they may not see. */
export class FigureReader {
  readonly #viewer: Viewer
  readonly #scene: Scene
  readonly #drop: Drop
  readonly cells: DropCells
  readonly #hidden = new Map<string, Promise<ReadonlySet<string>>>()

  constructor(viewer: Viewer, scene: Scene, drop: Drop, cells: DropCells) {
    this.#viewer = viewer
    this.#scene = scene
    this.#drop = drop
    this.cells = cells
  }

  async figure(measure: Measure, place: Place, year: string, group: string): Promise<Figure> {
    const drop = this.#drop
    const key: FigureKey = {
      measure: measure.id,
      place: place.slug,
      year,
      group,
      period: drop.code,
      snapshot: this.#scene.snapshot,
    }
    const version = versionIn(measure, drop.academicYear)?.id ?? 'none'
    const reason = reasonNot(measure, drop, place, year, this.cells)
    if (reason) return { key, kind: reason, version }
    if (await this.isHidden(measure, place, year, group)) return { key, kind: 'suppressed', version }
    return figureOf(
      measure,
      key,
      version,
      cellOf(this.cells, measure.id, place, year, group),
      drop.academicYear,
    )
  }

  async isHidden(measure: Measure, place: Place, year: string, group: string): Promise<boolean> {
    if (mayInPlace(this.#viewer, 'see small groups', place)) return false
    let hidden = this.#hidden.get(measure.id)
    if (!hidden) {
      hidden = hiddenFrom(this.#viewer, this.#scene, measure.id, this.#drop, this.cells)
      this.#hidden.set(measure.id, hidden)
    }
    const id = placeId(place)
    return (await hidden).has(
      place.kind === 'class' ? className(place.class.id) : figureName(id, year, group),
    )
  }
}
