import { recoverable } from './recoverable.ts'
import { type DisclosureTable, isEmpty, isSmall, leastShown, type Relation } from './table.ts'

/**
 * Which cells to hide so that no small group is shown or can be worked out: first the small ones, then in each sum as many
 * more, groups before whole year groups and the least first, as it takes that no single cell is missing and the missing ones together are not a small group;
 * then whatever could still be recovered through several sums at once. See docs/methods/suppression.md.
 */
export function hiddenCells({ cells, relations }: DisclosureTable): Set<number> {
  const hidden = new Set<number>()
  const own = knownAnyway({ cells, relations })
  const protectedToo = (cell: number) => hidden.has(cell) || (!own.has(cell) && isSmall(cells[cell]!))
  const unknown = (cell: number) => {
    if (isEmpty(cells[cell]!) || own.has(cell)) return false
    return cells[cell]!.access !== 'shown' || hidden.has(cell)
  }
  const mayHide = (cell: number) =>
    cells[cell]!.access === 'shown' && !own.has(cell) && !hidden.has(cell) && !isEmpty(cells[cell]!)
  const rank = (cell: number) => (cells[cell]!.keep ?? 0) * 1e7 + cells[cell]!.population
  /** What is least missed when it is hidden: no total before a part of it, and of equals the least. */
  const leastOf = (among: readonly number[]): number | undefined =>
    among
      .filter(mayHide)
      .reduce<number | undefined>(
        (least, cell) => (least === undefined || rank(cell) < rank(least) ? cell : least),
        undefined,
      )

  const givesAway = (relation: Relation): boolean => {
    const parts = relation.parts.filter(unknown)
    const totalUnknown = unknown(relation.total)
    if (!parts.some(protectedToo) && !(totalUnknown && protectedToo(relation.total))) return false
    if (totalUnknown) return parts.length === 0
    if (parts.length === 1) return true
    const together = parts.reduce(
      (sum, part) => ({ population: sum.population + cells[part]!.population, n: sum.n + cells[part]!.n }),
      { population: 0, n: 0 },
    )
    return together.population < leastShown || isSmall(together)
  }

  cells.forEach((cell, index) => {
    if (cell.access === 'shown' && isSmall(cell) && !own.has(index)) hidden.add(index)
  })

  const relationsOf = new Map<number, Relation[]>()
  for (const relation of relations)
    for (const cell of [relation.total, ...relation.parts]) {
      const known = relationsOf.get(cell)
      if (known) known.push(relation)
      else relationsOf.set(cell, [relation])
    }

  const closeSums = (queue: Relation[]) => {
    while (queue.length > 0) {
      const relation = queue.pop()!
      while (givesAway(relation)) {
        const least = leastOf(relation.parts) ?? leastOf([relation.total])
        if (least === undefined) break
        hidden.add(least)
        queue.push(...relationsOf.get(least)!)
      }
    }
  }
  closeSums([...relations])

  for (;;) {
    // A sum with a cell of its own that nobody may know and nobody minds tells nothing: it is left out.
    const telling = relations.filter(
      ({ total, parts }) =>
        ![total, ...parts].some(
          (cell) =>
            unknown(cell) &&
            cells[cell]!.access === 'unpublished' &&
            !isSmall(cells[cell]!) &&
            relationsOf.get(cell)!.length === 1,
        ),
    )
    const changed: number[] = []
    for (const [cell, from] of recoverable(telling, unknown)) {
      if (!protectedToo(cell) || from.some((one) => hidden.has(one))) continue
      const least = leastOf(from)
      if (least === undefined) continue
      hidden.add(least)
      changed.push(least)
    }
    if (changed.length === 0) return hidden
    closeSums(changed.flatMap((cell) => relationsOf.get(cell)!))
  }
}

/** What the viewer knows before anything is shown: the cells of their own school, and what follows from those alone. */
function knownAnyway({ cells, relations }: DisclosureTable): Set<number> {
  const known = new Set(cells.keys().filter((cell) => cells[cell]!.access === 'known'))
  if (known.size === 0) return known
  for (let before = -1; before !== known.size; ) {
    before = known.size
    for (const { total, parts } of relations) {
      const open = [total, ...parts].filter((cell) => !known.has(cell) && !isEmpty(cells[cell]!))
      if (open.length === 1) known.add(open[0]!)
    }
  }
  return known
}
