import { figurePath } from '../../../kernel/figure.ts'
import { yearGroupName } from '../../../kernel/year-group.ts'
import { Table } from '../../../ui/index.ts'
import type { Measure } from '../domain/measure.ts'
import type { ClassRow } from '../pages/school/query.ts'
import { figureWords } from '../pages/words.ts'

/** Classes with their figures; each opens the class's page and each number its own. */
export const ClassTable = ({
  school,
  rows,
  measures,
  caption,
}: {
  school: string
  rows: readonly ClassRow[]
  measures: readonly Measure[]
  caption: string
}) => (
  <Table
    caption={caption}
    columns={[
      { head: 'Class' },
      { head: 'Year' },
      ...measures.map((measure) => ({ head: measure.shortName, num: true })),
    ]}
    rows={rows.map((row) => [
      <a href={`/schools/${school}/classes/${row.class.id}`}>{row.class.name}</a>,
      yearGroupName(row.class.yearGroup),
      ...row.figures.map((figure, at) =>
        figure?.kind === 'value' ? (
          <a href={figurePath(figure.key)}>{figureWords(measures[at]!, figure)}</a>
        ) : (
          <i class="hush">{figure?.kind ?? 'not collected'}</i>
        ),
      ),
    ])}
  />
)
