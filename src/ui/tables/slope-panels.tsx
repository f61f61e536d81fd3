import { raw } from 'hono/html'
import { decimal } from '../../kernel/numbers.ts'
import { ink } from '../charts/ink.ts'
import { fitDomain } from '../charts/scale.ts'
import { type Series, type SlopeScale, slopeMarks, slopePath } from '../charts/slope.ts'
import { svg } from '../charts/svg.ts'
import { type Content, classes } from '../content.ts'
import { absentWords, type Shown } from '../shown.ts'

export interface SlopePanel {
  readonly name: string
  readonly href?: string
  /** One for each period; undefined where that drop has no number. */
  readonly values: Series
  readonly below?: boolean
  /** Why there is no number at all. */
  readonly absent?: Shown['absent']
}

export interface SlopePanelsProps {
  /** Unique on the page; the pale lines are drawn once under it. */
  readonly id: string
  /** `Reading, Year 6` */
  readonly title: Content
  /** `percent of pupils` */
  readonly unitWords: string
  /** Short: `Aut`, `Spr`, `Sum`. */
  readonly periods: readonly string[]
  /** The trust over the periods; the first panel, and a line in each. */
  readonly trust?: Series
  readonly national?: number
  readonly panels: readonly SlopePanel[]
  readonly places?: number
  readonly unit?: string
  /** Fitted to all the panels when left out, and said. */
  readonly domain?: readonly [number, number]
  /** How many schools stand open; the others fold. */
  readonly open?: number
}

/** `up 4`, `down 1.5`, `no change`: from the first number to the last. */
export function changeWords(values: Series, places = 0): string {
  const known = values.filter((value): value is number => value !== undefined)
  const [start, end] = [known[0], known.at(-1)]
  if (start === undefined || end === undefined) return 'no drop so far'
  if (known.length < 2) return 'one drop so far'
  const moved = Number((end - start).toFixed(places))
  return moved === 0 ? 'no change' : `${moved > 0 ? 'up' : 'down'} ${decimal(Math.abs(moved), places)}`
}

/** As wide as a row of panels allows; two still stand side by side at 320 pixels. */
const widthFor = (panels: number): number => Math.max(104, Math.min(138, Math.floor(1050 / (panels + 1))))

export const slopeScale = (
  props: SlopePanelsProps,
  width = widthFor(props.panels.length),
  height = 132,
): SlopeScale => {
  const places = props.places ?? 0
  return {
    domain:
      props.domain ??
      fitDomain(
        [...props.panels.flatMap((panel) => panel.values), ...(props.trust ?? []), props.national],
        places === 0 ? 10 : places === 1 ? 2 : 0.5,
      ),
    width,
    height,
    periods: props.periods,
    places,
  }
}

/** The pale lines of all the schools, as one shape. */
export const companyPath = (panels: readonly SlopePanel[], scale: SlopeScale, id: string): string =>
  `<defs><path id="${id}" d="${panels.map(({ values }) => slopePath(values, scale)).join('')}" stroke="${ink.rule}" stroke-width="${panels.length > 20 ? 0.75 : 1.25}" fill="none"/></defs>`

const said = (values: Series, periods: readonly string[], places: number): string =>
  `: ${periods.map((period, at) => `${period} ${values[at] === undefined ? 'no number' : decimal(values[at], places)}`).join(', ')}`

/** One small panel a school, the trust's first, all on one scale that is fitted to the set and said in words. */
export const SlopePanels = (props: SlopePanelsProps) => {
  const { id, panels, trust, national, places = 0, unit = '', open = 19 } = props
  const scale = slopeScale(props)
  const company = panels.length > 1 ? `${id}-company` : undefined
  const defined = company && trust ? companyPath(panels, scale, company) : ''
  const one = (panel: SlopePanel, isTrust: boolean, at: number) => (
    <figure class={classes(!isTrust && at >= open && 'slopes__rest', !isTrust && at >= 3 && 'slopes__later')}>
      <figcaption>
        {panel.href ? <a href={panel.href}>{panel.name}</a> : panel.name}
        <span>
          {panel.absent ? <i>{absentWords(panel.absent)}</i> : changeWords(panel.values, places)}
          <span class="vh">{said(panel.values, props.periods, places)}</span>
        </span>
      </figcaption>
      {raw(
        svg(
          scale.width,
          scale.height,
          (isTrust ? defined : '') +
            slopeMarks(scale, {
              own: panel.values,
              trust,
              national,
              company: trust ? company : undefined,
              below: panel.below,
              isTrust,
            }),
        ),
      )}
    </figure>
  )
  const later = panels.length - 3
  const rest = panels.length - open
  const ends = Math.max(...scale.domain.map((end) => (String(end).split('.')[1] ?? '').length))
  return (
    <div class="slopeset">
      <h3>
        {props.title}{' '}
        <span class="slopeset__scale">
          {props.unitWords}, one scale: {decimal(scale.domain[0], ends)} to {decimal(scale.domain[1], ends)}
          {unit}
        </span>
      </h3>
      <div class="slopes">
        {trust && one({ name: 'The trust', values: trust }, true, 0)}
        {panels.map((panel, at) => one(panel, false, at))}
      </div>
      {later > 0 && (
        <details class={classes('slopes__more', rest <= 0 && 'narrow')}>
          <summary>
            <em class="slopes__open">
              {rest > 0 && <span class="wide">Show the other {rest} schools</span>}
              <span class="narrow">Show the other {later} schools</span>
            </em>
            <em class="slopes__close">Show fewer</em>
          </summary>
        </details>
      )}
    </div>
  )
}
