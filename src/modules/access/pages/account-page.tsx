import { dayName, londonDay, londonTime } from '../../../kernel/days.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import {
  Button,
  Buttons,
  Form,
  Page,
  PasswordInput,
  PostButton,
  type Problem,
  Section,
  Table,
} from '../../../ui/index.ts'
import { shortestPassword } from '../domain/password.ts'
import type { RoleOfPerson } from '../queries/person.ts'
import type { OpenSession } from '../sign-in/sessions.ts'

const moment = (at: Date) => `${dayName(londonDay(at))}, ${londonTime(at)}`

export const AccountPage = ({
  viewer,
  trust,
  roles,
  sessions,
  password,
  problems,
  done,
}: {
  viewer: Viewer
  trust: string
  roles: readonly RoleOfPerson[]
  sessions: readonly OpenSession[]
  password: boolean
  problems?: readonly Problem[]
  done?: string
}) => (
  <Page
    title="Your account"
    viewer={viewer}
    trust={trust}
    purpose="Where you are signed in, what you may see, and your password."
    problems={problems}
    done={done}
  >
    <Section
      title="Where you are signed in"
      note="Signing out somewhere takes effect at once. A session that is not used for 12 hours ends by itself."
    >
      <Table
        caption="Your open sessions, last used first"
        columns={[
          { head: 'Browser' },
          { head: 'From' },
          { head: 'Since' },
          { head: 'Last used' },
          { head: 'End it', hidden: true },
        ]}
        rows={sessions.map((session) => [
          session.browser,
          session.address || 'this machine',
          moment(session.since),
          session.here ? 'now, on this page' : moment(session.lastUsed),
          session.here ? (
            ''
          ) : (
            <PostButton action={`/account/sessions/${session.id}/end`} kind="secondary">
              Sign out there
            </PostButton>
          ),
        ])}
      />
      <Buttons>
        <PostButton action="/sign-out">Sign out</PostButton>
        {sessions.length > 1 && (
          <PostButton action="/account/sessions/end-others" kind="secondary">
            Sign out everywhere else
          </PostButton>
        )}
      </Buttons>
    </Section>
    <Section title="How you sign in">
      <p>
        <a href="/account/ways">Second step, passkeys and school account</a>
      </p>
    </Section>
    <Section title="Your roles" aside={<a href="/people/roles">Who may see what</a>}>
      <Table
        caption="Roles you hold or have held"
        columns={[{ head: 'Role' }, { head: 'Where' }, { head: 'From' }, { head: 'To' }]}
        rows={roles.map((held) => [
          held.roleName,
          held.where,
          dayName(held.from),
          held.to ? dayName(held.to) : 'no last day',
        ])}
        empty="You hold no role, so there is nothing you can see. Ask your headteacher or the trust’s data lead."
      />
    </Section>
    {password ? (
      <Section
        id="password"
        title="Change your password"
        note="You stay signed in here, and are signed out everywhere else."
      >
        <Form action="/account/password">
          <PasswordInput
            name="present"
            label="Present password"
            autocomplete="current-password"
            error={problems?.find((problem) => problem.field === 'present')?.text}
          />
          <PasswordInput
            name="next"
            label="New password"
            hint={`At least ${shortestPassword} characters. Three or four words together are easy to remember and hard to guess.`}
            autocomplete="new-password"
            error={problems?.find((problem) => problem.field === 'next')?.text}
          />
          <Button kind="secondary">Change the password</Button>
        </Form>
      </Section>
    ) : (
      <Section title="Password">
        <p>The demo’s people have no password: one click on the sign-in page is enough.</p>
      </Section>
    )}
  </Page>
)
