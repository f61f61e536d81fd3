import { Button, Form } from '../forms/button.tsx'
import { Checkboxes, Radios } from '../forms/choices.tsx'
import { DateInput } from '../forms/date-input.tsx'
import { ErrorSummary } from '../forms/error-summary.tsx'
import { FileUpload, Input, PasswordInput, Textarea } from '../forms/input.tsx'
import { NotificationBanner } from '../forms/notification-banner.tsx'
import { Select } from '../forms/select.tsx'
import { Buttons } from '../parts/section.tsx'
import { hardNames } from './edge-data.ts'
import type { Entry } from './gallery.tsx'

export const forms: readonly Entry[] = [
  {
    id: 'form',
    name: 'A form',
    draw: () => (
      <Form action="#form" method="get" guard>
        <Input name="purpose" label="What is the drop for?" hint="One sentence." />
        <Select
          name="school"
          label="School"
          options={[{ text: 'Choose', value: '' }, ...hardNames.map((text) => ({ text }))]}
        />
        <Radios
          name="kind"
          legend="How should row 29 be read?"
          value="104"
          choices={[
            { text: 'As 104', value: '104' },
            { divider: 'or' },
            { text: 'Leave it out', value: 'out', hint: 'The pupil will be missing from this drop.' },
          ]}
        />
        <Checkboxes
          name="years"
          legend="Year groups"
          values={['6']}
          choices={[
            { text: 'Year 2', value: '2' },
            { text: 'Year 6', value: '6', hint: 'Statutory assessments too' },
          ]}
        />
        <DateInput
          id="due"
          name="due"
          legend="When must schools send it?"
          values={{ day: '20', month: '3', year: '2026' }}
        />
        <FileUpload
          name="file"
          label="The school’s file"
          hint="CSV or Excel, up to 200 MB"
          accept=".csv,.xlsx"
        />
        <PasswordInput name="password" label="Password" />
        <Textarea name="why" label="Why?" rows={3} />
        <Input
          name="minutes"
          label="Staff time it should cost"
          suffix="minutes"
          class="govuk-input--width-4"
          inputmode="numeric"
        />
        <Buttons>
          <Button>Open the drop</Button>
          <Button kind="secondary">Keep it for later</Button>
        </Buttons>
      </Form>
    ),
  },
  {
    id: 'form-wrong',
    name: 'A form with mistakes',
    draw: () => (
      <>
        <ErrorSummary
          problems={[
            { text: 'Say in one sentence what the drop is for', field: 'w-purpose' },
            { text: '31 February is not a day', field: 'w-due-day' },
            { text: 'Nothing was changed' },
          ]}
        />
        <Form action="#form-wrong" method="get">
          <Input
            name="w-purpose"
            label="What is the drop for?"
            error="Say in one sentence what the drop is for"
            value={hardNames[3]}
          />
          <DateInput
            id="w-due"
            name="w-due"
            legend="When must schools send it?"
            values={{ day: '31', month: '2', year: '2026' }}
            error="31 February is not a day"
            wrong={['day']}
          />
          <Radios
            name="w-row"
            legend="Row 41"
            error="Choose one of the two pupils, or leave the row out"
            choices={[
              { text: 'Born in March', value: '1' },
              { text: 'Born in August', value: '2' },
            ]}
          />
          <Select
            name="w-school"
            label="School"
            error="Choose a school"
            options={[{ text: 'Choose', value: '' }]}
          />
          <FileUpload
            name="w-file"
            label="The school’s file"
            error="The file is empty: it has no rows under its heading"
          />
        </Form>
      </>
    ),
  },
  {
    id: 'banner',
    name: 'What was just done, and what to know',
    draw: () => (
      <>
        <NotificationBanner success title="Done" titleId="g-done">
          86 results were published as snapshot 12.
        </NotificationBanner>
        <NotificationBanner titleId="g-know">The drop was locked while you were checking.</NotificationBanner>
      </>
    ),
  },
]
