import type { ScanRows } from '../src/modules/measures/domain/scan/rows.ts'

export const englandGroups = [
  { name: 'disadvantage', shares: [0.27, 0.73] },
  { name: 'sex', shares: [0.51, 0.49] },
  { name: 'sen', shares: [0.82, 0.14, 0.04] },
  { name: 'language', shares: [0.79, 0.21] },
  { name: 'ethnicity', shares: [0.7, 0.12, 0.06, 0.07, 0.05] },
  { name: 'prior_band', shares: [0.25, 0.5, 0.25] },
  { name: 'attending', shares: [0.82, 0.18] },
  { name: 'mobility', shares: [0.95, 0.05] },
] as const

export const englandMeasures = Array.from({ length: 12 }, (_, at) => `measure_${at + 1}`)

/** The columns of a country in shared memory, in the order of schools. */
export interface Shared {
  readonly many: number
  readonly schools: number
  readonly school: SharedArrayBuffer
  readonly year: SharedArrayBuffer
  readonly class: SharedArrayBuffer
  readonly prior: SharedArrayBuffer
  readonly groups: readonly SharedArrayBuffer[]
  readonly measures: readonly SharedArrayBuffer[]
}

const levels = (many: number) => Array.from({ length: many }, (_, at) => String(at))

export const outcomeOf = ({ measures }: Shared, measure: number): Float64Array =>
  Float64Array.from(new Float32Array(measures[measure]!))

/** The country as the scan of a trust’s drop has it: the same predictors, places and groups. */
export function rowsOf(shared: Shared): ScanRows {
  const groups = englandGroups.map(({ name, shares }, at) => ({
    name,
    levels: levels(shares.length),
    codes: new Uint8Array(shared.groups[at]!),
  }))
  return {
    outcome: new Float64Array(shared.many),
    predictors: [{ name: 'prior', values: new Float64Array(shared.prior) }],
    categories: groups.filter(({ name }) => name !== 'prior_band'),
    places: [
      { name: 'school', levels: levels(shared.schools), codes: new Int32Array(shared.school) },
      { name: 'year', levels: levels(14), codes: new Uint8Array(shared.year) },
      { name: 'class', levels: levels(shared.schools * 40), codes: new Int32Array(shared.class) },
    ],
    withinFirst: true,
    pairsWith: ['disadvantage', 'sex'],
    groups,
    pupils: Int32Array.from({ length: shared.many }, (_, pupil) => pupil),
  }
}
