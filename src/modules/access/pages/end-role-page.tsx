import { boxesOf, type DayBoxes } from '../../../platform/http/form.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { Button, DateInput, Form, Page, Radios, Section } from '../../../ui/index.ts'
import type { RoleOfPerson } from '../queries/person.ts'
import { dates } from './person-page.tsx'

/** When a role ends, asked on a page of its own. */
export const EndRolePage = ({
  viewer,
  trust,
  person,
  held,
  typed,
  because,
}: {
  viewer: Viewer
  trust: string
  person: { readonly id: number; readonly name: string }
  held: RoleOfPerson
  /** What was typed as the last day, and why it could not be. */
  typed?: DayBoxes
  because?: string
}) => (
  <Page
    title={`End the role ${held.roleName}`}
    viewer={viewer}
    trust={trust}
    nav="people"
    purpose={`${person.name} holds it at ${held.where}, ${dates(held)}. It stays in the record with the day on which it ended.`}
    crumbs={[
      { text: 'People', href: '/people' },
      { text: person.name, href: `/people/${person.id}` },
      { text: 'End a role' },
    ]}
    problems={because ? [{ text: because, field: 'last-day' }] : []}
  >
    <Section>
      <Form action={`/people/${person.id}/roles/${held.id}/end`}>
        <Radios
          name="when"
          legend="When does it end?"
          choices={[
            { text: 'At once', value: 'now', checked: !because },
            { text: 'After the last day below', value: 'day', checked: !!because },
          ]}
        />
        <DateInput
          id="last"
          name="last"
          legend="Last day"
          hint="Only for a role that does not end at once."
          values={typed ?? (held.to ? boxesOf(held.to) : undefined)}
          error={because}
        />
        <Button kind="warning">End the role</Button>
      </Form>
    </Section>
  </Page>
)
