import { dayName, londonDay } from '../../../kernel/days.ts'
import { type Role, roleNames, roles } from '../../../kernel/roles.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import {
  Button,
  Checkboxes,
  Details,
  Form,
  Input,
  Page,
  PasswordInput,
  PostButton,
  type Problem,
  Section,
} from '../../../ui/index.ts'
import { type ProviderKind, providerNames } from '../domain/provider-claims.ts'
import type { Provider } from '../sign-in/providers.ts'

/** What was typed for a provider. */
export type TypedProvider = Readonly<Record<string, string | undefined>>

const words = {
  microsoft: {
    belongsTo: 'Directory (tenant) ID',
    hint: 'In the Entra admin centre under Overview. Only accounts of this tenant get in.',
    clientId: 'Application (client) ID',
    twoSteps: 'Our Entra asks everybody for a second step (Conditional Access or security defaults)',
    where:
      'In the Entra admin centre: App registrations, New registration, “Accounts in this organizational directory only”, Redirect URI of kind Web as below. Then Certificates & secrets, New client secret; and under Token configuration add the optional claims “email” and “xms_edov” to the ID token.',
  },
  google: {
    belongsTo: 'Domain of the Workspace',
    hint: 'Such as tidewell.example. Only accounts of this Workspace get in.',
    clientId: 'Client ID',
    twoSteps: 'Our Workspace asks everybody for 2-Step Verification',
    where:
      'In the Google Cloud console: APIs & Services, OAuth consent screen of kind Internal; then Credentials, Create OAuth client ID of kind Web application, with the redirect URI below.',
  },
} as const

export const SignInSettingsPage = ({
  viewer,
  trust,
  inTwoSteps,
  providers,
  back,
  typed = {},
  problems = [],
  done,
}: {
  viewer: Viewer
  trust: string
  inTwoSteps: readonly Role[]
  providers: readonly Provider[]
  /** The address to enter at the provider. */
  back: string
  typed?: TypedProvider
  problems?: readonly Problem[]
  done?: string | undefined
}) => (
  <Page
    title="How people sign in"
    viewer={viewer}
    trust={trust}
    nav="people"
    purpose="Which roles need two steps, and whether people may use their school’s Microsoft or Google account. Nobody gets in who is not in the trust’s record."
    crumbs={[{ text: 'People', href: '/people' }, { text: 'How people sign in' }]}
    problems={problems}
    done={done}
  >
    <Section
      title="Two steps"
      note="Whoever holds one of these roles is led to set up an app or a passkey at their next page, and sees nothing before."
    >
      <Form action="/people/sign-in/two-steps">
        <Checkboxes
          name="role"
          legend="Roles that must sign in with two steps"
          class="govuk-checkboxes--small"
          values={inTwoSteps}
          choices={roles.map((role) => ({ text: roleNames[role], value: role }))}
        />
        <Button kind="secondary">Save the roles</Button>
      </Form>
    </Section>
    {(['microsoft', 'google'] as const).map((kind) => (
      <ProviderForm
        kind={kind}
        provider={providers.find((one) => one.kind === kind)}
        back={back}
        typed={typed.kind === kind ? typed : undefined}
        problems={typed.kind === kind ? problems : []}
      />
    ))}
    <Section title="A directory">
      <p>
        <a href="/people/sign-in/directory">Let Entra, Google or Okta keep people here by itself</a> (SCIM
        2.0): joiners, leavers, and the roles of groups.
      </p>
    </Section>
  </Page>
)

const ProviderForm = ({
  kind,
  provider,
  back,
  typed,
  problems,
}: {
  kind: ProviderKind
  provider?: Provider | undefined
  back: string
  typed?: TypedProvider | undefined
  problems: readonly Problem[]
}) => {
  const name = providerNames[kind]
  const said = words[kind]
  const error = (field: string) => problems.find((problem) => problem.field === `${kind}-${field}`)?.text
  return (
    <Section
      title={`Sign in with ${name}`}
      note={provider ? `In use since ${dayName(londonDay(provider.since))}.` : 'Not in use.'}
    >
      <Details summary={`What to set up at ${name}`}>
        <p>{said.where}</p>
        <p>
          Redirect URI: <code>{back}</code>
        </p>
      </Details>
      <Form action="/people/sign-in/providers">
        <input type="hidden" name="kind" value={kind} />
        <Input
          name="belongsTo"
          id={`${kind}-belongsTo`}
          label={said.belongsTo}
          hint={said.hint}
          value={typed?.belongsTo ?? provider?.belongsTo}
          spellcheck={false}
          error={error('belongsTo')}
        />
        <Input
          name="clientId"
          id={`${kind}-clientId`}
          label={said.clientId}
          value={typed?.clientId ?? provider?.clientId}
          spellcheck={false}
          error={error('clientId')}
        />
        <PasswordInput
          name="clientSecret"
          id={`${kind}-clientSecret`}
          label="Client secret"
          hint={
            provider ? 'Leave it empty to keep the present one.' : 'Kept encrypted, and never shown again.'
          }
          autocomplete="off"
          error={error('clientSecret')}
        />
        <Checkboxes
          name="twoSteps"
          idPrefix={`${kind}-twoSteps`}
          values={(typed ? typed.twoSteps === 'yes' : provider?.twoSteps) ? ['yes'] : []}
          choices={[
            {
              text: said.twoSteps,
              value: 'yes',
              hint: 'Then signing in there counts as two steps here. If you are not sure, leave it.',
            },
          ]}
        />
        <Button kind="secondary">Save</Button>
      </Form>
      {provider && (
        <PostButton action={`/people/sign-in/providers/${provider.id}/end`} kind="warning">
          Stop signing in with {name}
        </PostButton>
      )}
    </Section>
  )
}
