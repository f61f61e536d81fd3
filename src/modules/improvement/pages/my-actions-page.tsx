import { academicYearOf } from '../../../kernel/academic-year.ts'
import { dayName, shortDayName } from '../../../kernel/days.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { Button, Form, Page, PostButton, type Problem, Radios, Section, Table } from '../../../ui/index.ts'
import { schools } from '../../organisation/index.ts'
import { actionStanding } from '../domain/action-standing.ts'
import { actionFeedMadeAt } from '../queries/action-feed.ts'
import { digestOfViewer } from '../queries/digest.ts'
import { type MyAction, myActions } from '../queries/my-actions.ts'
import { Standing } from './words.tsx'

const Actions = ({
  rows,
  viewer,
  nameOf,
}: {
  rows: readonly MyAction[]
  viewer: Viewer
  nameOf: (id: number | null) => string
}) => (
  <Table
    caption="Actions"
    columns={[
      { head: 'Action' },
      { head: 'For', width: 4 },
      { head: 'Due', width: 2 },
      { head: 'How it stands', width: 2 },
      { head: 'Mark', hidden: true },
    ]}
    rows={rows.map((one) => [
      one.title,
      <>
        <a href={`/improvement/objectives/${one.objective}`}>{one.objectiveTitle}</a>{' '}
        <span class="hush">{nameOf(one.school)}</span>
      </>,
      academicYearOf(one.due) === academicYearOf(viewer.today) ? shortDayName(one.due) : dayName(one.due),
      <Standing action={one} today={viewer.today} />,
      <PostButton
        action={`/improvement/actions/${one.id}/${one.doneOn ? 'open' : 'done'}`}
        fields={{ back: '/improvement/actions' }}
        kind="secondary"
        class="small-button"
      >
        {one.doneOn ? 'Not done after all' : 'Done'}
      </PostButton>,
    ])}
  />
)

/** What the viewer themselves is to do, late first. `token` is shown the once, when it was just made. */
export async function myActionsPage(
  viewer: Viewer,
  { done, token, problems }: { done?: string; token?: string; problems?: readonly Problem[] } = {},
) {
  const mine = await myActions(viewer)
  const all = await schools(viewer)
  const nameOf = (id: number | null) =>
    id === null ? 'The trust' : (all.find((one) => one.id === id)?.shortName ?? '')
  const standing = (one: MyAction) => actionStanding(one, viewer.today)
  const late = mine.filter((one) => standing(one) === 'late')
  const open = mine.filter((one) => !['late', 'done'].includes(standing(one)))
  const { way } = await digestOfViewer(viewer)
  const madeAt = await actionFeedMadeAt(viewer)
  return (
    <Page
      title="My actions"
      viewer={viewer}
      nav="improvement"
      done={done}
      problems={problems}
      purpose="What you have to do in every plan, the late ones first. Mark it here when it is done."
      crumbs={[{ text: 'Improvement', href: '/improvement' }, { text: 'My actions' }]}
      asAt={[`As it stands on ${dayName(viewer.today)}`]}
    >
      {mine.length === 0 && <p class="absent">No plan has an action for you.</p>}
      {late.length > 0 && (
        <Section title="Late">
          <Actions rows={late} viewer={viewer} nameOf={nameOf} />
        </Section>
      )}
      {open.length > 0 && (
        <Section title="To do">
          <Actions rows={open} viewer={viewer} nameOf={nameOf} />
        </Section>
      )}
      {mine.some((one) => one.doneOn !== null) && (
        <Section title="Done in the last ninety days">
          <Actions rows={mine.filter((one) => one.doneOn !== null)} viewer={viewer} nameOf={nameOf} />
        </Section>
      )}
      <Section
        title="By e-mail"
        note="A letter with what is late or due within a fortnight: names of actions and days, and a link to each. When nothing is, none comes."
      >
        <Form action="/improvement/actions/letters">
          <Radios
            name="way"
            legend="How often?"
            class="govuk-radios--small govuk-radios--inline"
            value={way}
            choices={[
              { value: 'weekly', text: 'Once a week' },
              { value: 'daily', text: 'Each working day' },
              { value: 'never', text: 'Never' },
            ]}
          />
          <Button kind="secondary">Keep this choice</Button>
        </Form>
      </Section>
      <Section
        title="In your own calendar"
        note="A private address that your calendar program reads. Whoever has it can read your actions’ names and dates, and nothing else."
      >
        {token && (
          <p>
            Copy this address now; it is shown once:{' '}
            <code>{`${viewer.house.config.origin}/my-actions/${token}.ics`}</code>
          </p>
        )}
        {madeAt && !token && (
          <p class="small hush">An address works since {dayName(madeAt.toISOString().slice(0, 10))}.</p>
        )}
        <div class="buttons">
          <PostButton action="/improvement/actions/address" kind="secondary">
            {madeAt ? 'Make a new address; the old one stops' : 'Make a private address'}
          </PostButton>
          {madeAt && (
            <PostButton action="/improvement/actions/address/end" kind="secondary">
              End the address now
            </PostButton>
          )}
        </div>
      </Section>
    </Page>
  )
}
