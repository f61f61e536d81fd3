import { jsx } from 'hono/jsx'
import { Button, Input } from '../../../ui/index.ts'

/** A form that a passkey answers: `client/islands/passkey-door.ts` asks the device and sends what it says. */
const Door = ({
  kind,
  options,
  action,
  fields = {},
  name,
  button,
  secondary,
}: {
  kind: 'get' | 'create'
  options: string
  action: string
  fields?: Readonly<Record<string, string>>
  /** Asks what to call the new passkey. */
  name?: boolean
  button: string
  secondary?: boolean
}) =>
  jsx(
    'passkey-door',
    { 'data-kind': kind, 'data-options': options },
    <form action={action} method="post" novalidate>
      {Object.entries(fields).map(([field, value]) => (
        <input type="hidden" name={field} value={value} />
      ))}
      <input type="hidden" name="answer" value="" />
      {name && (
        <Input
          name="name"
          label="Name of the passkey"
          hint="So that you know it again: “school laptop”, “my phone”."
        />
      )}
      <Button kind={secondary ? 'secondary' : 'filled'}>{button}</Button>
      <p class="small without-script">A passkey needs JavaScript, which is off in this browser.</p>
    </form>,
  )

export const PasskeyDoor = ({ to }: { to?: string | undefined }) => (
  <Door
    kind="get"
    options="/sign-in/passkey/options"
    action="/sign-in/passkey"
    fields={to ? { to } : {}}
    button="Sign in with a passkey"
    secondary
  />
)

export const MakePasskey = () => (
  <Door
    kind="create"
    options="/account/passkeys/options"
    action="/account/passkeys"
    name
    button="Make a passkey"
    secondary
  />
)
