import { type Cell, lessCell, sumCells } from '../cell.ts'
import { families } from './families.ts'
import { hiddenCells } from './hidden.ts'
import { type Access, isEmpty, type Relation, type TableCell } from './table.ts'

/** One place's cells of a measure, and what the viewer does with them. */
export interface PlaceCells {
  /** Id of a school; `trust` and `others` are made here. */
  readonly place: number
  readonly access: 'shown' | 'known' | 'denied'
  readonly years: readonly string[]
  readonly cell: (year: string, group: string) => Cell
  readonly classes: readonly {
    readonly id: number
    readonly form: boolean
    /** The one year group of the class; empty when it has several. */
    readonly year: string
    readonly access: 'shown' | 'known' | 'denied'
    readonly cell: Cell
  }[]
}

/** The name of a figure within one measure, drop and snapshot. */
export const figureName = (place: number | 'trust', year: string, group: string): string =>
  `${place} ${year} ${group}`
export const className = (id: number): string => `class ${id}`

const groups = ['all', ...families.flat()]

/** Everyone is on more pages than a group, all years than one, the trust than a school: what more people read is hidden later. */
const keepOf = (place: string, year: string, group: string): number =>
  2 * Number(group === 'all') + Number(year === 'all') + Number(place === 'trust')

interface Part extends Pick<PlaceCells, 'years' | 'cell' | 'classes'> {
  readonly name: string
  readonly access: Access
}

/** Schools that the viewer is shown nothing of, as one: only their sum could ever be worked out. */
function together(places: readonly PlaceCells[]): Part {
  const years = [...new Set(places.flatMap((place) => place.years))]
  return {
    name: 'others',
    access: 'denied',
    years,
    cell: (year, group) => sumCells(places.map((place) => place.cell(year, group))),
    classes: [],
  }
}

/**
 * The names of all figures of a measure at a drop that this viewer must not be shown: of every school, every year group,
 * every pupil group and class, and of the trust, weighed together, so that no two pages give away what one hides.
 */
export function hiddenFigures(places: readonly PlaceCells[]): ReadonlySet<string> {
  const denied = places.filter((place) => place.access === 'denied')
  const parts: Part[] = [
    ...places
      .filter((place) => place.access !== 'denied')
      .map((place) => ({ ...place, name: String(place.place) })),
    ...(denied.length > 0 ? [together(denied)] : []),
  ]
  const cells: TableCell[] = []
  const names: string[] = []
  const relations: Relation[] = []
  const index = new Map<string, number>()
  const add = (name: string, cell: Cell, access: Access, keep = 0): number | undefined => {
    if (isEmpty(cell)) return undefined
    names.push(name)
    index.set(name, cells.length)
    return cells.push({ population: cell.population, n: cell.n, access, keep }) - 1
  }
  const relate = (total: string, of: readonly string[]) => {
    const whole = index.get(total)
    if (whole === undefined) return
    relations.push({
      total: whole,
      parts: of.map((name) => index.get(name)).filter((one) => one !== undefined),
    })
  }
  const rest = (
    total: string,
    whole: Cell,
    of: readonly string[],
    ofCells: readonly Cell[],
    access: Access,
  ) => {
    const left = lessCell(whole, sumCells(ofCells))
    if (left.population < 0 || left.n < 0) return
    const name = `${total} less ${of.join(' ')}`
    add(name, left, access === 'known' ? 'known' : 'unpublished')
    relate(total, [...of, name])
  }
  const layOut = (
    name: string,
    access: Access,
    years: readonly string[],
    cell: (year: string, group: string) => Cell,
  ) => {
    const every = ['all', ...years]
    for (const year of every) {
      for (const group of groups)
        add(`${name} ${year} ${group}`, cell(year, group), access, keepOf(name, year, group))
      const all = `${name} ${year} all`
      for (const family of families)
        rest(
          all,
          cell(year, 'all'),
          family.map((group) => `${name} ${year} ${group}`),
          family.map((group) => cell(year, group)),
          access,
        )
      // Looked-after pupils are disadvantaged by definition, so the two can be subtracted.
      rest(
        `${name} ${year} disadvantaged`,
        cell(year, 'disadvantaged'),
        [`${name} ${year} looked-after`],
        [cell(year, 'looked-after')],
        access,
      )
    }
    for (const group of groups)
      relate(
        `${name} all ${group}`,
        years.map((year) => `${name} ${year} ${group}`),
      )
  }

  for (const part of parts) layOut(part.name, part.access, part.years, part.cell)
  for (const part of parts) {
    for (const one of part.classes) add(className(one.id), one.cell, one.access, 1)
    for (const form of [true, false]) {
      const classes = part.classes.filter((one) => one.form === form)
      const restOf = (year: string, own: PlaceCells['classes']) =>
        rest(
          `${part.name} ${year} all`,
          part.cell(year, 'all'),
          own.map((one) => className(one.id)),
          own.map((one) => one.cell),
          part.access,
        )
      for (const year of part.years) {
        const own = classes.filter((one) => one.year === year)
        if (own.length > 0) restOf(year, own)
      }
      if (classes.some((one) => one.year === '')) restOf('all', classes)
    }
  }

  const years = [...new Set(parts.flatMap((part) => part.years))]
  const inTrust = (year: string, group: string) => sumCells(parts.map((part) => part.cell(year, group)))
  for (const year of ['all', ...years])
    for (const group of groups) {
      add(`trust ${year} ${group}`, inTrust(year, group), 'shown', keepOf('trust', year, group))
      relate(
        `trust ${year} ${group}`,
        parts.map((part) => `${part.name} ${year} ${group}`),
      )
    }
  // The trust's own sums over years and families follow from its schools'; they are here so that what is hidden is least.
  for (const group of groups)
    relate(
      `trust all ${group}`,
      years.map((year) => `trust ${year} ${group}`),
    )
  for (const year of ['all', ...years])
    for (const family of families)
      rest(
        `trust ${year} all`,
        inTrust(year, 'all'),
        family.map((group) => `trust ${year} ${group}`),
        family.map((group) => inTrust(year, group)),
        'shown',
      )

  return new Set([...hiddenCells({ cells, relations })].map((cell) => names[cell]!))
}
