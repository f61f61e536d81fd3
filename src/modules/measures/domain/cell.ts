/** Sufficient statistics of a set of pupils for one measure. Sets that share no pupil add up. */
export interface Cell {
  /** Everyone whom the measure is about. */
  readonly population: number
  /** Those with a value. */
  readonly n: number
  /** Sum of values, and of their squares. */
  readonly v: number
  readonly vv: number
  /** Sums of what the values are a share of (sessions), its squares, and the products. */
  readonly w: number
  readonly ww: number
  readonly vw: number
}

export const noCell: Cell = { population: 0, n: 0, v: 0, vv: 0, w: 0, ww: 0, vw: 0 }

export const addCells = (one: Cell, other: Cell): Cell => ({
  population: one.population + other.population,
  n: one.n + other.n,
  v: one.v + other.v,
  vv: one.vv + other.vv,
  w: one.w + other.w,
  ww: one.ww + other.ww,
  vw: one.vw + other.vw,
})

/** Everyone but the part: `whole` must hold it. */
export const lessCell = (whole: Cell, part: Cell): Cell => ({
  population: whole.population - part.population,
  n: whole.n - part.n,
  v: whole.v - part.v,
  vv: whole.vv - part.vv,
  w: whole.w - part.w,
  ww: whole.ww - part.ww,
  vw: whole.vw - part.vw,
})

export const sumCells = (cells: readonly Cell[]): Cell => cells.reduce(addCells, noCell)
