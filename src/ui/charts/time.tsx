import { curveStepAfter, line } from 'd3-shape'
import { decimal } from '../../kernel/numbers.ts'
import type { Shown } from '../shown.ts'
import { ink, px } from './ink.ts'
import { type Scale, spread, ticksOf, tickWords } from './scale.ts'

export interface TimePoint extends Pick<Shown, 'value' | 'low' | 'high'> {
  /** `snapshot 14`, `Spring 2026` */
  readonly name: string
  /** For narrow screens: `14`, `Spr`. */
  readonly short?: string
  /** The national figure and the trust's at that time. */
  readonly national?: number
  readonly trust?: number
}

export interface TimeChartProps {
  readonly points: readonly TimePoint[]
  readonly domain: readonly [number, number]
  readonly unit?: string
  readonly places?: number
  /** One national figure for the whole chart; or give each point its own. */
  readonly national?: number
  readonly nationalName?: string
  readonly trustName?: string
  /** A sentence; without it the chart is hidden from screen readers, as its table holds the same. */
  readonly label?: string
  readonly width?: number
  readonly height?: number
  /** `steps`: one number that is corrected. `lines`: one that is measured again. */
  readonly join: 'steps' | 'lines'
}

const margin = { top: 16, bottom: 28, left: 46, right: 84 }

const frame = ({
  points,
  domain: [low, high],
  width = 560,
  height = 170,
}: TimeChartProps): { x: Scale; y: Scale; right: number } => {
  const right = width < 400 ? 64 : margin.right
  const inside = width - margin.left - right
  return {
    x: (at) =>
      points.length < 2
        ? margin.left + inside / 2
        : margin.left + 12 + ((inside - 12) * at) / (points.length - 1),
    y: (value) =>
      height - margin.bottom - ((height - margin.top - margin.bottom) * (value - low)) / (high - low),
    right: width - right,
  }
}

const pathOf = (values: readonly (number | undefined)[], x: Scale, y: Scale, steps: boolean): string => {
  const draw = line<number | undefined>()
    .defined((value) => value !== undefined)
    .x((_, at) => x(at))
    .y((value) => y(value ?? 0))
    .digits(2)
  return (steps ? draw.curve(curveStepAfter) : draw)([...values]) ?? ''
}

const TimeChart = (props: TimeChartProps) => {
  const { points, unit = '', places = 0, width = 560, height = 170, join } = props
  const { x, y, right } = frame(props)
  const ticks = ticksOf(props.domain, 3)
  const words = tickWords(ticks, unit)
  const steps = join === 'steps'
  const nationals = points.map((point) => point.national ?? props.national)
  const trusts = points.map((point) => point.trust)
  const one = new Set(nationals.filter((value) => value !== undefined)).size === 1
  const ends = [
    {
      words: `${props.nationalName ?? 'national'}`,
      value: nationals.findLast((value) => value !== undefined),
      fill: ink.national,
      weight: 400,
    },
    {
      words: `${props.trustName ?? 'trust'}`,
      value: trusts.findLast((value) => value !== undefined),
      fill: ink.trust,
      weight: 600,
    },
  ].filter((end): end is typeof end & { value: number } => end.value !== undefined)
  const places_ = spread(
    ends.map((end) => y(end.value)),
    15,
    8,
    height - margin.bottom,
  )
  const each = points.length < 2 ? width : x(1) - x(0)
  const step = Math.max(1, Math.ceil((width < 400 ? 44 : 84) / each))
  const last = points.length - 1
  return (
    <svg
      width={width}
      height={height}
      role={props.label ? 'img' : undefined}
      aria-label={props.label}
      aria-hidden={props.label ? undefined : 'true'}
    >
      <path
        d={ticks.map((tick) => `M${margin.left - 6},${px(y(tick))}H${right}`).join('')}
        stroke={ink.rule}
        stroke-width=".75"
      />
      <g font-size="12" fill={ink.quiet}>
        {ticks.map((tick, at) => (
          <text x="0" y={px(y(tick))} dy=".32em">
            {words[at]}
          </text>
        ))}
      </g>
      {one ? (
        <path
          d={`M${px(x(0))},${px(y(nationals.find((value) => value !== undefined) ?? 0))}H${right}`}
          stroke={ink.national}
          stroke-dasharray="3,3"
        />
      ) : (
        <path d={pathOf(nationals, x, y, false)} stroke={ink.national} stroke-dasharray="3,3" fill="none" />
      )}
      <path d={pathOf(trusts, x, y, false)} stroke={ink.trust} stroke-width="1.25" fill="none" />
      <path
        d={pathOf(
          points.map((point) => point.value),
          x,
          y,
          steps,
        )}
        stroke={ink.data}
        stroke-width={steps ? 1 : 2}
        stroke-opacity={steps ? 0.6 : 1}
        fill="none"
      />
      <path
        d={points
          .map(({ low, high }, at) =>
            low === undefined || high === undefined ? '' : `M${px(x(at))},${px(y(low))}V${px(y(high))}`,
          )
          .join('')}
        stroke={ink.data}
        stroke-width="1.5"
      />
      {points.map(({ value }, at) =>
        value === undefined ? null : (
          <>
            <circle cx={px(x(at))} cy={px(y(value))} r="5" fill={ink.data} stroke={ink.paper} />
            <text
              x={px(x(at) + (at === last ? -9 : 9))}
              y={px(y(value) - 10)}
              text-anchor={at === last ? 'end' : 'start'}
              font-size="14"
              font-weight="600"
              fill={ink.ink}
              paint-order="stroke"
              stroke={ink.paper}
              stroke-width="4"
              stroke-linejoin="round"
            >
              {decimal(value, places)}
              {unit}
            </text>
          </>
        ),
      )}
      {ends.map((end, at) => (
        <text
          x={right + 6}
          y={px(places_[at] ?? 0)}
          dy=".32em"
          font-size="12"
          font-weight={end.weight}
          fill={end.fill}
        >
          {end.words} {decimal(end.value, places)}
        </text>
      ))}
      <g font-size="12" fill={ink.quiet} text-anchor="middle">
        {points.map(
          ({ name, short }, at) =>
            (at === last || (at % step === 0 && last - at >= step)) && (
              <text x={px(x(at))} y={height - 6}>
                {width < 400 ? (short ?? name.replace(/\D+/g, '')) : name}
              </text>
            ),
        )}
      </g>
    </svg>
  )
}

/** Drawn twice, for wide and narrow screens, as charts never scale. */
const Both = (props: TimeChartProps) => (
  <>
    <div class="wide">
      <TimeChart {...props} />
    </div>
    <div class="narrow">
      <TimeChart {...props} width={280} />
    </div>
  </>
)

/** The same figure in each snapshot: steps, with the interval of each. */
export const History = (props: Omit<TimeChartProps, 'join'>) => <Both {...props} join="steps" />

/** One measure over the drops or years, with the trust's and the national line. */
export const TrendChart = (props: Omit<TimeChartProps, 'join'>) => <Both {...props} join="lines" />

/** One chart at one size, for a picture file. */
export const TimePicture = TimeChart
