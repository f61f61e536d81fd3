import { decimal } from '../../kernel/numbers.ts'
import type { Axis, Shown } from '../shown.ts'
import { colourOf, ink, px, widthOf } from './ink.ts'
import { across, apart, clamp, ticksOf, tickWords } from './scale.ts'

/** Where the national and the trust line stand, in pixels; undefined where there is none or it lies off the scale. */
function linesAt(axis: Axis, width: number): { national?: number; trust?: number } {
  const x = across(axis.domain, width)
  const inside = (value: number | undefined) =>
    value !== undefined && value >= axis.domain[0] && value <= axis.domain[1] ? x(value) : undefined
  const national = inside(axis.national)
  const trust = inside(axis.trust)
  if (national === undefined || trust === undefined) return { national, trust }
  const [first, second] = apart(national, trust)
  return { national: first, trust: second }
}

const Lines = ({
  axis,
  width,
  y1,
  y2,
  trustY1 = y1,
}: {
  axis: Axis
  width: number
  y1: number
  y2: number
  trustY1?: number
}) => {
  const { national, trust } = linesAt(axis, width)
  return (
    <>
      {national !== undefined && (
        <path d={`M${px(national)},${y1}V${y2}`} stroke={ink.national} stroke-dasharray="3,3" fill="none" />
      )}
      {trust !== undefined && <path d={`M${px(trust)},${trustY1}V${y2}`} stroke={ink.trust} fill="none" />}
    </>
  )
}

/** One value with its interval, and the two lines that run unbroken down a column. */
export const IntervalMarks = ({
  shown,
  axis,
  width,
  height,
  base = false,
}: {
  shown: Shown
  axis: Axis
  width: number
  height: number
  base?: boolean
}) => {
  const x = across(axis.domain, width)
  const [start, end] = axis.domain
  const middle = height / 2
  const colour = colourOf(shown.status)
  const { value, low, high } = shown
  return (
    <>
      {base && (
        <>
          <path d={`M${px(x(start))},${middle}H${px(x(end))}`} stroke={ink.rule} fill="none" />
          <path
            d={`M${px(x(start))},${middle - 4}v8M${px(x(end))},${middle - 4}v8`}
            stroke={ink.tick}
            fill="none"
          />
        </>
      )}
      <Lines axis={axis} width={width} y1={0} y2={height} />
      {low !== undefined && high !== undefined && high >= start && low <= end && (
        <path
          d={`M${px(x(clamp(low, axis.domain)))},${middle}H${px(x(clamp(high, axis.domain)))}`}
          stroke={colour}
          stroke-width="2"
          fill="none"
        />
      )}
      {value !== undefined &&
        (value >= start && value <= end ? (
          <circle cx={px(x(value))} cy={middle} r="4.5" fill={colour} stroke={ink.paper} />
        ) : (
          <path
            d={value < start ? `M0,${middle}l7,-4.5v9z` : `M${width},${middle}l-7,-4.5v9z`}
            fill={colour}
            stroke={ink.paper}
          />
        ))}
    </>
  )
}

const headHeight = 46

/** On which side of its line a label stands: away from the other line, unless there is no room. */
function side(
  at: number,
  words: string,
  other: number | undefined,
  width: number,
  left: boolean,
): 'start' | 'end' {
  const away =
    other === undefined ? (left ? 'end' : 'start') : at < other || (at === other && left) ? 'end' : 'start'
  const room = widthOf(words) + 4
  if (away === 'end' && at - room < -6) return 'start'
  if (away === 'start' && at + room > width + 34) return 'end'
  return away
}

/**
 * The head of a column: ticks of the scale, then the names of the two lines on the lines. Each name has its own row,
 * national above trust, so that they can neither collide nor change places when the lines nearly meet.
 */
export const IntervalHeadMarks = ({ axis, width }: { axis: Axis; width: number }) => {
  const x = across(axis.domain, width)
  const ticks = axis.ticks ?? ticksOf(axis.domain, width < 160 ? 4 : 6)
  const words = tickWords(ticks, axis.unit === '%' && width > 300 ? '%' : '')
  const { national, trust } = linesAt(axis, width)
  const nationalWords = `${axis.nationalName ?? 'national'} ${decimal(axis.national ?? 0, axis.places)}`
  const trustWords = `${axis.trustName ?? 'trust'} ${decimal(axis.trust ?? 0, axis.places)}`
  const nationalSide = national === undefined ? 'end' : side(national, nationalWords, trust, width, true)
  const trustSide = trust === undefined ? 'start' : side(trust, trustWords, national, width, false)
  const halo = { 'paint-order': 'stroke', stroke: ink.paper, 'stroke-width': 4, 'stroke-linejoin': 'round' }
  return (
    <>
      <g font-size="11.5" fill={ink.quiet} text-anchor="middle">
        {ticks.map((tick, at) => (
          <text x={px(x(tick))} y="10">
            {words[at]}
          </text>
        ))}
      </g>
      <Lines axis={axis} width={width} y1={17} trustY1={31} y2={headHeight} />
      {national !== undefined && (
        <text
          x={px(national + (nationalSide === 'end' ? -4 : 4))}
          y="25"
          font-size="12"
          text-anchor={nationalSide}
          fill={ink.national}
          {...halo}
        >
          {nationalWords}
        </text>
      )}
      {trust !== undefined && (
        <text
          x={px(trust + (trustSide === 'end' ? -4 : 4))}
          y="40"
          font-size="12"
          font-weight="600"
          text-anchor={trustSide}
          fill={ink.trust}
          {...halo}
        >
          {trustWords}
        </text>
      )}
    </>
  )
}

export const IntervalHead = ({ axis, width = 136 }: { axis: Axis; width?: number }) => (
  <svg aria-hidden="true" width={width} height={headHeight}>
    <IntervalHeadMarks axis={axis} width={width} />
  </svg>
)

/** A value on its scale. With `head`, its scale and the names of its lines stand above it. */
export const IntervalChart = ({
  shown,
  axis,
  width = 136,
  height = 28,
  base = false,
  head = false,
}: {
  shown: Shown
  axis: Axis
  width?: number
  height?: number
  base?: boolean
  head?: boolean
}) => (
  <svg aria-hidden="true" width={width} height={head ? height + headHeight : height}>
    {head ? (
      <>
        <IntervalHeadMarks axis={axis} width={width} />
        <g transform={`translate(0,${headHeight})`}>
          <IntervalMarks shown={shown} axis={axis} width={width} height={height} base={base} />
        </g>
      </>
    ) : (
      <IntervalMarks shown={shown} axis={axis} width={width} height={height} base={base} />
    )}
  </svg>
)
