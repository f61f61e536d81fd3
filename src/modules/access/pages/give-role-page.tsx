import { type Role, roleNames } from '../../../kernel/roles.ts'
import { boxesOf, type DayBoxes } from '../../../platform/http/form.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import {
  Button,
  DateInput,
  Empty,
  Form,
  Input,
  Page,
  type Problem,
  Radios,
  Section,
  Select,
} from '../../../ui/index.ts'
import type { PlaceChoice } from '../queries/places.ts'
import { MayDo } from './roles-page.tsx'

/** What was typed, when the form comes back. */
export interface TypedRole {
  readonly place?: string
  readonly from?: DayBoxes
  readonly to?: DayBoxes
  readonly name?: string
  readonly email?: string
  readonly title?: string
}

interface Parts {
  readonly viewer: Viewer
  readonly trust: string
  readonly role: Role
  readonly places: readonly PlaceChoice[]
  readonly typed?: TypedRole
  readonly problems?: readonly Problem[]
}

const errorOf = (problems: readonly Problem[] | undefined, field: string) =>
  problems?.find((problem) => problem.field === field)?.text

const RoleFields = ({ viewer, role, places, typed, problems }: Parts) => (
  <>
    {places.length === 1 ? (
      <>
        <input type="hidden" name="place" value={places[0]!.value} />
        <p>
          Where: <b>{places[0]!.text}</b>
        </p>
      </>
    ) : (
      <Select
        name="place"
        label="Where?"
        hint="The role reaches everything below that place."
        options={[{ text: 'Choose', value: '' }, ...places]}
        value={typed?.place}
        error={errorOf(problems, 'place')}
      />
    )}
    <DateInput
      id="from"
      name="from"
      legend="First day"
      hint="Today, or a day to come."
      values={typed?.from ?? boxesOf(viewer.today)}
      error={errorOf(problems, 'from')}
    />
    <DateInput
      id="to"
      name="to"
      legend="Last day, if it is known"
      hint="Leave it empty when the role goes on until someone ends it."
      values={typed?.to}
      error={errorOf(problems, 'to')}
    />
    <input type="hidden" name="role" value={role} />
  </>
)

const NoPlace = ({ role }: { role: Role }) => (
  <Empty>
    There is nowhere yet where you could give the role {roleNames[role]}. Its school, department or class has
    to be in the record first.
  </Empty>
)

export const GiveRolePage = ({
  person,
  ...parts
}: Parts & { person: { readonly id: number; readonly name: string } }) => (
  <Page
    title={`${roleNames[parts.role]}: where, and from when?`}
    viewer={parts.viewer}
    trust={parts.trust}
    nav="people"
    purpose={`A role for ${person.name}. Your name and today’s date stay with it.`}
    crumbs={[
      { text: 'People', href: '/people' },
      { text: person.name, href: `/people/${person.id}` },
      { text: 'Give a role' },
    ]}
    problems={parts.problems}
  >
    <Section>
      <MayDo role={parts.role} />
      {parts.places.length === 0 ? (
        <NoPlace role={parts.role} />
      ) : (
        <Form action={`/people/${person.id}/roles`}>
          <RoleFields {...parts} />
          <Button>Give the role</Button>
        </Form>
      )}
    </Section>
  </Page>
)

/** First step of inviting: which role. */
export const InviteRolePage = ({
  viewer,
  trust,
  roles,
}: {
  viewer: Viewer
  trust: string
  roles: readonly Role[]
}) => (
  <Page
    title="Invite someone"
    viewer={viewer}
    trust={trust}
    nav="people"
    purpose="They get an e-mail with a link, choose a password, and see what their role lets them see."
    crumbs={[{ text: 'People', href: '/people' }, { text: 'Invite someone' }]}
  >
    <Section>
      <Form action="/people/invite" method="get">
        <Radios
          name="role"
          legend="What will they be?"
          hint={<a href="/people/roles">Who may see what</a>}
          choices={roles.map((role) => ({ text: roleNames[role], value: role }))}
        />
        <Button>Go on</Button>
      </Form>
    </Section>
  </Page>
)

export const InvitePage = (parts: Parts) => (
  <Page
    title={`Invite a ${roleNames[parts.role].toLowerCase()}`}
    viewer={parts.viewer}
    trust={parts.trust}
    nav="people"
    purpose="The link in the e-mail works once, and holds for two weeks."
    crumbs={[
      { text: 'People', href: '/people' },
      { text: 'Invite someone', href: '/people/invite' },
      { text: roleNames[parts.role] },
    ]}
    problems={parts.problems}
  >
    <Section>
      <MayDo role={parts.role} />
      {parts.places.length === 0 ? (
        <NoPlace role={parts.role} />
      ) : (
        <Form action="/people/invite">
          <Input
            name="name"
            label="Name"
            value={parts.typed?.name}
            autocomplete="off"
            error={errorOf(parts.problems, 'name')}
          />
          <Input
            name="email"
            label="E-mail address"
            type="email"
            spellcheck={false}
            autocapitalize="none"
            autocomplete="off"
            value={parts.typed?.email}
            error={errorOf(parts.problems, 'email')}
          />
          <Input
            name="title"
            label="Post"
            hint="As shown beside their name: Headteacher, Saltmarsh."
            value={parts.typed?.title}
            autocomplete="off"
          />
          <RoleFields {...parts} />
          <Button>Send the invitation</Button>
        </Form>
      )}
    </Section>
  </Page>
)
