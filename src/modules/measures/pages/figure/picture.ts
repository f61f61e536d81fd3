import { dayName } from '../../../../kernel/days.ts'
import { figurePicture as drawn } from '../../../../ui/charts/pictures.ts'
import { axisOf, shownOf, standingOf } from '../shown.ts'
import { figureWords, withinSentence, yearWords } from '../words.ts'
import type { FigurePage } from './query.ts'

/** The figure on its scale, with its lines and its address, as a picture. */
export function figurePicture(page: FigurePage): string {
  const { detail, national, trust } = page
  const { figure, measure, period } = detail
  const trustValue = trust?.kind === 'value' ? trust.value : undefined
  const who = [
    detail.place.name,
    yearWords(figure.key.year),
    ...(figure.key.group === 'all' ? [] : [withinSentence(detail.groupName)]),
  ].join(', ')
  return drawn(
    shownOf(figure, standingOf(figure, national?.value ?? trustValue, measure)),
    { ...axisOf(measure, { national: national?.value, trust: trustValue }), name: measure.shortName },
    {
      title: `${measure.shortName}: ${who}`,
      source: `${figureWords(measure, figure)}. Data as at ${dayName(period.asAt)}, snapshot ${figure.key.snapshot}.`,
    },
  )
}
