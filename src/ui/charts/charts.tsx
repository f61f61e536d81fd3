import { raw } from 'hono/html'
import type { Axis, Shown } from '../shown.ts'
import { type BarsProps, barsChart } from './bars.ts'
import { type FunnelProps, funnelChart } from './funnel.ts'
import { intervalChart, intervalHead } from './interval.ts'
import { type LinesProps, linesChart } from './lines.ts'
import { type StripProps, stripChart } from './strip.ts'
import { type TimeChartProps, timeChart } from './time.ts'

/** A value with its interval on its scale. */
export const IntervalChart = ({
  shown,
  axis,
  ...size
}: {
  shown: Shown
  axis: Axis
  width?: number
  height?: number
  base?: boolean
  head?: boolean
}) => raw(intervalChart(shown, axis, size))

export const IntervalHead = ({ axis, width }: { axis: Axis; width: number }) => raw(intervalHead(axis, width))

/** Counts or means as columns, one of them asked about. */
export const Bars = (props: BarsProps) => raw(barsChart(props))

/** Pupils as ticks on the assessment's own scale. */
export const Strip = (props: StripProps) => raw(stripChart(props))

/** Drawn twice, for wide and narrow screens, as charts never scale. */
const Both = (props: TimeChartProps) => (
  <>
    <div class="wide">{raw(timeChart(props))}</div>
    <div class="narrow">{raw(timeChart({ ...props, width: 280 }))}</div>
  </>
)

/** The same figure in each snapshot: steps, with the interval of each. */
export const History = (props: Omit<TimeChartProps, 'join'>) => <Both {...props} join="steps" />

/** One measure over the drops or years, with the trust's and the national line. */
export const TrendChart = (props: Omit<TimeChartProps, 'join'>) => <Both {...props} join="lines" />

/** One line a school against where its pupils started. */
export const LinesChart = (props: LinesProps) => (
  <>
    <div class="wide">{raw(linesChart(props))}</div>
    <div class="narrow">{raw(linesChart({ ...props, width: 280, height: 260 }))}</div>
  </>
)

/** Each unit's rate against its size, between the limits of chance. */
export const FunnelChart = (props: FunnelProps) => (
  <>
    <div class="wide">{raw(funnelChart(props))}</div>
    <div class="narrow">{raw(funnelChart({ ...props, width: 280, height: 300 }))}</div>
  </>
)
