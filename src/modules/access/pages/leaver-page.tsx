import { dayName } from '../../../kernel/days.ts'
import { boxesOf, type DayBoxes } from '../../../platform/http/form.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { Button, DateInput, Form, Page, PostButton, Section } from '../../../ui/index.ts'
import type { PersonPage } from '../queries/person.ts'

/** The last day someone worked here, asked on a page of its own. */
export const LeaverPage = ({
  viewer,
  trust,
  person,
  typed,
  because,
}: {
  viewer: Viewer
  trust: string
  person: PersonPage
  /** What was typed as the last day, and why it could not be. */
  typed?: DayBoxes
  because?: string
}) => (
  <Page
    title={`${person.name} has left`}
    viewer={viewer}
    trust={trust}
    nav="people"
    purpose="Their roles end with that day and they can’t sign in any more. What they did stays in the record with their name."
    crumbs={[
      { text: 'People', href: '/people' },
      { text: person.name, href: `/people/${person.id}` },
      { text: 'Left on' },
    ]}
    problems={because ? [{ text: because, field: 'last-day' }] : []}
  >
    <Section>
      <Form action={`/people/${person.id}/leaving`}>
        <DateInput
          id="last"
          name="last"
          legend="Left on"
          hint={`The last day they worked here. A day before today, ${dayName(viewer.today)}, signs them out at once.`}
          values={typed ?? (person.leftOn ? boxesOf(person.leftOn) : undefined)}
          error={because}
        />
        <Button kind="warning">Record that they have left</Button>
      </Form>
      {person.leftOn && (
        <>
          <p>
            It says that {person.name} left on {dayName(person.leftOn)}. If that is wrong, take it back; then
            give them their roles again.
          </p>
          <PostButton action={`/people/${person.id}/leaving/undo`} kind="secondary">
            They have not left
          </PostButton>
        </>
      )}
    </Section>
  </Page>
)
