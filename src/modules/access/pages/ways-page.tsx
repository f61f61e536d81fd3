import { dayName, londonDay } from '../../../kernel/days.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import {
  Button,
  Buttons,
  Form,
  Input,
  InsetText,
  Page,
  PostButton,
  type Problem,
  Section,
  Table,
} from '../../../ui/index.ts'
import type { OwnWays } from '../sign-in/own-ways.ts'
import { MakePasskey } from './passkey-door.tsx'
import { QrCode } from './qr.tsx'

const crumbs = (last?: string) => [
  { text: 'Your account', href: '/account' },
  last ? { text: 'How you sign in', href: '/account/ways' } : { text: 'How you sign in' },
  ...(last ? [{ text: last }] : []),
]

const day = (at: Date) => dayName(londonDay(at))

const CodeInput = ({ label }: { label: string }) => (
  <Input
    name="code"
    label={label}
    autocomplete="one-time-code"
    autocapitalize="none"
    spellcheck={false}
    class="govuk-input--width-10"
  />
)

export const WaysPage = ({
  viewer,
  trust,
  ways,
  needed,
  problems,
  done,
}: {
  viewer: Viewer
  trust: string
  ways: OwnWays
  /** Sent here because a role asks for two steps. */
  needed: boolean
  problems?: readonly Problem[]
  done?: string | undefined
}) => (
  <Page
    title="How you sign in"
    viewer={viewer}
    trust={trust}
    purpose="A password can be guessed or seen. A second step, or a passkey, keeps pupils’ data shut to whoever finds it."
    crumbs={crumbs()}
    problems={problems}
    done={done}
  >
    {needed && !ways.steps.any && (
      <InsetText>
        {trust} asks everyone in your role for two steps. Set up an app or a passkey here; then you can go on.
      </InsetText>
    )}
    <Section
      title="Authenticator app"
      note="An app on your phone shows six figures that change every 30 seconds. Any will do: Microsoft or Google Authenticator, or the phone’s own."
    >
      {ways.steps.app ? (
        <>
          <p>Set up on {day(ways.steps.app)}. Signing in by password asks for its code.</p>
          <Form action="/account/authenticator/end">
            <CodeInput label="Code from the app, or a recovery code, to remove it" />
            <Button kind="secondary">Remove the app</Button>
          </Form>
        </>
      ) : (
        <PostButton action="/account/authenticator" kind={needed ? 'filled' : 'secondary'}>
          Set up an app
        </PostButton>
      )}
    </Section>
    <Section
      title="Passkeys"
      note="A passkey is kept by your phone or laptop and opened by finger, face or PIN. It is both steps at once: nothing to type, nothing to steal."
    >
      {ways.passkeys.length > 0 && (
        <Table
          caption="Your passkeys"
          columns={[
            { head: 'Name' },
            { head: 'Made' },
            { head: 'Last used' },
            { head: 'Remove', hidden: true },
          ]}
          rows={ways.passkeys.map((key) => [
            key.name,
            day(key.made),
            key.used ? day(key.used) : 'not yet',
            <PostButton action="/account/passkeys/end" kind="secondary" fields={{ id: key.id }}>
              Remove <span class="vh">{key.name}</span>
            </PostButton>,
          ])}
        />
      )}
      <MakePasskey />
    </Section>
    {ways.steps.any && (
      <Section title="Recovery codes" note="For the day your phone is lost. Each works once.">
        <p>{ways.steps.codesLeft === 0 ? 'None is left.' : `${ways.steps.codesLeft} of 10 are left.`}</p>
        <Form action="/account/recovery-codes">
          {ways.steps.app && <CodeInput label="Code from the app, to make new ones" />}
          <Button kind="secondary">Make new codes</Button>
        </Form>
      </Section>
    )}
    {ways.providers.length > 0 && (
      <Section title="School account" note="Joined, it signs you in here without a password of its own.">
        <Table
          caption="Accounts elsewhere"
          columns={[{ head: 'Where' }, { head: 'Joined' }, { head: 'Change it', hidden: true }]}
          rows={ways.providers.map((one) => [
            one.name,
            one.joined ? 'yes' : 'not yet',
            one.joined ? (
              <PostButton action={`/account/joined/${one.id}/end`} kind="secondary">
                Part <span class="vh">from {one.name}</span>
              </PostButton>
            ) : (
              <a href={`/sign-in/join/${one.trust}/${one.id}`}>Join with {one.name}</a>
            ),
          ])}
        />
      </Section>
    )}
    <Section title="Password">
      <p>
        {ways.password ? (
          <a href="/account#password">Change your password</a>
        ) : (
          'You have none. To set one, sign out and choose “I have forgotten my password”.'
        )}
      </p>
    </Section>
  </Page>
)

/** The secret as a picture and as text, and the first code asked for. */
export const AuthenticatorPage = ({
  viewer,
  trust,
  address,
  secret,
  because,
}: {
  viewer: Viewer
  trust: string
  address: string
  secret: string
  because?: string
}) => (
  <Page
    title="Set up an authenticator app"
    viewer={viewer}
    trust={trust}
    purpose="Scan the picture with the app, then enter the code that it shows."
    crumbs={crumbs('App')}
    problems={because ? [{ text: because, field: 'code' }] : []}
  >
    <Section title="1. Scan">
      <QrCode text={address} title="QR code for the authenticator app" />
      <p>
        Can’t scan it? Type this key into the app instead: <code>{secret.match(/.{1,4}/g)!.join(' ')}</code>
      </p>
    </Section>
    <Section title="2. Show that it works">
      <Form action="/account/authenticator/confirm">
        <CodeInput label="Code from the app" />
        <Button>Turn it on</Button>
      </Form>
    </Section>
  </Page>
)

/** Shown once: only their hashes are kept. */
export const CodesPage = ({
  viewer,
  trust,
  codes,
}: {
  viewer: Viewer
  trust: string
  codes: readonly string[]
}) => (
  <Page
    title="Keep these recovery codes"
    viewer={viewer}
    trust={trust}
    purpose="They are shown this once. Print them or write them down, and keep them away from your phone; each signs you in once without it."
    crumbs={crumbs('Recovery codes')}
    done="Your second step is on."
  >
    <Section>
      <ul class="codes">
        {codes.map((code) => (
          <li>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <Buttons>
        <Button href="/">I have kept them</Button>
      </Buttons>
    </Section>
  </Page>
)
