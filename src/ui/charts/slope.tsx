import { line } from 'd3-shape'
import { decimal } from '../../kernel/numbers.ts'
import { ink, px } from './ink.ts'
import { type Scale, spread } from './scale.ts'

type Series = readonly (number | undefined)[]

export interface SlopeScale {
  readonly domain: readonly [number, number]
  readonly width: number
  readonly height: number
  readonly periods: readonly string[]
}

const margin = { top: 10, right: 40, bottom: 22, left: 5 }

const xOf =
  ({ width, periods }: SlopeScale): Scale =>
  (at) =>
    periods.length < 2
      ? margin.left
      : margin.left + ((width - margin.left - margin.right) * at) / (periods.length - 1)

const yOf =
  ({ height, domain: [low, high] }: SlopeScale): Scale =>
  (value) =>
    height - margin.bottom - ((height - margin.bottom - margin.top) * (value - low)) / (high - low)

/** The path of one school over the drops; broken where a drop has no number. */
export const slopePath = (values: Series, scale: SlopeScale): string => {
  const x = xOf(scale)
  const y = yOf(scale)
  return (
    line<number | undefined>()
      .defined((value) => value !== undefined)
      .x((_, at) => px(x(at)))
      .y((value) => px(y(value ?? 0)))
      .digits(2)([...values]) ?? ''
  )
}

/** The names under the panel that fit: always the first and the last. */
const named = (periods: readonly string[], width: number): readonly string[] => {
  const each = (width - margin.left - margin.right) / Math.max(1, periods.length - 1)
  const step = Math.max(1, Math.ceil(32 / each))
  const last = periods.length - 1
  return periods.map((period, at) =>
    at === last || (at % step === 0 && last - at >= step) || at === 0 ? period : '',
  )
}

/** One school over the drops: the others pale behind it, the trust solid, the national line dashed, its own line heavy. */
export const SlopeMarks = ({
  scale,
  own,
  trust,
  national,
  company,
  below = false,
  isTrust = false,
  places = 0,
  unit = '',
  nationalName = 'national',
  trustName = 'trust',
}: {
  scale: SlopeScale
  own: Series
  trust?: Series
  national?: number
  /** The id of the path of all the schools, drawn once in the first panel. */
  company?: string
  below?: boolean
  isTrust?: boolean
  places?: number
  unit?: string
  nationalName?: string
  trustName?: string
}) => {
  const x = xOf(scale)
  const y = yOf(scale)
  const right = scale.width - margin.right
  const colour = isTrust ? ink.trust : below ? ink.below : ink.data
  const points = own.flatMap((value, at) => (value === undefined ? [] : [{ at, value }]))
  const last = points.at(-1)
  const nationalAt = national === undefined ? undefined : y(national)
  const trustAt = points[0] === undefined ? undefined : y(points[0].value)
  const above = nationalAt !== undefined && trustAt !== undefined ? nationalAt <= trustAt : true
  const [nationalY = 0, trustY = 0] = spread(
    [(nationalAt ?? 0) + (above ? -9 : 11), (trustAt ?? 0) + (above ? 12 : -10)],
    14,
    6,
    scale.height - margin.bottom - 2,
  )
  const halo = { 'paint-order': 'stroke', stroke: ink.paper, 'stroke-width': 4, 'stroke-linejoin': 'round' }
  return (
    <>
      {company && <use href={`#${company}`} />}
      {nationalAt !== undefined && (
        <path
          d={`M${margin.left},${px(nationalAt)}H${right}`}
          stroke={ink.national}
          stroke-dasharray="3,3"
          fill="none"
        />
      )}
      {trust && !isTrust && (
        <path d={slopePath(trust, scale)} stroke={ink.trust} stroke-width="1.25" fill="none" />
      )}
      <path
        d={slopePath(own, scale)}
        stroke={colour}
        stroke-width={isTrust ? 1.25 : 2}
        stroke-linejoin="round"
        fill="none"
      />
      {isTrust && nationalAt !== undefined && (
        <text x={margin.left} y={px(nationalY)} dy=".32em" font-size="11.5" fill={ink.national} {...halo}>
          {nationalName} {decimal(national ?? 0, places)}
        </text>
      )}
      {isTrust && trustAt !== undefined && (
        <text
          x={margin.left}
          y={px(trustY)}
          dy=".32em"
          font-size="11.5"
          font-weight="600"
          fill={ink.trust}
          {...halo}
        >
          {trustName}
        </text>
      )}
      {points.map(({ at, value }) => (
        <circle
          cx={px(x(at))}
          cy={px(y(value))}
          r={at === last?.at ? 4 : 2.25}
          fill={colour}
          stroke={ink.paper}
        />
      ))}
      {last && (
        <text
          x={px(x(last.at) + 8)}
          y={px(y(last.value))}
          dy=".32em"
          font-size="13"
          font-weight="600"
          fill={ink.ink}
        >
          {decimal(last.value, places)}
          {unit}
        </text>
      )}
      <g font-size="11.5" fill={ink.quiet} text-anchor="middle">
        {named(scale.periods, scale.width).map(
          (period, at) =>
            period !== '' && (
              <text
                x={px(x(at))}
                y={scale.height - 4}
                text-anchor={at === 0 ? 'start' : at === scale.periods.length - 1 ? 'end' : 'middle'}
                dx={at === 0 ? -4 : at === scale.periods.length - 1 ? 8 : 0}
              >
                {period}
              </text>
            ),
        )}
      </g>
    </>
  )
}
