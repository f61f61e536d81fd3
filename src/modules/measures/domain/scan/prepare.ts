import { type PlaceLayout, placeLayouts } from './cells.ts'
import { combined } from './layout.ts'
import { type Design, designOf } from './lines.ts'
import { type Ordered, ordered, type ScanRows, sharedColumns } from './rows.ts'

/** All about some pupils that does not depend on the outcome. */
export interface Prepared {
  readonly rows: Ordered
  /** By place in the order at hand, the row as it was given; undefined where they are the same. */
  readonly order?: Int32Array
  /** Subject and year group, or whatever the results have in common: similar pupils are those of one stratum. */
  readonly stratum: Int32Array
  readonly strata: Float64Array
  readonly design: Design
  /** Which place of the first column and stratum a row is of, and how many rows have that. */
  readonly within: { readonly codes: Int32Array; readonly n: Float64Array }
  readonly places: readonly PlaceLayout[]
}

export function prepare(given: ScanRows): Prepared {
  const { rows, order } = ordered(given)
  const many = rows.outcome.length
  const shared = sharedColumns(rows)
  const { codes: stratum, many: strataMany } = combined(shared, many)
  const strata = countsOf(stratum, strataMany)
  const owner = rows.places[0] ? [rows.places[0]] : []
  const within = combined([...owner, { codes: stratum, levels: { length: strataMany } }], many)
  return {
    rows,
    ...(order ? { order } : {}),
    stratum,
    strata,
    design: designOf(rows, stratum, strata),
    within: { codes: within.codes, n: countsOf(within.codes, within.many) },
    places: placeLayouts(rows, shared),
  }
}

function countsOf(codes: Int32Array, many: number): Float64Array {
  const counts = new Float64Array(many)
  for (let row = 0; row < codes.length; row++) counts[codes[row]!]!++
  return counts
}
