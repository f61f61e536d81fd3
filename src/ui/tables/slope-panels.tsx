import { decimal, signed } from '../../kernel/numbers.ts'
import { ink } from '../charts/ink.ts'
import { fitDomain } from '../charts/scale.ts'
import { SlopeMarks, type SlopeScale, slopePath } from '../charts/slope.tsx'
import { type Content, classes } from '../content.ts'
import { absentWords, type Shown } from '../shown.ts'

export interface SlopePanel {
  readonly name: string
  readonly href?: string
  /** One for each period; undefined where that drop has no number. */
  readonly values: readonly (number | undefined)[]
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
  readonly trust?: readonly (number | undefined)[]
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
export function changeWords(values: readonly (number | undefined)[], places = 0): string {
  const known = values.filter((value): value is number => value !== undefined)
  const [start, end] = [known[0], known.at(-1)]
  if (start === undefined || end === undefined || known.length < 2) return 'one drop so far'
  const moved = Number((end - start).toFixed(places))
  if (moved === 0) return 'no change'
  return `${moved > 0 ? 'up' : 'down'} ${signed(Math.abs(moved), places).replace('+', '')}`
}

export const slopeScale = (props: SlopePanelsProps, width = 118, height = 148): SlopeScale => ({
  domain:
    props.domain ??
    fitDomain(
      [...props.panels.flatMap((panel) => panel.values), ...(props.trust ?? []), props.national],
      (props.places ?? 0) > 0 ? 2 : 10,
    ),
  width,
  height,
  periods: props.periods,
})

/** One small panel a school, the trust's first, all on one scale that is fitted to the set and said in words. */
export const SlopePanels = (props: SlopePanelsProps) => {
  const { id, panels, trust, national, places = 0, unit = '', open = 19 } = props
  const scale = slopeScale(props)
  const company = `${id}-company`
  const one = (panel: SlopePanel, isTrust: boolean, at: number) => (
    <figure class={classes(!isTrust && at >= open && 'slopes__rest', !isTrust && at >= 3 && 'slopes__later')}>
      <figcaption>
        {panel.href ? <a href={panel.href}>{panel.name}</a> : panel.name}
        <span>
          {panel.absent ? <i>{absentWords(panel.absent)}</i> : changeWords(panel.values, places)}
          <span class="vh">{said(panel.values, props.periods, places)}</span>
        </span>
      </figcaption>
      <svg aria-hidden="true" width={scale.width} height={scale.height}>
        {isTrust && (
          <defs>
            <path
              id={company}
              d={panels.map(({ values }) => slopePath(values, scale)).join('')}
              stroke={ink.rule}
              stroke-width="1.25"
              fill="none"
            />
          </defs>
        )}
        <SlopeMarks
          scale={scale}
          own={panel.values}
          trust={trust}
          national={national}
          company={panels.length > 1 ? company : undefined}
          below={panel.below}
          isTrust={isTrust}
          places={places}
        />
      </svg>
    </figure>
  )
  const later = panels.length - Math.min(3, panels.length)
  const rest = panels.length - Math.min(open, panels.length)
  return (
    <div class="slopeset">
      <h3>
        {props.title}{' '}
        <span class="slopeset__scale">
          {props.unitWords}, one scale: {decimal(scale.domain[0], 0)} to {decimal(scale.domain[1], 0)}
          {unit}
        </span>
      </h3>
      {later > 0 && (
        <details class={classes('slopes__more', rest === 0 && 'narrow')}>
          <summary>
            {rest > 0 && <span class="wide">Show the other {rest} schools</span>}
            <span class="narrow">Show the other {later} schools</span>
          </summary>
        </details>
      )}
      <div class="slopes">
        {one({ name: 'The trust', values: trust ?? props.periods.map(() => undefined) }, true, 0)}
        {panels.map((panel, at) => one(panel, false, at))}
      </div>
    </div>
  )
}

const said = (values: readonly (number | undefined)[], periods: readonly string[], places: number): string =>
  `: ${periods.map((period, at) => `${period} ${values[at] === undefined ? 'no number' : decimal(values[at], places)}`).join(', ')}`
