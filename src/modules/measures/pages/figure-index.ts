import type { Figure, FigureKey } from '../../../kernel/figure.ts'

type Wanted = Pick<FigureKey, 'measure' | 'place' | 'year' | 'group' | 'period'>

const keyOf = ({ measure, place, year, group, period }: Wanted) =>
  `${measure}|${place}|${year}|${group}|${period}`

/** Finds one of many figures by what it is of; everyone's when no group is named. */
export type FigureIndex = (wanted: Omit<Wanted, 'group'> & { group?: string }) => Figure | undefined

export function indexed(figures: readonly Figure[]): FigureIndex {
  const byKey = new Map(figures.map((figure) => [keyOf(figure.key), figure]))
  return (wanted) => byKey.get(keyOf({ group: 'all', ...wanted }))
}
