import { addDays, dayName } from '../../../kernel/days.ts'
import { enforce, Refusal } from '../../../kernel/refusal.ts'
import { may } from '../../../kernel/viewer.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import {
  Button,
  Buttons,
  Checkboxes,
  DateInput,
  Fold,
  Form,
  Input,
  type Problem,
  Radios,
  Section,
  Select,
  Table,
  Textarea,
} from '../../../ui/index.ts'
import { schools } from '../../organisation/index.ts'
import { canOpen } from '../drops/domain/can.ts'
import { dropTitle, terms } from '../drops/domain/drop.ts'
import type { NewDrop } from '../drops/domain/open-drop-shape.ts'
import { FormRefused } from '../drops/domain/troubles.ts'
import { yearList, yearListName } from '../drops/domain/year-list.ts'
import { type Assessment, askedIn, assessments } from '../drops/queries/assessments.ts'
import { dataManagers } from '../drops/queries/data-managers.ts'
import { drops } from '../drops/queries/drops.ts'
import { readiness } from '../drops/queries/readiness.ts'
import { DropPage, dropCrumbs, settingOf } from './drop-frame.tsx'
import { dayFrom, dayTyped, dayWritten, first, type Typed } from './form.ts'

/** The next drop as the last one of its kind was: the same assessments and schools, other days. */
async function fromLast(viewer: Viewer): Promise<{ typed: Typed; like?: string }> {
  const everybody = (await schools(viewer)).map((school) => String(school.id))
  const days = {
    ...dayTyped('opens', viewer.today),
    ...dayTyped('due', addDays(viewer.today, 14)),
    ...dayTyped('asAt', viewer.today),
  }
  const last = (await drops(viewer)).find((drop) => drop.kind === 'termly')
  if (!last) return { typed: { ...days, school: everybody, term: ['1'] } }
  const asked = Map.groupBy(await askedIn(viewer, last), (one) => one.assessment.code)
  const years = [...asked].map(([code, ones]) => [
    `years-${code}`,
    [yearListName(ones.map((one) => one.yearGroup))],
  ])
  const people = (await readiness(viewer, last)).flatMap((one) =>
    one.person ? [[`person-${one.school.id}`, [String(one.person.id)]]] : [],
  )
  return {
    like: dropTitle(last),
    typed: {
      ...days,
      ...Object.fromEntries([...years, ...people]),
      term: [String((last.term % 3) + 1)],
      minutes: [String(last.minutes)],
      school: (await readiness(viewer, last)).map((one) => String(one.school.id)),
    },
  }
}

/** What was typed as the command wants it. @throws FormRefused for year groups that are none. */
export function newDropFrom(typed: Typed): NewDrop {
  const asked = Object.keys(typed)
    .filter((name) => name.startsWith('years-') && first(typed, name))
    .map((name) => {
      try {
        return { assessment: name.slice('years-'.length), yearGroups: yearList(first(typed, name)) }
      } catch (error) {
        if (error instanceof Refusal) throw new FormRefused([{ field: name, message: error.message }])
        throw error
      }
    })
  const term = terms.find((one) => String(one.term) === first(typed, 'term'))
  return {
    name: first(typed, 'name') || term?.name || '',
    term: Number(first(typed, 'term')),
    kind: term?.term === 4 ? 'statutory' : 'termly',
    purpose: first(typed, 'purpose'),
    decides: first(typed, 'decides'),
    minutes: first(typed, 'minutes') === '' ? Number.NaN : Number(first(typed, 'minutes')),
    opens: dayFrom(typed, 'opens'),
    due: dayFrom(typed, 'due'),
    asAt: dayFrom(typed, 'asAt'),
    asked,
    schools: (typed.school ?? []).map(Number).map((school) => {
      const person = first(typed, `person-${school}`)
      const due = dayWritten(first(typed, `due-${school}`))
      return {
        school,
        ...(person === '' ? {} : { person: person === 'nobody' ? null : Number(person) }),
        ...(due ? { due } : {}),
      }
    }),
  }
}

export interface NewDropTold {
  readonly typed: Typed
  readonly problems: readonly Problem[]
}

/** @throws Refusal for who may not open a drop. */
export async function newDropPage(viewer: Viewer, told?: NewDropTold) {
  enforce(canOpen({ may: may(viewer, 'open drop') }))
  const setting = await settingOf(viewer)
  const known = await assessments(viewer)
  const before = await fromLast(viewer)
  const typed = told?.typed ?? before.typed
  const wrong = (field: string) => told?.problems.find((one) => one.field === field)?.text
  const box = (name: string) => ({
    name,
    value: first(typed, name),
    error: wrong(name),
  })
  return (
    <DropPage
      setting={setting}
      title="Open a drop"
      purpose="Say what it is for and what it costs before anybody is asked for anything. On opening, each school’s data manager gets an e-mail with one link."
      crumbs={dropCrumbs(undefined, { text: 'Open a drop' })}
      asAt={before.like ? [`Filled in as the ${before.like} drop was; change what is different.`] : []}
      problems={told?.problems.map((one) => ({ ...one, field: anchor(one.field, known) }))}
    >
      <Form action="/drops/new">
        <Section title="Why">
          <Radios
            name="term"
            legend="Which drop of the year"
            class="govuk-radios--inline"
            value={first(typed, 'term')}
            error={wrong('term')}
            choices={terms.map(({ term, name }) => ({ value: term, text: name }))}
          />
          <Input
            label="Name"
            hint="Left empty, it is called as chosen above."
            class="govuk-input--width-20"
            {...box('name')}
          />
          <Textarea
            label="What is it for?"
            hint="One sentence. It stands on every page of the drop and in the e-mail."
            rows={2}
            {...box('purpose')}
          />
          <Textarea
            label="What will be decided from it?"
            hint="If nothing will be decided from it, don’t ask for it."
            rows={2}
            {...box('decides')}
          />
          <Input
            label="How many minutes of each teacher’s time should it cost?"
            class="govuk-input--width-4"
            inputmode="numeric"
            suffix="minutes"
            {...box('minutes')}
          />
        </Section>
        <Section title="When">
          <Day
            typed={typed}
            name="opens"
            legend="Opens"
            error={wrong('opens')}
            hint="Files can be sent from this day."
          />
          <Day typed={typed} name="due" legend="Files due" error={wrong('due')} />
          <Day
            typed={typed}
            name="asAt"
            legend="Pupils are counted on"
            error={wrong('asAt')}
            hint="Everyone on roll on this day is the population of every figure."
          />
        </Section>
        <Section
          title="What"
          note="Beside each assessment that you ask for, the year groups: 4, or 3 to 6, or R to 2. Leave the others empty."
        >
          <Asked typed={typed} known={known} wrong={wrong} />
        </Section>
        <Section title="Whom" note="Each gets an e-mail with one link, and one task on their first page.">
          <Whom viewer={viewer} typed={typed} error={wrong('schools')} />
        </Section>
        <Buttons>
          <Button once>Open the drop and write to the schools</Button>
          <a href="/drops">Not now</a>
        </Buttons>
      </Form>
    </DropPage>
  )
}

const anchor = (field: string | undefined, known: readonly Assessment[]) => {
  if (field === 'asked') return known[0] ? `years-${known[0].code}` : undefined
  if (field === 'schools') return 'school'
  return field && ['opens', 'due', 'asAt'].includes(field) ? `${field}-day` : field
}

const Day = ({
  typed,
  name,
  ...rest
}: {
  typed: Typed
  name: string
  legend: string
  hint?: string
  error?: Problem['text']
}) => (
  <DateInput
    id={name}
    name={name}
    values={{
      day: first(typed, `${name}-day`),
      month: first(typed, `${name}-month`),
      year: first(typed, `${name}-year`),
    }}
    {...rest}
  />
)

const Asked = ({ typed, known, wrong }: AskedProps) => {
  const chosen = (one: Assessment) => first(typed, `years-${one.code}`) !== ''
  const [now, others] = [known.filter(chosen), known.filter((one) => !chosen(one))]
  if (now.length === 0 || others.length < 6) return <AskedTable typed={typed} known={known} wrong={wrong} />
  return (
    <>
      <AskedTable typed={typed} known={now} wrong={wrong} />
      <Fold summary="Other assessments" note={`${others.length} that were not asked for last time`}>
        <AskedTable typed={typed} known={others} wrong={wrong} />
      </Fold>
    </>
  )
}

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

async function Whom({ viewer, typed, error }: { viewer: Viewer; typed: Typed; error?: Problem['text'] }) {
  const all = await schools(viewer)
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
