import { addCells, type Cell, noCell } from '../domain/cell.ts'
import { groupSlugs } from './groups-sql.ts'

/** The columns of a derived file, in order. */
export interface CellColumns {
  readonly measure: readonly string[]
  readonly year_group: readonly string[]
  /** Place in `groupSlugs`. */
  readonly pupil_group: readonly number[]
  readonly class_id: readonly number[]
  readonly form: readonly number[]
  readonly statistics: readonly (readonly number[])[]
}

const width = 7
const groupCount = groupSlugs.length
const groupPlace = new Map(groupSlugs.map((slug, place) => [slug, place]))

const at = (numbers: Float64Array, start: number): Cell => ({
  population: numbers[start]!,
  n: numbers[start + 1]!,
  v: numbers[start + 2]!,
  vv: numbers[start + 3]!,
  w: numbers[start + 4]!,
  ww: numbers[start + 5]!,
  vw: numbers[start + 6]!,
})

/** A class and a measure: is it a form, and of which one year group (empty when of several)? */
export interface ClassCell {
  readonly form: boolean
  readonly year: string
  readonly cell: Cell
}

interface OfMeasure {
  /** By year group: statistics of every pupil group, one after another. */
  readonly years: Map<string, Float64Array>
  readonly classes: Map<number, ClassCell>
}

const none: OfMeasure = { years: new Map(), classes: new Map() }

/** Every cell of one drop and school, in memory. Never changes: it is made of sealed files. */
export class CellSet {
  readonly #measures = new Map<string, OfMeasure>()
  readonly bytes: number

  constructor(columns: CellColumns, from: number, to: number) {
    let bytes = 1000
    for (let row = from; row < to; row++) {
      const name = columns.measure[row]!
      let of = this.#measures.get(name)
      if (!of) {
        of = { years: new Map(), classes: new Map() }
        this.#measures.set(name, of)
        bytes += 300
      }
      const cell = columns.statistics.map((values) => values[row]!)
      const id = columns.class_id[row]!
      if (id !== -1) {
        of.classes.set(id, {
          form: columns.form[row] === 1,
          year: columns.year_group[row]!,
          cell: at(Float64Array.from(cell), 0),
        })
        bytes += 200
        continue
      }
      const year = columns.year_group[row]!
      let numbers = of.years.get(year)
      if (!numbers) {
        numbers = new Float64Array(groupCount * width)
        of.years.set(year, numbers)
        bytes += numbers.byteLength + 100
      }
      numbers.set(cell, columns.pupil_group[row]! * width)
    }
    this.bytes = bytes
  }

  measures(): string[] {
    return [...this.#measures.keys()]
  }

  has(measure: string): boolean {
    return this.#measures.has(measure)
  }

  /** Year groups that the measure has any cell of. */
  years(measure: string): string[] {
    return [...(this.#measures.get(measure) ?? none).years.keys()]
  }

  /** The cell of a year group, or of `all` of them together. */
  cell(measure: string, year: string, group: string): Cell {
    const { years } = this.#measures.get(measure) ?? none
    const place = groupPlace.get(group)
    if (place === undefined) return noCell
    if (year !== 'all') {
      const numbers = years.get(year)
      return numbers ? at(numbers, place * width) : noCell
    }
    let sum = noCell
    for (const numbers of years.values()) sum = addCells(sum, at(numbers, place * width))
    return sum
  }

  classes(measure: string): ReadonlyMap<number, ClassCell> {
    return (this.#measures.get(measure) ?? none).classes
  }
}
