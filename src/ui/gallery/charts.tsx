import { Bars, FunnelChart, History, LinesChart, Strip, TrendChart } from '../charts/charts.tsx'
import { BigFigure, FigureBlock, Figures } from '../parts/figure-block.tsx'
import type { Axis, Shown } from '../shown.ts'
import { Caterpillar } from '../tables/caterpillar.tsx'
import { GapPanels } from '../tables/gap-panels.tsx'
import { GapTable } from '../tables/gap-table.tsx'
import { MultiTable } from '../tables/multi-table.tsx'
import { SlopePanels } from '../tables/slope-panels.tsx'
import { fortyPanels, fortySchools, hardNames, pupils, schools, share } from './edge-data.ts'
import type { Entry } from './gallery.tsx'

const percent = (name: string, national?: number, trust?: number) =>
  ({ name, domain: [20, 100], ticks: [20, 40, 60, 80, 100], national, trust }) as const
const reading = percent('Reading', 75, 74)
const writing = percent('Writing', 72, 71)
const whole: Axis = { domain: [0, 100], unit: '%', national: 75, trust: 74 }
const cells: readonly (readonly Shown[])[] = [
  [share(35, 60, { status: 'below', href: '#' }), share(38, 60)],
  [share(33, 45), { absent: 'not collected' }],
  [share(23, 29), share(21, 29)],
  [share(70, 88), share(66, 88)],
  [share(47, 58, { status: 'better' }), share(42, 58)],
]
const rows = schools.map((name, at) => ({ name, href: '#', cells: cells[at] ?? [] }))
const drops = ['Aut', 'Spr', 'Sum']
const slopes = {
  unitWords: 'percent of pupils',
  unit: '%',
  periods: drops,
  trust: [70, 72, 74],
  national: 75,
} as const
const points = [
  { name: 'snapshot 11', value: 62, low: 49, high: 73 },
  { name: 'snapshot 12', value: 60, low: 47, high: 71 },
  { name: 'snapshot 14', value: 58, low: 46, high: 70 },
]

export const charts: readonly Entry[] = [
  {
    id: 'multi-table',
    name: 'Interval chart: five schools',
    draw: () => (
      <MultiTable
        caption="Reading and writing"
        head="Primary, Year 6"
        columns={[
          reading,
          writing,
          percent('Lines that nearly meet', 62, 62.4),
          percent('Low lines', 24, 22),
        ]}
        rows={rows.map((row) => ({ ...row, cells: [...row.cells, share(31, 60), share(9, 41)] }))}
      />
    ),
  },
  {
    id: 'multi-table-none',
    name: 'Interval chart: no school',
    draw: () => (
      <MultiTable caption="No school" head="Primary, Year 6" columns={[reading, writing]} rows={[]} />
    ),
  },
  {
    id: 'multi-table-one',
    name: 'Interval chart: one school, one measure',
    draw: () => (
      <MultiTable caption="One school" head="Primary, Year 6" columns={[reading]} rows={rows.slice(0, 1)} />
    ),
  },
  {
    id: 'multi-table-absent',
    name: 'Interval chart: every absence, and a sentence',
    draw: () => (
      <MultiTable
        caption="Absences"
        head="Every absence"
        columns={[reading, writing]}
        rows={[
          { name: 'Saltmarsh', cells: [{ absent: 'suppressed' }, { absent: 'too few' }] },
          { name: 'Gull Rock', cells: [{ absent: 'not published' }, { absent: 'not applicable' }] },
          { name: 'Northquay', cells: [{ absent: 'not collected: no writing' }, { absent: 'not produced' }] },
          { name: 'Larkfield', cells: 'Not applicable: pupils are assessed against their own next steps.' },
        ]}
      />
    ),
  },
  {
    id: 'multi-table-forty',
    name: 'Interval chart: forty schools, numbers below zero',
    draw: () => (
      <MultiTable
        caption="Forty schools"
        head="All schools"
        columns={[
          {
            name: 'London Reading Test',
            domain: [-1.5, 1.5],
            places: 2,
            national: 0,
            trust: 0.1,
            nationalName: 'all pupils',
          },
          { name: 'Normalised examination score', domain: [-1.5, 1.5], places: 2, trust: 0.2 },
        ]}
        rows={fortySchools}
      />
    ),
  },
  {
    id: 'multi-table-names',
    name: 'Interval chart: long names, right to left, off the scale',
    draw: () => (
      <MultiTable
        caption="Hard names"
        head="Primary, Year 6"
        columns={[reading, writing]}
        rows={hardNames.map((name, at) => ({
          name,
          href: '#',
          cells: [share(at * 10, 61), share(60 - at, 61)],
        }))}
      />
    ),
  },
  {
    id: 'slopes',
    name: 'Slope panels: five schools',
    draw: () => (
      <SlopePanels
        {...slopes}
        id="g-slopes"
        title="Reading, Year 6"
        panels={schools.map((name, at) => ({
          name,
          href: '#',
          values:
            [
              [66, 62, 58],
              [67, 71, 73],
              [72, 76, 79],
              [74, 77, 80],
              [70, 76, 81],
            ][at] ?? [],
          below: at === 0,
        }))}
      />
    ),
  },
  {
    id: 'slopes-one',
    name: 'Slope panels: one school, one drop',
    draw: () => (
      <SlopePanels
        {...slopes}
        id="g-slopes-one"
        title="Reading, Year 6"
        periods={['Spr']}
        trust={[72]}
        panels={[{ name: 'Saltmarsh', values: [62] }]}
      />
    ),
  },
  {
    id: 'slopes-absent',
    name: 'Slope panels: drops without a number',
    draw: () => (
      <SlopePanels
        {...slopes}
        id="g-slopes-absent"
        title="Writing, Year 6"
        panels={[
          { name: 'Saltmarsh', values: [61, undefined, 66] },
          { name: 'Gull Rock', values: [undefined, undefined, undefined], absent: 'not collected' },
          { name: hardNames[0], values: [70, 71, undefined] },
        ]}
      />
    ),
  },
  {
    id: 'slopes-forty',
    name: 'Slope panels: forty schools, six drops',
    draw: () => (
      <SlopePanels
        id="g-slopes-forty"
        title="London Reading Test"
        unitWords="mean z-score"
        places={2}
        periods={['Aut 24', 'Spr 25', 'Sum 25', 'Aut 25', 'Spr 26', 'Sum 26']}
        trust={[0.01, 0.02, 0.05, 0.04, 0.08, 0.1]}
        national={0}
        panels={fortyPanels}
      />
    ),
  },
  {
    id: 'gaps',
    name: 'Gaps',
    draw: () => (
      <GapTable
        caption="Gaps in reading"
        rows={[
          {
            name: 'Disadvantaged',
            gap: { value: -31, low: -52, high: -5, status: 'below' },
            group: '8 of 21',
            others: '27 of 39',
          },
          {
            name: 'English as an additional language',
            href: '#',
            gap: { value: 14, low: -16, high: 37 },
            group: '9 of 13',
            others: '26 of 47',
          },
          {
            name: 'Joined this year',
            gap: { value: -9, low: -43, high: 25, status: 'unsure' },
            group: '3 of 6',
            others: '32 of 54',
          },
          { name: 'Looked after', gap: { absent: 'too few to show: fewer than 6 pupils' } },
        ]}
      />
    ),
  },
  {
    id: 'gaps-none',
    name: 'Gaps: none can be shown, in a measure of points',
    draw: () => (
      <GapTable
        caption="No gaps"
        places={1}
        rows={[
          { name: 'Looked after', gap: { absent: 'suppressed' } },
          { name: hardNames[0], gap: { absent: 'too few' } },
        ]}
      />
    ),
  },
  {
    id: 'figures',
    name: 'Figure blocks',
    draw: () => (
      <Figures>
        <FigureBlock name="Reading, Year 6" href="#" {...share(35, 60)} {...whole} status="below" />
        <FigureBlock name="Mathematics, Year 6" {...share(41, 60)} {...whole} status="expected" />
        <FigureBlock
          name="Average scaled score"
          value={102.4}
          low={100.9}
          high={103.9}
          n={60}
          of={60}
          places={1}
          domain={[80, 120]}
          national={106}
          scaleWords="scale 80 to 120"
          status="better"
        />
        <FigureBlock
          name="Attendance"
          value={92.1}
          n={65404}
          of={71012}
          things="sessions"
          unit="%"
          places={1}
          domain={[80, 100]}
          national={93.1}
          status="below"
          statusText="Below national"
          scaleWords="scale 80 to 100"
        />
        <FigureBlock name="Progress 8" {...whole} absent="not produced" />
        <FigureBlock name="Looked after" {...whole} absent="suppressed" status="unsure" />
      </Figures>
    ),
  },
  {
    id: 'big-figure',
    name: 'A figure at the head of its page',
    draw: () => (
      <>
        <BigFigure
          {...share(35, 60, { status: 'below' })}
          {...whole}
          comparison="for a school with this intake"
        >
          <b>35 of 60</b> pupils. With a year group this small the true rate could be <b>46 to 70</b>.
        </BigFigure>
        <BigFigure {...whole} absent="suppressed">
          Fewer than 6 pupils: shown inside the school only.
        </BigFigure>
      </>
    ),
  },
  {
    id: 'bars',
    name: 'Columns with what is usual: a few, forty schools, none',
    draw: () => (
      <>
        <p>
          <Bars
            bars={[
              { label: '99', value: 3, usual: 8 },
              { label: '100', value: 19, usual: 9, here: true },
              { label: '101', value: 8, usual: 9 },
            ]}
            label="19 have 100, where 9 would be usual"
          />
        </p>
        <p>
          <Bars
            bars={Array.from({ length: 40 }, (_, at) => ({
              label: `School ${at + 1}`,
              value: at === 7 ? 9 : ((at * 7) % 5) - 2,
              usual: 0.4,
              here: at === 7,
            }))}
            label="School 8 rose by 9, where 0.4 was usual"
          />
        </p>
        <p>
          <Bars bars={[]} label="None" />
        </p>
      </>
    ),
  },
  {
    id: 'strip',
    name: 'Strip plots: a class, one pupil, nobody',
    draw: () => (
      <>
        <p>
          <Strip
            pupils={pupils}
            domain={[80, 120]}
            range={[98, 103]}
            standard={100}
            mean={96.2}
            below
            label="27 pupils, mean 96.2"
          />
        </p>
        <p>
          <Strip pupils={[81]} domain={[80, 120]} mean={81} range={[80, 84]} label="One pupil, at 81" />
        </p>
        <p>
          <Strip pupils={[]} domain={[-2, 2]} label="Nobody yet" />
        </p>
      </>
    ),
  },
  {
    id: 'caterpillar',
    name: 'Effects in their order: three, forty, none',
    draw: () => (
      <>
        {[3, 40, 0].map((many) => (
          <Caterpillar
            caption={`Effects of ${many}`}
            head="School"
            places={2}
            rows={Array.from({ length: many }, (_, at) => {
              const value = 0.4 - (0.8 * at) / Math.max(1, many - 1)
              const status = value > 0.3 ? 'better' : value < -0.3 ? 'below' : 'expected'
              return {
                name: `School ${at + 1}`,
                href: '#',
                effect: { value, low: value - 0.3, high: value + 0.3, status },
                pupils: 60,
                rank: `${at + 1}, likely 1 to ${many}`,
              }
            })}
          />
        ))}
      </>
    ),
  },
  {
    id: 'lines',
    name: 'A line a school: seven that nearly meet, one',
    draw: () => (
      <>
        {[7, 1].map((many) => (
          <LinesChart
            xName="Prior attainment"
            yName="points"
            common={{ name: 'the trust', from: [80, 0], to: [120, 0] }}
            lines={Array.from({ length: many }, (_, at) => ({
              name: `School ${at + 1}`,
              from: [82 + at, 0.2 - at * 0.05] as const,
              to: [118 - at, 0.1] as const,
            }))}
            label={`${many} lines`}
          />
        ))}
      </>
    ),
  },
  {
    id: 'funnel',
    name: 'Funnels: one, forty',
    draw: () => (
      <>
        {[1, 40].map((many) => (
          <FunnelChart
            xName="Pupils"
            yName="percent of pupils"
            unit="%"
            target={15}
            targetName="all together"
            dots={Array.from({ length: many }, (_, at) => ({
              name: `School ${at + 1}`,
              size: 60 + at * 30,
              value: 15 + ((at * 7) % 11) - 5,
              status: at % 9 === 0 ? 'below' : 'expected',
              ringed: at % 18 === 0,
            }))}
            edges={Array.from({ length: 30 }, (_, at) => {
              const size = 40 + at * 45
              const reach = 357 / Math.sqrt(size)
              return {
                size,
                low95: 15 - 0.196 * reach,
                high95: 15 + 0.196 * reach,
                low998: 15 - 0.309 * reach,
                high998: 15 + 0.309 * reach,
              }
            })}
            label={`${many} schools`}
          />
        ))}
      </>
    ),
  },
  {
    id: 'gap-panels',
    name: 'Gaps in small multiples: some, too few, none',
    draw: () => (
      <>
        <GapPanels
          head="School"
          panels={['Disadvantaged', 'Boys'].map((name) => ({
            name,
            rows: [
              { name: 'Saltmarsh', href: '#', gap: { value: -22, low: -40, high: -3, status: 'below' } },
              { name: 'Gull Rock', gap: { value: 4, low: -12, high: 20 } },
              { name: 'Northquay', gap: { absent: 'too few' } },
            ],
          }))}
        />
        <GapPanels head="School" panels={[]} />
      </>
    ),
  },
  {
    id: 'history',
    name: 'The same figure in each snapshot',
    draw: () => (
      <History
        domain={[40, 80]}
        unit="%"
        national={75}
        points={points}
        label="The figure in snapshots 11 to 14"
      />
    ),
  },
  {
    id: 'history-one',
    name: 'In one snapshot only',
    draw: () => (
      <History domain={[40, 80]} unit="%" points={points.slice(0, 1)} label="The figure in snapshot 11" />
    ),
  },
  {
    id: 'trend',
    name: 'Trend over ten drops, with one missing',
    draw: () => (
      <TrendChart
        domain={[85, 97]}
        unit="%"
        places={1}
        points={Array.from({ length: 10 }, (_, at) => ({
          name: `Drop ${at + 1}`,
          short: String(at + 1),
          value: at === 5 ? undefined : 93 - at * 0.3,
          low: at === 5 ? undefined : 92.4 - at * 0.3,
          high: at === 5 ? undefined : 93.6 - at * 0.3,
          national: at < 5 ? 93.3 : 93.1,
          trust: 93 + at * 0.05,
        }))}
        label="Attendance over ten drops"
      />
    ),
  },
]
