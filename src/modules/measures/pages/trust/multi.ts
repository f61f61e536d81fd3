import type { MultiColumn, MultiRow, MultiTableProps } from '../../../../ui/index.ts'
import { axisOf, shownOf, standingOf } from '../shown.ts'
import { dropWords, yearWords } from '../words.ts'
import { type Panel, phaseWords } from './panels.ts'

/** `Primary, Year 6` */
const panelHead = (panel: Panel): string => {
  const years = [
    ...new Set(panel.columns.filter(({ measure }) => measure.topic !== 'attendance').map(({ year }) => year)),
  ]
  return years.length === 1 ? `${phaseWords[panel.phase]}, ${yearWords(years[0]!)}` : phaseWords[panel.phase]
}

/** The ends and the middle: as many words as stand over a narrow column. */
const fewTicks = ([least, most]: readonly [number, number]): readonly number[] => [
  least,
  (least + most) / 2,
  most,
]

const columnsOf = (panel: Panel): MultiColumn[] =>
  panel.columns.map(({ measure, national, trust, domain }) => ({
    ...axisOf(measure, {
      national: national?.value,
      trust: trust?.kind === 'value' ? trust.value : undefined,
      domain,
      ...(panel.columns.length > 4 ? { ticks: fewTicks(domain) } : {}),
    }),
    name: measure.shortName,
    href: `/measures/${measure.id}`,
  }))

const rowsOf = (panel: Panel): MultiRow[] =>
  panel.rows.map(({ school, figures }) => ({
    name: school.shortName,
    href: `/schools/${school.slug}`,
    cells: figures.some((figure) => figure?.kind === 'value')
      ? figures.map((figure, at) => {
          const { measure, national, trust } = panel.columns[at]!
          const line = national?.value ?? (trust?.kind === 'value' ? trust.value : undefined)
          const shown = shownOf(figure, figure && standingOf(figure, line, measure))
          return measure.rule.kind === 'sessions attended' ? { ...shown, n: undefined, of: undefined } : shown
        })
      : figures.every((figure) => figure?.kind === 'not applicable')
        ? 'Not applicable: pupils are assessed against their own next steps.'
        : `Nothing collected yet for ${dropWords(panel.drop)}.`,
  }))

/** A phase's schools and measures as the interval table draws them. */
export const multiOf = (panel: Panel): MultiTableProps => ({
  caption: `${panelHead(panel)}, ${dropWords(panel.drop)}: each school with its 95% interval`,
  head: panelHead(panel),
  columns: columnsOf(panel),
  rows: rowsOf(panel),
})
