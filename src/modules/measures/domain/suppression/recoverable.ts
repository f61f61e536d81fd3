import type { Relation } from './table.ts'

/** Arithmetic is done modulo a prime below 2²⁶, so that products stay exact in a double. */
const prime = 67_108_859

type Terms = Map<number, number>

/** An equation of cells: those that the viewer lacks, and those they have. */
interface Row {
  readonly unknown: Terms
  readonly known: Terms
}

const inverse = (value: number): number => {
  let [a, b, x, y] = [value, prime, 1, 0]
  while (b) {
    const quotient = Math.floor(a / b)
    ;[a, b] = [b, a - quotient * b]
    ;[x, y] = [y, x - quotient * y]
  }
  return ((x % prime) + prime) % prime
}

/**
 * Which unknown cells can be worked out from the known ones by adding and subtracting along the relations, each with the
 * known cells that it takes. Exact: a cell is recoverable just when it stands alone in a row of the reduced equations.
 */
export function recoverable(
  relations: readonly Relation[],
  isUnknown: (cell: number) => boolean,
): Map<number, readonly number[]> {
  const equations: Row[] = []
  for (const { total, parts } of relations) {
    const row: Row = { unknown: new Map(), known: new Map() }
    const put = (cell: number, times: number) => {
      const terms = isUnknown(cell) ? row.unknown : row.known
      const value = ((terms.get(cell) ?? 0) + times) % prime
      if (value === 0) terms.delete(cell)
      else terms.set(cell, value)
    }
    put(total, prime - 1)
    for (const part of parts) put(part, 1)
    if (row.unknown.size > 0) equations.push(row)
  }
  const { core, peeled } = peel(equations)
  const found = new Map<number, readonly number[]>()
  for (const row of reduce(core))
    if (row.unknown.size === 1) found.set(row.unknown.keys().next().value!, [...row.known.keys()])
  for (const { cell, row } of peeled.reverse()) {
    const others = [...row.unknown.keys()].filter((other) => other !== cell)
    if (others.every((other) => found.has(other)))
      found.set(cell, [...row.known.keys(), ...others.flatMap((other) => found.get(other)!)])
  }
  return found
}

/**
 * Takes away, again and again, an equation holding a cell that stands in no other: it can only tell that cell, and only
 * when all its others are known. What is left is much smaller.
 */
function peel(equations: readonly Row[]): { core: Row[]; peeled: { cell: number; row: Row }[] } {
  const standsIn = new Map<number, Set<number>>()
  equations.forEach((row, index) => {
    for (const cell of row.unknown.keys()) {
      const places = standsIn.get(cell)
      if (places) places.add(index)
      else standsIn.set(cell, new Set([index]))
    }
  })
  const left = new Set(equations.keys())
  const peeled: { cell: number; row: Row }[] = []
  const lonely = [...standsIn].filter(([, places]) => places.size === 1).map(([cell]) => cell)
  while (lonely.length > 0) {
    const cell = lonely.pop()!
    const index = standsIn.get(cell)!.values().next().value
    if (index === undefined || !left.has(index)) continue
    const row = equations[index]!
    left.delete(index)
    peeled.push({ cell, row })
    for (const other of row.unknown.keys()) {
      const places = standsIn.get(other)!
      places.delete(index)
      if (places.size === 1) lonely.push(other)
    }
  }
  const core = [...left].map((index) => {
    const { unknown, known } = equations[index]!
    return { unknown: new Map(unknown), known: new Map(known) }
  })
  return { core, peeled }
}

/** Gauss and Jordan on sparse rows, shortest first. */
function reduce(rows: readonly Row[]): Row[] {
  const pivots = new Map<number, Row>()
  const holders = new Map<number, Set<Row>>()
  const hold = (row: Row, cell: number) => {
    const rowsOf = holders.get(cell)
    if (rowsOf) rowsOf.add(row)
    else holders.set(cell, new Set([row]))
  }
  const less = (
    from: Terms,
    times: number,
    what: Terms,
    came?: (cell: number) => void,
    went?: (cell: number) => void,
  ) => {
    for (const [cell, value] of what) {
      const result = ((((from.get(cell) ?? 0) - times * value) % prime) + prime) % prime
      if (result === 0) {
        from.delete(cell)
        went?.(cell)
      } else {
        from.set(cell, result)
        came?.(cell)
      }
    }
  }
  for (const row of rows.toSorted((a, b) => a.unknown.size - b.unknown.size)) {
    for (const cell of [...row.unknown.keys()]) {
      const pivot = pivots.get(cell)
      const times = row.unknown.get(cell)
      if (!pivot || !times) continue
      less(row.unknown, times, pivot.unknown)
      less(row.known, times, pivot.known)
    }
    if (row.unknown.size === 0) continue
    const [cell, value] = row.unknown.entries().next().value!
    const scale = inverse(value)
    for (const terms of [row.unknown, row.known])
      for (const [other, worth] of terms) terms.set(other, (worth * scale) % prime)
    for (const holder of [...(holders.get(cell) ?? [])]) {
      const times = holder.unknown.get(cell)!
      less(
        holder.unknown,
        times,
        row.unknown,
        (one) => hold(holder, one),
        (one) => holders.get(one)?.delete(holder),
      )
      less(holder.known, times, row.known)
    }
    pivots.set(cell, row)
    for (const one of row.unknown.keys()) hold(row, one)
  }
  return [...pivots.values()]
}
