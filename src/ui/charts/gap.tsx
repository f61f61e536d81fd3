import { signed } from '../../kernel/numbers.ts'
import type { Shown } from '../shown.ts'
import { colourOf, ink, px } from './ink.ts'
import { across, clamp, ticksOf } from './scale.ts'

/** A gap between two groups: dot and interval about a black line of no gap; left of it is behind. */
export const GapMarks = ({
  shown,
  domain,
  width,
  height = 30,
}: {
  shown: Shown
  domain: readonly [number, number]
  width: number
  height?: number
}) => {
  const x = across(domain, width)
  const middle = height / 2
  const { value, low, high } = shown
  const colour = colourOf(shown.status)
  return (
    <>
      <path d={`M${px(x(0))},0V${height}`} stroke={ink.ink} />
      {value !== undefined && (
        <>
          {low !== undefined && high !== undefined && (
            <path
              d={`M${px(x(clamp(low, domain)))},${middle}H${px(x(clamp(high, domain)))}`}
              stroke={colour}
              stroke-width="2"
            />
          )}
          <circle cx={px(x(clamp(value, domain)))} cy={middle} r="4.5" fill={colour} stroke={ink.paper} />
        </>
      )}
    </>
  )
}

export const GapHeadMarks = ({
  domain,
  width,
  places = 0,
}: {
  domain: readonly [number, number]
  width: number
  places?: number
}) => {
  const x = across(domain, width)
  const ticks = ticksOf(domain, 4).filter((tick) => x(tick) > 12 && x(tick) < width - 12)
  return (
    <g font-size="11.5" fill={ink.quiet} text-anchor="middle">
      {ticks.map((tick) => (
        <text x={px(x(tick))} y="13">
          {tick === 0 ? 'no gap' : signed(tick, Math.abs(tick) < 1 ? Math.max(1, places) : 0)}
        </text>
      ))}
    </g>
  )
}
