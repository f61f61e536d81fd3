import { dayName } from '../../../kernel/days.ts'
import { yearGroupName, yearGroupOrder } from '../../../kernel/year-group.ts'
import { Facts, Table } from '../../../ui/index.ts'
import type { Drop } from '../drops/domain/drop.ts'
import { capital, listed } from '../drops/domain/sentences.ts'
import type { Asked } from '../drops/queries/assessments.ts'

/** `Years 3 to 6`, `Reception and Year 2`, `Years 10 and 11` */
function yearGroupsName(years: readonly string[]): string {
  const sorted = [...years].sort((a, b) => yearGroupOrder(a) - yearGroupOrder(b))
  const numbered = sorted.length > 1 && sorted.every((year) => /^\d+$/.test(year))
  const run = sorted.every((year, at) => at === 0 || Number(year) === Number(sorted[at - 1]) + 1)
  if (sorted.length > 2 && numbered && run) return `Years ${sorted[0]} to ${sorted.at(-1)}`
  return numbered ? `Years ${listed(sorted, 20)}` : listed(sorted.map(yearGroupName), 20)
}

interface Row {
  readonly years: readonly string[]
  readonly scale: string
  /** What all assessments of the row are called after their subject: `GCSE grade`. */
  readonly names: readonly string[]
}

/** Assessments on one scale and of the same year groups stand in one row. */
function rowsOf(asked: readonly Asked[]): Row[] {
  const one = [...Map.groupBy(asked, (ask) => ask.assessment.code).values()].map((asks) => ({
    assessment: asks[0]!.assessment,
    years: [...new Set(asks.map((ask) => ask.yearGroup))].sort(
      (a, b) => yearGroupOrder(a) - yearGroupOrder(b),
    ),
    scale: scaleWords(asks[0]!),
  }))
  const first = (years: readonly string[]) => yearGroupOrder(years[0]!)
  return [...Map.groupBy(one, (row) => `${row.assessment.scale.id} ${row.years}`).values()]
    .map((same) => ({
      years: same[0]!.years,
      scale: same[0]!.scale,
      names: namesOf(same.map((row) => row.assessment)),
    }))
    .sort((a, b) => first(a.years) - first(b.years) || a.years.length - b.years.length)
}

/** Subjects, where each assessment has its own; names where one subject has two. */
function namesOf(ones: readonly Asked['assessment'][]): string[] {
  const subjects = new Set(ones.map((one) => one.subject.code))
  const names = ones.map((one) =>
    subjects.size === ones.length && ones.length > 2 ? one.subject.name : one.name,
  )
  return names.sort((a, b) => a.localeCompare(b, 'en'))
}

/** What a drop asks of whom, at what cost, for which decision. */
export const AskedFor = ({ drop, asked }: { drop: Drop; asked: readonly Asked[] }) => (
  <>
    <Table
      caption="What is asked for, by year group and scale"
      columns={[
        { head: 'What', width: 6 },
        { head: 'Of whom', width: 2 },
        { head: 'As', width: 3 },
      ]}
      empty="None of what the drop asks for is taught here."
      rows={rowsOf(asked).map((row) => [
        capital(listed(row.names.map(small), 40)),
        yearGroupsName(row.years),
        row.scale,
      ])}
    />
    <Facts
      items={[
        { name: 'Pupils counted', value: `on roll on ${dayName(drop.asAt)}` },
        { name: 'Staff time', value: `${drop.minutes} minutes of each teacher` },
        { name: 'What will be decided', value: drop.decides },
      ]}
    />
  </>
)

/** In the middle of a list: `art and design`, but `English`, `GCSE` and `French` as they are. */
const small = (name: string): string =>
  /^[A-Z][a-z]/.test(name) &&
  !/^(English|French|German|Spanish|Welsh|Latin|Greek|Mandarin|Italian)/.test(name)
    ? name.charAt(0).toLowerCase() + name.slice(1)
    : name

const scaleWords = ({ assessment: { scale } }: Asked): string => {
  if (scale.kind === 'number')
    return scale.low === null || scale.high === null
      ? scale.name
      : `a score from ${scale.low} to ${scale.high}`
  const grades = scale.grades.filter((grade) => grade.status === 'result').map((grade) => grade.code)
  return grades.length > 8 ? `grades ${grades[0]} to ${grades.at(-1)}` : listed(grades, 9)
}
