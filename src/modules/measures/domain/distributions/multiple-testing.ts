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

/** Bonferroni's adjusted chances; R's `p.adjust(p, "bonferroni")`. */
export const bonferroni = (chances: readonly number[]): number[] =>
  chances.map((chance) => Math.min(1, chance * chances.length))
