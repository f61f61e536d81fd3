import { type Role, roleNames } from '../../../kernel/roles.ts'
import {
  Button,
  Buttons,
  Fold,
  Form,
  Input,
  Page,
  PasswordInput,
  PostButton,
  type Problem,
  Section,
  Table,
} from '../../../ui/index.ts'
import type { DemoPerson, DemoRole } from '../queries/demo-people.ts'
import type { ProviderAtDoor } from '../sign-in/providers.ts'
import { PasskeyDoor } from './passkey-door.tsx'

export interface SignInPageProps {
  readonly trust?: string
  readonly email?: string
  readonly to?: string
  readonly problems?: readonly Problem[]
  readonly done?: string
  /** Whom a visitor may be, while the demo runs. */
  readonly demo?: readonly DemoRole[]
  /** Where people may sign in elsewhere. */
  readonly providers?: readonly ProviderAtDoor[]
  /** The provider at which whoever just signed out is still signed in. */
  readonly out?: ProviderAtDoor | undefined
}

/** What someone in each role would come here to do. */
const errands: Record<Role, string> = {
  administrator: 'Invite people, give and end roles, check who looked at what.',
  'data-lead': 'Open a drop, chase the schools that are late, lock it.',
  director: 'See where to look first, and ask about what stands out.',
  headteacher: 'Read the school’s figures, sign off its data, see who looked at its pupils.',
  'data-manager': 'Send the school’s file for the open drop, mend what can’t be read, publish it.',
  'subject-leader': 'See how a subject stands, and which pupils are behind any figure.',
  'class-teacher': 'Read one class, pupil by pupil.',
  trustee: 'Prepare for a meeting: the same figures, without names or small groups.',
  'local-governor': 'Read one school’s figures, without names or small groups.',
  clerk: 'Find the figures that a board paper cites.',
}

export const SignInPage = ({
  trust,
  email,
  to,
  problems = [],
  done,
  demo = [],
  providers = [],
  out,
}: SignInPageProps) => (
  <Page
    title="Sign in"
    trust={trust}
    purpose={
      demo.length > 0
        ? 'Choose who to be. Everything here is made up: the trust, its schools, its pupils and its people.'
        : 'Your trust’s results, from what each school sent to what can be said about it.'
    }
    problems={problems}
    done={done}
  >
    {out && (
      <Section title="You are signed out here">
        <p>
          On a shared computer,{' '}
          <a href={`/sign-in/out/${out.trust}/${out.provider}`}>sign out of {out.name}</a> as well: otherwise
          the next person can come in as you.
        </p>
      </Section>
    )}
    {demo.length > 0 && <DemoDoor groups={demo} to={to} />}
    {providers.length > 0 && (
      <Section title="With your school account">
        <Buttons>
          {providers.map((one) => (
            <Button
              href={`/sign-in/with/${one.trust}/${one.provider}${to ? `?to=${encodeURIComponent(to)}` : ''}`}
              kind={demo.length > 0 ? 'secondary' : 'filled'}
            >
              Sign in with {one.name}
            </Button>
          ))}
        </Buttons>
      </Section>
    )}
    <PasskeyDoor to={to} />
    <Section title={demo.length > 0 || providers.length > 0 ? 'Or with a password' : undefined}>
      <Form action="/sign-in">
        {to && <input type="hidden" name="to" value={to} />}
        <Input
          name="email"
          label="E-mail address"
          type="email"
          autocomplete="username"
          spellcheck={false}
          autocapitalize="none"
          value={email}
        />
        <PasswordInput name="password" label="Password" autocomplete="current-password" />
        <Button kind={demo.length > 0 || providers.length > 0 ? 'secondary' : 'filled'}>Sign in</Button>
      </Form>
      <p>
        <a href="/reset">I have forgotten my password</a>
      </p>
      <p class="hush">
        Accounts are made by invitation only. If you have none, ask your school’s headteacher or the trust’s
        data lead.
      </p>
    </Section>
  </Page>
)

/** So many of each role stand in the list; the others are folded away under it. */
const shown = 2

const DemoDoor = ({ groups, to }: { groups: readonly DemoRole[]; to?: string }) => {
  const first = groups.flatMap(({ role, people }) =>
    people.slice(0, shown).map((person) => ({ role, person })),
  )
  const others = groups.flatMap(({ role, people }) => people.slice(shown).map((person) => ({ role, person })))
  return (
    <Section
      title="Be one of the demo’s people"
      note="One click signs in. Nothing you do leaves this machine."
    >
      <Becoming people={first} to={to} caption="People of the demo, by role" />
      {others.length > 0 && (
        <Fold summary={`${others.length} more people of the trust`}>
          <Becoming people={others} to={to} caption="More people of the demo, by role" />
        </Fold>
      )}
    </Section>
  )
}

const Becoming = ({
  people,
  to,
  caption,
}: {
  people: readonly { readonly role: Role; readonly person: DemoPerson }[]
  to?: string
  caption: string
}) => (
  <Table
    caption={caption}
    columns={[
      { head: 'Sign in as', width: 3 },
      { head: 'Who is', width: 3 },
      { head: 'and would come to', width: 6 },
    ]}
    rows={people.map(({ role, person }) => [
      <PostButton
        action="/sign-in/demo"
        kind="secondary"
        fields={{ trust: String(person.trust), person: String(person.person), ...(to ? { to } : {}) }}
      >
        {person.name}
      </PostButton>,
      person.title || roleNames[role],
      errands[role],
    ])}
  />
)
