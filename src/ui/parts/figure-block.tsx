import { decimal } from '../../kernel/numbers.ts'
import { IntervalChart } from '../charts/charts.tsx'
import type { Content } from '../content.ts'
import { type Axis, absentWords, intervalWords, ofWords, type Shown } from '../shown.ts'
import { Status } from './status.tsx'

export interface FigureBlockProps extends Axis, Shown {
  /** `Reading, Year 6` */
  readonly name: Content
  /** What is counted, when it is not pupils: `sessions`. */
  readonly things?: string
  /** Other words for the status' shape: `Below national`. */
  readonly statusText?: Content
  /** Instead of `national 75, dashed`. */
  readonly comparison?: Content
  /** Said when this panel's scale differs from its neighbours'. */
  readonly scaleWords?: string
}

/** Name, value, n of N with interval, the interval drawn, the comparison in words, the status. Five across. */
export const FigureBlock = (props: FigureBlockProps) => {
  const { name, href, value, unit, places = 0, status, statusText, national, comparison, scaleWords } = props
  const title = href ? <a href={href}>{name}</a> : name
  if (value === undefined)
    return (
      <div class="fig">
        <p class="fig__name">{title}</p>
        <p class="fig__value absent">{absentWords(props.absent)}</p>
      </div>
    )
  const of = [ofWords(props, props.things), intervalWords(props, places)].filter(Boolean).join(', ')
  const said = [
    comparison ??
      (national !== undefined &&
        `${props.nationalName ?? 'national'} ${decimal(national, places)}${scaleWords ? '' : ', dashed'}`),
    scaleWords,
  ].filter(Boolean)
  return (
    <div class="fig">
      <p class="fig__name">{title}</p>
      <p class="fig__value">
        {decimal(value, places)}
        {unit && <small>{unit}</small>}
      </p>
      {of && <p class="fig__of">{of}</p>}
      <IntervalChart shown={props} axis={{ ...props, trust: undefined }} width={168} base />
      {said.length > 0 && <p class="fig__of">{said.map((part, at) => [at > 0 && '; ', part])}</p>}
      {status && <Status kind={status}>{statusText}</Status>}
    </div>
  )
}

/** Key figures in a row, at most five across. */
export const Figures = ({ children }: { children: Content }) => <div class="figs">{children}</div>

export interface BigFigureProps extends Axis, Shown {
  /** The sentence beside the number: `35 of 60 pupils. With a year group this small the true rate could be 46 to 70.` */
  readonly children?: Content
  /** After the status: `for a school with this intake`. */
  readonly comparison?: Content
  readonly statusText?: Content
}

/** One figure at the head of its own page. */
export const BigFigure = (props: BigFigureProps) => {
  const { value, unit, places = 0, status } = props
  return (
    <div class="big">
      {value === undefined ? (
        <p class="bigfig bigfig--absent">{absentWords(props.absent)}</p>
      ) : (
        <p class="bigfig">
          {decimal(value, places)}
          {unit && <small>{unit}</small>}
        </p>
      )}
      <div>
        {props.children !== undefined && <p class="big__said">{props.children}</p>}
        {value !== undefined && (
          <>
            <div class="wide">
              <IntervalChart shown={props} axis={props} width={560} height={34} base head />
            </div>
            <div class="narrow">
              <IntervalChart shown={props} axis={props} width={280} height={34} base head />
            </div>
          </>
        )}
        {(status || props.comparison) && (
          <p>
            {status && <Status kind={status}>{props.statusText}</Status>}{' '}
            {props.comparison !== undefined && <span class="small">{props.comparison}</span>}
          </p>
        )}
      </div>
    </div>
  )
}

/** A cited number inside a sentence: gold underline, and a link to the figure's own page. */
export const FigureChip = ({
  href,
  line,
  stale,
  source,
  children,
}: {
  href: string
  /** Its line in the evidence list. */
  line?: number
  /** `was 62% in snapshot 11, now 58%` */
  stale?: string
  /** What print adds after the number: `35 of 60, snapshot 14`. */
  source?: string
  children: Content
}) => (
  <>
    <a class={stale ? 'chip chip--stale' : 'chip'} href={href} data-source={source}>
      {children}
      {line !== undefined && <sup>{line}</sup>}
    </a>
    {stale && <span class="chip__was">{stale}</span>}
  </>
)
