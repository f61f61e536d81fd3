import { dayName } from '../../../kernel/days.ts'
import { first, type Typed } from '../../../platform/http/form.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { Checkboxes, Fold, Input, type Problem, Select, Table } from '../../../ui/index.ts'
import { schools } from '../../organisation/index.ts'
import { listed } from '../drops/domain/sentences.ts'
import type { Assessment } from '../drops/queries/assessments.ts'
import { dataManagers } from '../drops/queries/data-managers.ts'

/** Assessments with their year groups, one fold a scale: open are those few of the last drop, or with a mistake in them. */
export const AskedFields = ({ typed, known, wrong }: AskedProps) => {
  const chosen = (one: Assessment) => first(typed, `years-${one.code}`) !== ''
  if (known.length < 8) return <AskedTable typed={typed} known={known} wrong={wrong} />
  return (
    <>
      {[...Map.groupBy(known, (one) => one.scale.id).values()]
        .map((ones) => ({ ones, asked: ones.filter(chosen) }))
        .toSorted((a, b) => Number(b.asked.length > 0) - Number(a.asked.length > 0))
        .map(({ ones, asked }) => (
          <Fold
            summary={ones[0]!.scale.name}
            note={foldNote(ones, asked, typed)}
            open={
              (asked.length > 0 && ones.length <= opens) ||
              ones.some((one) => wrong(`years-${one.code}`) !== undefined)
            }
          >
            <AskedTable typed={typed} known={ones} wrong={wrong} />
          </Fold>
        ))}
    </>
  )
}

/** A longer list starts closed, with what is asked said in its head. */
const opens = 6

const foldNote = (ones: readonly Assessment[], asked: readonly Assessment[], typed: Typed): string => {
  if (asked.length === 0) return `${ones.length} not asked for last time: ${subjectsOf(ones)}`
  const years = [...new Set(asked.map((one) => first(typed, `years-${one.code}`)))]
  return `${asked.length} of ${ones.length} asked for, of ${years.length === 1 ? `years ${years[0]}` : 'several year groups'}: ${subjectsOf(asked)}`
}

const subjectsOf = (ones: readonly Assessment[]): string =>
  listed([...new Set(ones.map((one) => one.subject.name))], 4)

interface AskedProps {
  readonly typed: Typed
  readonly known: readonly Assessment[]
  readonly wrong: (field: string) => Problem['text'] | undefined
}

const AskedTable = ({ typed, known, wrong }: AskedProps) => (
  <Table
    caption="Assessments and the year groups they are asked of"
    columns={[{ head: 'Subject', width: 3 }, { head: 'Assessment', width: 4 }, { head: 'Year groups' }]}
    empty="The trust has no assessments yet. Add them on the command line first: throughline assessment add."
    rows={known.map((one) => [
      one.subject.name,
      <label for={`years-${one.code}`}>{one.name}</label>,
      <Input
        name={`years-${one.code}`}
        label={`Year groups for ${one.name}`}
        labelClass="govuk-visually-hidden"
        class="govuk-input--width-10"
        value={first(typed, `years-${one.code}`)}
        error={wrong(`years-${one.code}`)}
      />,
    ])}
  />
)

/** Schools to ask, whom of each, and by another day. */
export async function Whom({
  viewer,
  typed,
  error,
}: {
  viewer: Viewer
  typed: Typed
  error?: Problem['text']
}) {
  const all = (await schools(viewer)).filter(({ left }) => left === null || left >= viewer.today)
  const people = await dataManagers(viewer)
  return (
    <Table
      caption="Schools that are asked"
      columns={[{ head: 'School', width: 4 }, { head: 'Who is asked' }, { head: 'Due on another day' }]}
      rows={all.map((school, at) => {
        const mine = people.filter((one) => one.school === school.id)
        return [
          <Checkboxes
            name="school"
            idPrefix={at === 0 ? 'school' : `school-${school.id}`}
            class="govuk-checkboxes--small"
            error={at === 0 ? error : undefined}
            values={typed.school ?? []}
            choices={[{ value: school.id, text: school.shortName }]}
          />,
          <Select
            name={`person-${school.id}`}
            label={`Who is asked at ${school.shortName}`}
            labelClass="govuk-visually-hidden"
            value={first(typed, `person-${school.id}`) || (mine[0] ? String(mine[0].person) : 'nobody')}
            options={[
              ...[...new Map(mine.map((one) => [one.person, one])).values()].map((one) => ({
                value: one.person,
                text: `${one.name}, ${one.title}`,
              })),
              { value: 'nobody', text: 'Nobody by e-mail' },
            ]}
          />,
          <Input
            name={`due-${school.id}`}
            label={`Due at ${school.shortName}, if on another day, as ${dayName(viewer.today)} is ${viewer.today.split('-').reverse().join('/')}`}
            labelClass="govuk-visually-hidden"
            class="govuk-input--width-10"
            value={first(typed, `due-${school.id}`)}
          />,
        ]
      })}
    />
  )
}
