import { dayName } from '../../../kernel/days.ts'
import { yearGroupName, yearGroupOrder } from '../../../kernel/year-group.ts'
import { Facts } from '../../../ui/index.ts'
import type { Drop } from '../drops/domain/drop.ts'
import { listed } from '../drops/domain/sentences.ts'
import type { Asked } from '../drops/queries/assessments.ts'

/** `Years 3 to 6`, `Reception and Year 2` */
function yearGroupsName(years: readonly string[]): string {
  const sorted = [...years].sort((a, b) => yearGroupOrder(a) - yearGroupOrder(b))
  const run = sorted.every((year, at) => at === 0 || Number(year) === Number(sorted[at - 1]) + 1)
  if (sorted.length > 2 && run) return `Years ${sorted[0]} to ${sorted.at(-1)}`
  return listed(sorted.map(yearGroupName), 20)
}

/** What a drop asks of whom, at what cost, for which decision. */
export const AskedFor = ({ drop, asked }: { drop: Drop; asked: readonly Asked[] }) => {
  const byAssessment = Map.groupBy(asked, (one) => one.assessment.name)
  return (
    <Facts
      items={[
        ...[...byAssessment].map(([name, ones]) => ({
          name,
          value: `${yearGroupsName(ones.map((one) => one.yearGroup))}: ${scaleWords(ones[0]!)}`,
        })),
        { name: 'Pupils counted', value: `on roll on ${dayName(drop.asAt)}` },
        { name: 'Staff time', value: `${drop.minutes} minutes of each teacher` },
        { name: 'What will be decided', value: drop.decides },
      ]}
    />
  )
}

const scaleWords = ({ assessment: { scale } }: Asked): string => {
  if (scale.kind === 'number')
    return scale.low === null || scale.high === null
      ? scale.name
      : `a score from ${scale.low} to ${scale.high}`
  const grades = scale.grades.filter((grade) => grade.status === 'result').map((grade) => grade.code)
  return grades.length > 8 ? `${grades[0]} to ${grades.at(-1)}` : listed(grades, 9)
}
