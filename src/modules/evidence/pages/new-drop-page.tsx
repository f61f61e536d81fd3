import { enforce } from '../../../kernel/refusal.ts'
import { may } from '../../../kernel/viewer.ts'
import { first, type Typed } from '../../../platform/http/form.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import {
  Button,
  Buttons,
  DateInput,
  Form,
  Input,
  type Problem,
  Radios,
  Section,
  Textarea,
} from '../../../ui/index.ts'
import { AskedFields, Whom } from '../components/drop-asks.tsx'
import { canOpen } from '../drops/domain/can.ts'
import { terms } from '../drops/domain/drop.ts'
import { type Assessment, assessments } from '../drops/queries/assessments.ts'
import { DropPage, dropCrumbs, settingOf } from './drop-frame.tsx'
import { fromLast } from './new-drop-form.ts'

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
          <AskedFields typed={typed} known={known} wrong={wrong} />
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
