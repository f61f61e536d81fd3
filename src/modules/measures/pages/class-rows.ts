import type { Figure } from '../../../kernel/figure.ts'
import type { Measure } from '../domain/measure.ts'
import { placeName } from '../domain/place-name.ts'
import type { ClassRow } from './school/query.ts'

/** Figures of classes put beside their classes; those without any are left out. */
export function rowsByClass(
  school: string,
  classes: readonly ClassRow['class'][],
  measures: readonly Measure[],
  found: readonly Figure[],
): ClassRow[] {
  const byPlace = Map.groupBy(found, (figure) => figure.key.place)
  return classes.flatMap((one): ClassRow[] => {
    const own = byPlace.get(placeName(school, one.name)) ?? []
    const row = measures.map((measure) => own.find((figure) => figure.key.measure === measure.id))
    return row.some((figure) => figure?.kind === 'value' || figure?.kind === 'suppressed')
      ? [{ class: one, figures: row }]
      : []
  })
}
