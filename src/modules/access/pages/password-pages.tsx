import type { Child } from 'hono/jsx'
import { Button, Form, Input, Page, PasswordInput, type Problem, Section } from '../../../ui/index.ts'
import { shortestPassword } from '../domain/password.ts'

interface PageParts {
  readonly trust?: string
  readonly problems?: readonly Problem[]
}

export const AskResetPage = ({ trust, email, problems }: PageParts & { email?: string }) => (
  <Page
    title="Set a new password"
    trust={trust}
    purpose="Say which e-mail address you sign in with, and we will send a link to it."
    problems={problems}
    crumbs={[{ text: 'Sign in', href: '/sign-in' }]}
  >
    <Section>
      <Form action="/reset">
        <Input
          name="email"
          label="E-mail address"
          type="email"
          autocomplete="username"
          spellcheck={false}
          autocapitalize="none"
          value={email}
          error={problems?.find((problem) => problem.field === 'email')?.text}
        />
        <Button>Send the link</Button>
      </Form>
    </Section>
  </Page>
)

export const ResetAskedPage = ({ trust, email }: PageParts & { email: string }) => (
  <Page
    title="Look at your e-mail"
    trust={trust}
    purpose="The link in it holds for one hour, and works once."
  >
    <Section>
      <p>
        If {email} has an account here, an e-mail with a link is on its way to it. It can take some minutes;
        look among unwanted mail too.
      </p>
      <p>
        <a href="/sign-in">Back to sign in</a>
      </p>
    </Section>
  </Page>
)

/** Choosing a password: by a reset link, or to accept an invitation. */
export const ChoosePasswordPage = ({
  trust,
  title,
  purpose,
  action,
  email,
  button,
  problems,
}: PageParts & { title: string; purpose: string; action: string; email: string; button: string }) => (
  <Page title={title} trust={trust} purpose={purpose} problems={problems}>
    <Section>
      <Form action={action}>
        <Input
          name="username"
          label="You sign in as"
          type="email"
          autocomplete="username"
          value={email}
          attributes={{ readonly: true }}
        />
        <PasswordInput
          name="password"
          label="New password"
          hint={`At least ${shortestPassword} characters. Three or four words together are easy to remember and hard to guess.`}
          autocomplete="new-password"
          error={problems?.find((problem) => problem.field === 'password')?.text}
        />
        <Button>{button}</Button>
      </Form>
    </Section>
  </Page>
)

/** A link that no longer holds, and what to do instead. */
export const SpentPage = ({
  trust,
  title,
  because,
  children,
}: PageParts & { title: string; because: string; children: Child }) => (
  <Page title={title} trust={trust} purpose={because}>
    <Section>{children}</Section>
  </Page>
)
