import { whole } from '../../../kernel/numbers.ts'
import { Radios, Raw, Section, Select, Table } from '../../../ui/index.ts'
import { capital, worded } from '../drops/domain/sentences.ts'
import type { Checked, Choice, Problem, ProblemGroup } from '../imports/index.ts'

/** Field of the form that holds the choice for one problem, or (`all:KIND`) for all of a kind. */
const answerField = (key: string): string => `answer:${key}`

/** So few problems stand in one table by row; more are grouped by kind, with one choice for all. */
const few = 12

const openFirst = (problems: readonly Problem[]) =>
  problems.toSorted(
    (a, b) => Number(a.answer !== undefined) - Number(b.answer !== undefined) || a.row - b.row,
  )

/** The rows that only a person can decide, the open ones first, with a choice for each and one for all of a kind. */
export const RowsThatNeedYou = ({ checked, off }: { checked: Checked; off: boolean }) => {
  const groups = checked.groups.filter((group) => group.count > 0)
  const open = groups.reduce((sum, group) => sum + group.open, 0)
  const rows = Math.max(open, checked.counts.unplaced)
  const total = groups.reduce((sum, group) => sum + group.count, 0)
  return (
    <Section
      id="rows"
      title={open ? capital(worded(rows, 'row needs you', 'rows need you')) : 'No row needs you'}
      note={
        groups.length
          ? 'Row numbers are the file’s own, counting from its first line.'
          : `All ${whole(checked.counts.rows)} rows could be read, and every pupil in them is known.`
      }
    >
      {total <= few
        ? groups.length > 0 && (
            <ProblemTable
              title="Rows that need you"
              problems={groups.flatMap((group) => group.problems)}
              id="one"
              off={off}
            />
          )
        : groups
            .toSorted((a, b) => Number(b.open > 0) - Number(a.open > 0))
            .map((group, at) => <Group group={group} at={at} off={off} />)}
      {checked.notes.length > 0 && (
        <p class="small">
          Also noticed, nothing to do: {checked.notes.map((note) => note.sentence).join(' ')}
        </p>
      )}
    </Section>
  )
}

const Group = ({ group, at, off }: { group: ProblemGroup; at: number; off: boolean }) => (
  <>
    <h3 class="problems__head">
      {group.title}
      {group.count > group.problems.length && (
        <span class="small">{` ${whole(group.problems.length)} of ${whole(group.count)} shown`}</span>
      )}
    </h3>
    {group.forAll.length > 0 && group.count > 1 && !off && (
      <Select
        name={answerField(`all:${group.kind}`)}
        id={`all-${at}`}
        label={`For all ${whole(group.count)} of them that are still open`}
        options={[{ value: '', text: 'Decide one by one' }, ...asOptions(group.forAll)]}
      />
    )}
    <ProblemTable title={group.title} problems={group.problems} id={String(at)} off={off} />
  </>
)

const ProblemTable = ({
  title,
  problems,
  id,
  off,
}: {
  title: string
  problems: readonly Problem[]
  id: string
  off: boolean
}) => (
  <Table
    caption={title}
    columns={[
      { head: 'Row', width: 2 },
      { head: 'It says', width: 2 },
      { head: 'The trouble', width: 4 },
      { head: 'What to do', width: 5 },
    ]}
    rows={openFirst(problems).map((problem, row) => ({
      id: `row-${problem.row}`,
      cells: [
        problem.rows > 1 ? `${problem.row} and ${whole(problem.rows - 1)} more` : String(problem.row),
        <>
          {problem.column && <span class="small">{problem.column} </span>}
          {problem.value ? <Raw>{problem.value}</Raw> : <i class="hush">empty</i>}
        </>,
        problem.why,
        <Answer problem={problem} id={`${id}-${row}`} off={off} />,
      ],
    }))}
  />
)

const asOptions = (choices: readonly Choice[]) => choices.map(({ value, label }) => ({ value, text: label }))

/** Few choices as radios, many as a list. What we would choose is chosen beforehand. */
function Answer({ problem, id, off }: { problem: Problem; id: string; off: boolean }) {
  const chosen = problem.answer ?? problem.suggestion
  if (off)
    return <>{problem.choices.find((choice) => choice.value === problem.answer)?.label ?? 'left out'}</>
  const name = answerField(problem.key)
  const label = `What to do with row ${problem.row}`
  if (problem.choices.length > 3)
    return (
      <Select
        name={name}
        id={`answer-${id}`}
        label={label}
        labelClass="govuk-visually-hidden"
        value={chosen ?? ''}
        options={[{ value: '', text: 'Choose' }, ...asOptions(problem.choices)]}
      />
    )
  return (
    <Radios
      name={name}
      idPrefix={`answer-${id}`}
      legend={label}
      legendClass="govuk-visually-hidden"
      class="govuk-radios--small"
      value={chosen}
      choices={problem.choices.map((choice) => ({ value: choice.value, text: choice.label }))}
    />
  )
}
