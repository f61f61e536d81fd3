/**
 * Benjamini and Hochberg's adjusted chances (1995): the smallest false-discovery rate at which each would still be
 * called; R's `p.adjust(p, "BH")`. Holds for independent tests and for such that depend positively on one another.
 */
export function benjaminiHochberg(chances: readonly number[]): number[] {
  const order = chances.map((chance, at) => ({ chance, at })).sort((a, b) => b.chance - a.chance)
  const adjusted = new Array<number>(chances.length)
  let least = 1
  order.forEach(({ chance, at }, place) => {
    least = Math.min(least, (chance * chances.length) / (chances.length - place))
    adjusted[at] = least
  })
  return adjusted
}

/**
 * The highest of many lists of chances that Benjamini and Hochberg's rule lets through at this rate, 0 where none is: the same rule
 * for millions, of which only those below the rate are put in order. Lists may leave out chances above the rate; `tests` then
 * says how many there were.
 */
export function highestChance(
  lists: readonly Float64Array[],
  rate: number,
  tests = lists.reduce((sum, { length }) => sum + length, 0),
): number {
  let low = 0
  for (const list of lists) {
    for (let at = 0; at < list.length; at++) if (list[at]! <= rate) low++
  }
  const sorted = new Float64Array(low)
  let next = 0
  for (const list of lists)
    for (let at = 0; at < list.length; at++) if (list[at]! <= rate) sorted[next++] = list[at]!
  sorted.sort()
  for (let place = low; place > 0; place--)
    if (sorted[place - 1]! * tests <= rate * place) return sorted[place - 1]!
  return 0
}

/** Bonferroni's adjusted chances; R's `p.adjust(p, "bonferroni")`. */
export const bonferroni = (chances: readonly number[]): number[] =>
  chances.map((chance) => Math.min(1, chance * chances.length))
