import { dayName } from '../../../kernel/days.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { Button, Buttons, Checkboxes, Form, type Problem, Section, Table, WhyNot } from '../../../ui/index.ts'
import { chasing } from '../drops/commands/chase.ts'
import { dropTitle, dueName } from '../drops/domain/drop.ts'
import { taskPath } from '../drops/domain/task-path.ts'
import { dropByCode } from '../drops/queries/drops.ts'
import { composed } from '../drops/send-letters.ts'
import { DropPage, dropCrumbs, settingOf } from './drop-frame.tsx'

/** Who would be reminded, and the letter, before anything is sent. @throws NotHere */
export async function remindersPage(viewer: Viewer, code: string, problems: readonly Problem[] = []) {
  const setting = await settingOf(viewer)
  const drop = await dropByCode(viewer, code)
  const { verdict, recipients, passedOver } = await chasing(viewer, code)
  const sample = recipients[0]
    ? await composed(viewer, { kind: 'reminder', drop: code, school: recipients[0].school.id })
    : undefined
  return (
    <DropPage
      setting={setting}
      title="Remind schools"
      purpose={`Look at who will be written to about the ${dropTitle(drop)} drop before anything is sent.`}
      crumbs={dropCrumbs(drop, { text: 'Reminders' })}
      problems={problems}
    >
      <Form action={`/drops/${code}/reminders`}>
        <Section title={recipients.length ? 'Who gets an e-mail' : 'Nobody to write to'}>
          {recipients.length > 0 && (
            <Table
              caption="Who will be written to"
              columns={[{ head: 'To' }, { head: 'Address' }, { head: 'About', width: 4 }, { head: 'Due' }]}
              rows={recipients.map((one) => [
                <Checkboxes
                  name="school"
                  idPrefix={`school-${one.school.id}`}
                  class="govuk-checkboxes--small"
                  values={[one.school.id]}
                  choices={[{ value: one.school.id, text: one.name }]}
                />,
                one.email,
                <a href={taskPath(drop, one.school)}>{one.missing}</a>,
                <>
                  {dayName(one.due)}
                  <br />
                  <span class="small">{dueName(one.due, viewer.today)}</span>
                </>,
              ])}
            />
          )}
          {passedOver.length > 0 && (
            <p class="small">
              Not written to: {passedOver.map((one) => `${one.school} (${one.because})`).join('; ')}.
            </p>
          )}
          {verdict.ok ? (
            <Buttons>
              <Button once>Send the reminders</Button>
              <a href={`/drops/${code}`}>Not now</a>
            </Buttons>
          ) : (
            <WhyNot title="You can’t send reminders now.">{verdict.because}</WhyNot>
          )}
        </Section>
      </Form>
      {sample && (
        <Section
          title="The letter"
          note={`As ${recipients[0]!.name} will get it. The others’ name their own school.`}
        >
          <p>
            <b>{sample.subject}</b>
          </p>
          <pre class="prose">{sample.text}</pre>
        </Section>
      )}
    </DropPage>
  )
}
