import { TrendChart } from '../../../../ui/index.ts'
import { gridGrades } from '../../benchmarks/transitions.ts'

type Curve = readonly { readonly orAbove: number }[]

/** The share at each grade or above, with England's: both end at all pupils. */
export const GradeCurve = ({ curve, england }: { curve: Curve; england?: Curve }) => (
  <TrendChart
    points={curve.map(({ orAbove }, at) => ({
      name: gridGrades[at]!,
      value: orAbove,
      ...(england ? { national: england[at]!.orAbove } : {}),
    }))}
    domain={[0, 100]}
    unit="%"
    nationalName="England"
    width={620}
    height={220}
  />
)
