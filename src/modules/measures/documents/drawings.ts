import { decimal, signed } from '../../../kernel/numbers.ts'
import { gapMarks } from '../../../ui/charts/gap.ts'
import { ink } from '../../../ui/charts/ink.ts'
import { intervalChart } from '../../../ui/charts/interval.ts'
import { coloured } from '../../../ui/charts/png.ts'
import { across, ticksOf } from '../../../ui/charts/scale.ts'
import { slopeMarks } from '../../../ui/charts/slope.ts'
import { svg, text } from '../../../ui/charts/svg.ts'
import { type Axis, changeWords, fitDomain, type Shown } from '../../../ui/index.ts'
import { companyPath } from '../../../ui/tables/slope-panels.tsx'
import type { Measure } from '../domain/measure.ts'
import type { DropSeen } from '../pages/setting.ts'
import { yearWords } from '../pages/words.ts'
import type { SheetChart, SheetTrend } from './sheet.ts'

/** On white paper: the edges that part marks from lines are white too. */
export const printed = (chart: string): string => coloured(chart.replaceAll('var(--tl-paper)', '#ffffff'))

const number = (value: number, axis: Pick<Axis, 'places' | 'unit'>): string =>
  `${decimal(value, axis.places)}${axis.unit ?? ''}`

const figureWidth = 116

/** One value on its scale: narrow enough for five across a sheet. */
export const intervalDrawing = (name: string, shown: Shown, axis: Axis, lineName: string): SheetChart => ({
  width: figureWidth,
  svg: printed(
    intervalChart(shown, { ...axis, trust: undefined }, { width: figureWidth, height: 24, base: true }),
  ),
  alt: [
    `${name}: ${shown.value === undefined ? 'no number' : number(shown.value, axis)}`,
    ...(shown.low !== undefined && shown.high !== undefined
      ? [`interval ${decimal(shown.low, axis.places)} to ${decimal(shown.high, axis.places)}`]
      : []),
    ...(axis.national === undefined ? [] : [`${lineName} ${number(axis.national, axis)}`]),
    `on a scale of ${decimal(axis.domain[0])} to ${decimal(axis.domain[1])}`,
  ].join(', '),
})

const gapWidth = 140

/** No gap, and one round number on either side: as many words as fit over a narrow drawing. */
function gapEnds(domain: readonly [number, number], places: number): string {
  const x = across(domain, gapWidth)
  const far = Math.max(...ticksOf(domain, 4).filter((tick) => x(tick) < gapWidth - 12))
  return [-far, 0, far]
    .map((tick) =>
      text(tick === 0 ? 'no gap' : signed(tick, far < 1 ? Math.max(1, places) : 0), x(tick), 12, {
        fill: ink.quiet,
        size: 11,
        anchor: 'middle',
      }),
    )
    .join('')
}

export const gapScaleDrawing = (domain: readonly [number, number], places: number): SheetChart => ({
  width: gapWidth,
  svg: printed(svg(gapWidth, 16, gapEnds(domain, places))),
  alt: `Scale of the gaps, from ${decimal(domain[0], places)} to ${decimal(domain[1], places)}; left of no gap the group is behind`,
})

export const gapDrawing = (
  name: string,
  shown: Shown,
  domain: readonly [number, number],
  places: number,
): SheetChart => ({
  width: gapWidth,
  svg: printed(svg(gapWidth, 16, gapMarks(shown, domain, gapWidth, 16))),
  alt: `${name}: gap ${decimal(shown.value ?? 0, places)}, interval ${decimal(shown.low ?? 0, places)} to ${decimal(shown.high ?? 0, places)}`,
})

type Values = readonly (number | undefined)[]

interface OverDrops {
  readonly own: Values
  /** The trust's line beside a school's own. */
  readonly trust?: Values
  readonly others: readonly Values[]
  readonly national?: number
  readonly below?: boolean
}

/** One place over the drops on its own scale, its name and change over it, the others of its kind pale behind it. */
export function trendPanel(
  measure: Measure,
  year: string,
  drops: readonly Pick<DropSeen, 'name' | 'asAt'>[],
  { own, trust, others, national, below = false }: OverDrops,
): SheetTrend {
  const name = `${measure.shortName}, ${yearWords(year)}`
  const trustNow = trust?.at(-1)
  const scale = {
    domain: fitDomain([...own, ...(trust ?? []), ...others.flat(), national], measure.places > 0 ? 2 : 10),
    width: 116,
    height: 120,
    periods: drops.map((drop) => `${drop.name.slice(0, 3)} ${drop.asAt.slice(2, 4)}`),
    places: measure.places,
  }
  const company = companyPath(
    others.map((values, at) => ({ name: String(at), values })),
    scale,
    'company',
  )
  const said = scale.periods.map(
    (period, at) => `${period} ${own[at] === undefined ? 'no number' : decimal(own[at], scale.places)}`,
  )
  return {
    name,
    note: [
      changeWords(own, measure.places),
      ...(trustNow === undefined ? [] : [`trust ${decimal(trustNow, measure.places)}`]),
    ].join('; '),
    chart: {
      width: scale.width,
      svg: printed(
        svg(
          scale.width,
          scale.height,
          company + slopeMarks(scale, { own, trust, national, company: 'company', below }),
        ),
      ),
      alt: `${name} over the drops: ${said.join(', ')}`,
    },
  }
}
