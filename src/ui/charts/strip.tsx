import { ink, px, widthOf } from './ink.ts'
import { across, ticksOf, tickWords } from './scale.ts'

export interface StripProps {
  /** The score of each pupil, on the assessment's own scale. */
  readonly pupils: readonly number[]
  readonly domain: readonly [number, number]
  readonly ticks?: readonly number[]
  /** Where the mean of pupils like them usually is. */
  readonly range?: readonly [number, number]
  readonly rangeName?: string
  readonly standard?: number
  readonly mean?: number
  /** `mean 96` */
  readonly meanName?: string
  readonly below?: boolean
  readonly width?: number
  /** A sentence, when no table beside it holds the same. */
  readonly label?: string
}

const height = 58

/** Pupils as ticks on the scale of the assessment, with the range in which the mean of pupils like them usually is. */
export const Strip = (props: StripProps) => {
  const { pupils, domain, range, standard, mean, width = 280 } = props
  const x = across(domain, width, 2)
  const y = (share: number): number => px(height * (1 - share))
  const ticks = props.ticks ?? ticksOf(domain, 5)
  const words = tickWords(ticks)
  const meanName = props.meanName ?? (mean === undefined ? '' : `mean ${Math.round(mean * 10) / 10}`)
  const half = widthOf(meanName) / 2
  const meanX = mean === undefined ? 0 : Math.min(Math.max(x(mean), half), width - half)
  const free = (at: number): boolean => mean === undefined || Math.abs(x(at) - meanX) > half + 14
  return (
    <svg
      width={width}
      height={height}
      role={props.label ? 'img' : undefined}
      aria-label={props.label}
      aria-hidden={props.label ? undefined : 'true'}
    >
      {range && (
        <>
          <rect
            x={px(x(range[0]))}
            y={y(0.74)}
            width={px(x(range[1]) - x(range[0]))}
            height={y(0.32) - y(0.74)}
            fill={ink.range}
          />
          <path
            d={`M${px(x(range[0]))},${y(0.74)}V${y(0.32)}M${px(x(range[1]))},${y(0.74)}V${y(0.32)}`}
            stroke={ink.tick}
            stroke-width=".5"
          />
          <text
            x={px((x(range[0]) + x(range[1])) / 2)}
            y={y(0.82)}
            text-anchor="middle"
            font-size="12"
            fill={ink.quiet}
          >
            {props.rangeName ?? 'expected mean'}
          </text>
        </>
      )}
      {standard !== undefined && <path d={`M${px(x(standard))},${y(0.74)}V${y(0.32)}`} stroke={ink.tick} />}
      <path
        d={pupils.map((pupil) => `M${px(x(pupil))},${y(0.64)}V${y(0.42)}`).join('')}
        stroke={ink.ink}
        stroke-width="1.5"
        stroke-opacity={pupils.length > 60 ? 0.5 : 0.85}
      />
      <path d={`M${px(x(domain[0]))},${y(0.32)}H${px(x(domain[1]))}`} stroke={ink.tick} />
      {mean !== undefined && (
        <path
          d={`M${px(x(mean))},${y(0.25)}V${y(0.74)}`}
          stroke={props.below ? ink.below : ink.data}
          stroke-width="2.5"
        />
      )}
      <g font-size="11.5" fill={ink.quiet} text-anchor="middle">
        {ticks.map(
          (tick, at) =>
            free(tick) && (
              <text x={px(x(tick))} y={y(0.06)}>
                {words[at]}
              </text>
            ),
        )}
      </g>
      {mean !== undefined && (
        <text
          x={px(meanX)}
          y={y(0.06)}
          text-anchor="middle"
          font-size="12"
          font-weight="600"
          fill={props.below ? ink.below : ink.data}
        >
          {meanName}
        </text>
      )}
    </svg>
  )
}
