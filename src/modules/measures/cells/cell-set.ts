import { addCells, type Cell, noCell } from '../domain/cell.ts'
import { groupSlugs } from './groups-sql.ts'

/** Rows of a derived file that stand together: one measure with one year group, by group or by class. */
export interface CellRun {
  readonly measure: string
  readonly year: string
  readonly from: number
  readonly to: number
}

/** The columns of numbers of derived files, end to end. */
export interface CellColumns {
  /** Place in `groupSlugs`; of no meaning where there is a class. */
  readonly group: Float64Array
  /** Id of a class, or −1. */
  readonly class: Float64Array
  readonly form: Float64Array
  /** Population, n, v, vv, w, ww, vw. */
  readonly statistics: readonly Float64Array[]
}

/** A class and a measure: is it a form, and of which one year group (empty when of several)? */
export interface ClassCell {
  readonly form: boolean
  readonly year: string
  readonly cell: Cell
}

/** Statistics of every pupil group, one after another: all seven, or the first four where every value is of one thing. */
interface OfYear {
  readonly numbers: Float64Array
  readonly width: 4 | 7
}

interface OfMeasure {
  readonly years: Map<string, OfYear>
  readonly classes: Map<number, ClassCell>
}

const groupPlace = new Map(groupSlugs.map((slug, place) => [slug, place]))
const none: OfMeasure = { years: new Map(), classes: new Map() }

const cellAt = ({ numbers, width }: OfYear, place: number): Cell => {
  const start = place * width
  const [population, n, v, vv] = [
    numbers[start]!,
    numbers[start + 1]!,
    numbers[start + 2]!,
    numbers[start + 3]!,
  ]
  return width === 4
    ? { population, n, v, vv, w: n, ww: n, vw: v }
    : { population, n, v, vv, w: numbers[start + 4]!, ww: numbers[start + 5]!, vw: numbers[start + 6]! }
}

/** Every cell of one drop and school, in memory. Never changes: it is made of sealed files. */
export class CellSet {
  readonly #measures = new Map<string, OfMeasure>()
  /** About how much memory it takes. */
  readonly bytes: number

  constructor(columns: CellColumns, runs: readonly CellRun[]) {
    let bytes = 1000
    for (const { measure, year, from, to } of runs) {
      let of = this.#measures.get(measure)
      if (!of) {
        of = { years: new Map(), classes: new Map() }
        this.#measures.set(measure, of)
        bytes += 300
      }
      const groups: number[] = []
      for (let row = from; row < to; row++)
        if (columns.class[row] === -1) groups.push(row)
        else {
          const [population, n, v, vv, w, ww, vw] = columns.statistics.map((values) => values[row]!) as [
            number,
            number,
            number,
            number,
            number,
            number,
            number,
          ]
          of.classes.set(columns.class[row]!, {
            form: columns.form[row] === 1,
            year,
            cell: { population, n, v, vv, w, ww, vw },
          })
          bytes += 200
        }
      if (groups.length === 0) continue
      const kept = ofYear(columns, groups)
      of.years.set(year, kept)
      bytes += kept.numbers.byteLength + 150
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
      const own = years.get(year)
      return own ? cellAt(own, place) : noCell
    }
    let sum = noCell
    for (const own of years.values()) sum = addCells(sum, cellAt(own, place))
    return sum
  }

  classes(measure: string): ReadonlyMap<number, ClassCell> {
    return (this.#measures.get(measure) ?? none).classes
  }
}

function ofYear({ group, statistics }: CellColumns, rows: readonly number[]): OfYear {
  const [, n, v, , w, ww, vw] = statistics as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ]
  const width = rows.every((row) => w[row] === n[row] && ww[row] === n[row] && vw[row] === v[row]) ? 4 : 7
  const numbers = new Float64Array(groupSlugs.length * width)
  for (const row of rows)
    for (let at = 0; at < width; at++) numbers[group[row]! * width + at] = statistics[at]![row]!
  return { numbers, width }
}
