import { dayName, londonDay } from '../../../kernel/days.ts'
import { type Role, roleNames } from '../../../kernel/roles.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import {
  Button,
  Form,
  Input,
  InsetText,
  Page,
  PostButton,
  type Problem,
  Section,
  Select,
  Table,
} from '../../../ui/index.ts'
import type { PlaceChoice } from '../queries/places.ts'
import type { DirectoryGroup, DirectorySettings } from '../scim/settings.ts'

const crumbs = (last?: string) => [
  { text: 'People', href: '/people' },
  { text: 'How people sign in', href: '/people/sign-in' },
  last ? { text: 'A directory', href: '/people/sign-in/directory' } : { text: 'A directory' },
  ...(last ? [{ text: last }] : []),
]

const day = (at: Date | null) => (at ? dayName(londonDay(at)) : 'not yet')

export const DirectoryPage = ({
  viewer,
  trust,
  settings,
  address,
  token,
  rolesToGive,
  problems = [],
  done,
}: {
  viewer: Viewer
  trust: string
  settings: DirectorySettings
  /** Where the directory sends its requests. */
  address: string
  /** Made just now: shown this once. */
  token?: string
  rolesToGive: readonly Role[]
  problems?: readonly Problem[]
  done?: string | undefined
}) => (
  <Page
    title="People from a directory"
    viewer={viewer}
    trust={trust}
    nav="people"
    purpose="Entra, Google or Okta can keep the trust’s people here by itself (SCIM 2.0): who joins, who leaves, whose name changes, and which roles a group’s members hold."
    crumbs={crumbs()}
    problems={problems}
    done={done}
  >
    <Section
      title="Tokens"
      note="The directory shows one with each request. Revoking it takes effect at once."
    >
      <p>
        Address for the directory: <code>{address}</code>
      </p>
      {token && (
        <InsetText>
          The new token, shown this once: <code>{token}</code>
        </InsetText>
      )}
      <Table
        caption="Tokens that hold"
        columns={[{ head: 'For' }, { head: 'Made' }, { head: 'Last used' }, { head: 'Revoke', hidden: true }]}
        rows={settings.tokens.map((one) => [
          one.name,
          day(one.made),
          day(one.used),
          <PostButton action={`/people/sign-in/directory/tokens/${one.id}/revoke`} kind="secondary">
            Revoke <span class="vh">{one.name}</span>
          </PostButton>,
        ])}
        empty="No directory keeps people here. Make a token, and enter it at the directory with the address."
      />
      <Form action="/people/sign-in/directory/tokens">
        <Input
          name="name"
          label="For which directory?"
          class="govuk-input--width-20"
          error={problems.find((problem) => problem.field === 'name')?.text}
        />
        <Button kind="secondary">Make a token</Button>
      </Form>
    </Section>
    <Section
      title="Groups"
      note="A group gives its members nothing until you say which role they hold, and where."
    >
      <Table
        caption="Groups that the directory sent"
        columns={[
          { head: 'Group', width: 4 },
          { head: 'Members', width: 2 },
          { head: 'Role', width: 4 },
          { head: 'Say which role', width: 4 },
        ]}
        rows={settings.groups.map((group) => [
          group.name,
          group.members,
          group.meaning ?? <span class="hush">none yet</span>,
          group.meaning ? (
            <PostButton action={`/people/sign-in/directory/groups/${group.id}/role`} kind="secondary">
              Take the role away <span class="vh">from {group.name}</span>
            </PostButton>
          ) : (
            <Form action={`/people/sign-in/directory/groups/${group.id}/role`} method="get">
              <Select
                name="role"
                id={`role-${group.id}`}
                label={<span class="vh">Role of {group.name}</span>}
                options={rolesToGive.map((role) => ({ text: roleNames[role], value: role }))}
              />
              <Button kind="secondary">Go on</Button>
            </Form>
          ),
        ])}
        empty="The directory has sent no group."
      />
    </Section>
  </Page>
)

export const GroupRolePage = ({
  viewer,
  trust,
  group,
  role,
  places,
  because,
}: {
  viewer: Viewer
  trust: string
  group: DirectoryGroup
  role: Role
  places: readonly PlaceChoice[]
  because?: string
}) => (
  <Page
    title={`${group.name}: ${roleNames[role].toLowerCase()}`}
    viewer={viewer}
    trust={trust}
    nav="people"
    purpose="Say where the group’s members hold the role. They have it from today, and lose it when they leave the group."
    crumbs={crumbs(group.name)}
    problems={because ? [{ text: because, field: 'place' }] : []}
  >
    <Section>
      <Form action={`/people/sign-in/directory/groups/${group.id}/role`}>
        <input type="hidden" name="role" value={role} />
        <Select name="place" label="Where?" options={places} />
        <Button>Give it to the group</Button>
      </Form>
    </Section>
  </Page>
)
