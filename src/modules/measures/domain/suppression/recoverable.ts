import type { Relation } from './table.ts'

/** Arithmetic is done modulo a prime below 2²⁶, so that products stay exact in a double. */
const prime = 67_108_859

type Row = Map<number, number>

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
 * Which unknown cells can be worked out from the known ones by adding and subtracting along the relations. Exact: a cell
 * is recoverable just when it stands alone in a row of the reduced equations.
 */
export function recoverable(
  relations: readonly Relation[],
  isUnknown: (cell: number) => boolean,
): Set<number> {
  const equations: Row[] = []
  for (const { total, parts } of relations) {
    const row: Row = new Map()
    if (isUnknown(total)) row.set(total, prime - 1)
    for (const part of parts) if (isUnknown(part)) row.set(part, ((row.get(part) ?? 0) + 1) % prime)
    for (const [cell, value] of row) if (value === 0) row.delete(cell)
    if (row.size > 0) equations.push(row)
  }
  const { core, peeled } = peel(equations)
  const found = new Set<number>()
  for (const row of reduce(core)) if (row.size === 1) found.add(row.keys().next().value!)
  for (const { cell, row } of peeled.reverse())
    if ([...row.keys()].every((other) => other === cell || found.has(other))) found.add(cell)
  return found
}

/**
 * Takes away, again and again, an equation holding a cell that stands in no other: it can only tell that cell, and only
 * when all its others are known. What is left is much smaller.
 */
function peel(equations: readonly Row[]): { core: Row[]; peeled: { cell: number; row: Row }[] } {
  const standsIn = new Map<number, Set<number>>()
  equations.forEach((row, index) => {
    for (const cell of row.keys()) {
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
    for (const other of row.keys()) {
      const places = standsIn.get(other)!
      places.delete(index)
      if (places.size === 1) lonely.push(other)
    }
  }
  return { core: [...left].map((index) => new Map(equations[index]!)), peeled }
}

/** Gauss and Jordan on sparse rows, shortest first. */
function reduce(rows: readonly Row[]): Row[] {
  const pivots = new Map<number, Row>()
  const holders = new Map<number, Set<Row>>()
  const hold = (row: Row) => {
    for (const cell of row.keys()) {
      const known = holders.get(cell)
      if (known) known.add(row)
      else holders.set(cell, new Set([row]))
    }
  }
  const subtract = (from: Row, times: number, what: Row, tracked: boolean) => {
    for (const [cell, value] of what) {
      const result = ((((from.get(cell) ?? 0) - times * value) % prime) + prime) % prime
      if (result === 0) {
        from.delete(cell)
        if (tracked) holders.get(cell)?.delete(from)
      } else {
        from.set(cell, result)
        if (tracked) {
          const known = holders.get(cell)
          if (known) known.add(from)
          else holders.set(cell, new Set([from]))
        }
      }
    }
  }
  for (const row of rows.toSorted((a, b) => a.size - b.size)) {
    for (const cell of [...row.keys()]) {
      const pivot = pivots.get(cell)
      const times = row.get(cell)
      if (pivot && times) subtract(row, times, pivot, false)
    }
    if (row.size === 0) continue
    const [cell, value] = row.entries().next().value!
    const scale = inverse(value)
    for (const [other, worth] of row) row.set(other, (worth * scale) % prime)
    for (const holder of [...(holders.get(cell) ?? [])]) subtract(holder, holder.get(cell)!, row, true)
    pivots.set(cell, row)
    hold(row)
  }
  return [...pivots.values()]
}
