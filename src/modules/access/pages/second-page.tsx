import { Button, Form, Input, Page, Section } from '../../../ui/index.ts'
import type { SecondSteps } from '../sign-in/second-step.ts'
import { PasskeyDoor } from './passkey-door.tsx'

/** The second of two steps: a code, or a passkey when the account has one. */
export const SecondPage = ({
  has,
  to,
  because,
}: {
  has: SecondSteps
  to?: string | undefined
  because?: string
}) => (
  <Page
    title="One more step"
    purpose={
      has.app
        ? 'Enter the code that your authenticator app shows, so that a password alone opens nothing.'
        : 'Use your passkey, so that a password alone opens nothing.'
    }
    problems={because ? [{ text: because, field: 'code' }] : []}
  >
    {has.passkeys > 0 && (
      <Section title="With your passkey">
        <PasskeyDoor to={to} />
      </Section>
    )}
    <Section title={has.passkeys > 0 ? 'With a code' : undefined}>
      <Form action="/sign-in/second">
        <Input
          name="code"
          label={has.app ? 'Code' : 'Recovery code'}
          hint={
            has.app
              ? 'Six figures from the app. Without your phone: one of your recovery codes.'
              : 'One of the codes you kept, such as k7mqp-x2f9r.'
          }
          autocomplete="one-time-code"
          autocapitalize="none"
          spellcheck={false}
          class="govuk-input--width-10"
          error={because}
        />
        <Button>Go in</Button>
      </Form>
      <p class="hush">
        No phone and no code? Ask whoever manages people at your school or trust: they can reset how you sign
        in.
      </p>
      <p>
        <a href="/sign-in">Begin again</a>
      </p>
    </Section>
  </Page>
)
