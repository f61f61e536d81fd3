import { NotHere } from '../../../kernel/refusal.ts'
import { mayAnywhere, schoolsWhere } from '../../../kernel/viewer.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import {
  Button,
  Empty,
  Form,
  Input,
  InsetText,
  PostButton,
  type Problem,
  Radios,
  Section,
  Select,
  Table,
} from '../../../ui/index.ts'
import { schools } from '../../organisation/index.ts'
import { mayKeep, uploadKeys } from '../receiving/keys.ts'
import { DropPage, dropCrumbs, momentName, settingOf } from './drop-frame.tsx'

export interface KeysTold {
  readonly problems?: readonly Problem[]
  readonly done?: string
  /** The secret of a key that was just made: shown this once. */
  readonly secret?: string
  readonly typed?: { readonly name: string; readonly school: string; readonly publishes: string }
}

/** Keys by which a school’s own systems send their files: making one, seeing when each was used, revoking it. @throws NotHere */
export async function keysPage(viewer: Viewer, told: KeysTold = {}) {
  if (!mayAnywhere(viewer, 'send results')) throw new NotHere()
  const setting = await settingOf(viewer)
  const reach = schoolsWhere(viewer, 'send results')
  const all = await schools(viewer)
  const mine = reach === 'all' ? all : all.filter(({ id }) => reach.includes(id))
  const names = new Map(all.map(({ id, shortName }) => [id, shortName]))
  const keys = await uploadKeys(viewer)
  const { origin } = viewer.house.config
  return (
    <DropPage
      setting={setting}
      title="Keys for sending files"
      purpose="A nightly job of a school’s own system sends its file with a key. A key sends, and can see nothing."
      crumbs={dropCrumbs(undefined, { text: 'Files for the record', href: '/files' }, { text: 'Keys' })}
      problems={told.problems}
      done={told.done}
    >
      {told.secret && (
        <Section title="The new key" note="It is shown this once. Put it where only the job can read it.">
          <InsetText>
            <code>{told.secret}</code>
          </InsetText>
          <p>The job sends its file like this:</p>
          <pre class="command">
            <code>{`curl --fail-with-body -H "Authorization: Bearer $KEY" -H "Idempotency-Key: $(date +%F)" -H "Prefer: wait=30" --data-binary @marks.csv "${origin}/api/v1/files?name=marks.csv"`}</code>
          </pre>
        </Section>
      )}
      <Section title="Keys" aside={<a href="/files/by-key">How a program sends a file</a>}>
        {keys.length === 0 ? (
          <Empty>No key has been made yet. Make one below for each system that sends files.</Empty>
        ) : (
          <Table
            caption="Keys, those in use first"
            columns={[
              { head: 'Key', width: 3 },
              { head: 'Sends for', width: 2 },
              { head: 'What it sends', width: 3 },
              { head: 'Last used', width: 2 },
              { head: 'Stop it', hidden: true },
            ]}
            rows={keys.map((key) => [
              <>
                {key.name}
                <br />
                <span class="small">{`Made ${momentName(key.madeAt)}${key.madeBy ? ` by ${key.madeBy}` : ''}`}</span>
              </>,
              key.school === null ? setting.trust.name : names.get(key.school),
              key.publishes ? 'Goes in by itself when nothing needs a person' : 'Waits for a person',
              key.revokedAt
                ? `Revoked ${momentName(key.revokedAt)}`
                : key.usedAt
                  ? momentName(key.usedAt)
                  : 'Not yet',
              key.revokedAt ? null : (
                <PostButton action={`/files/keys/${key.id}/revoke`} kind="secondary">
                  Revoke<span class="vh"> {key.name}</span>
                </PostButton>
              ),
            ])}
          />
        )}
      </Section>
      <Section title="Make a key">
        <Form action="/files/keys">
          <Input
            name="name"
            label="What it is for"
            hint="The system that sends: Nightly export from the school’s MIS."
            value={told.typed?.name}
            class="govuk-input--width-20"
          />
          <Select
            name="school"
            label="It sends for"
            value={told.typed?.school}
            options={[
              ...mine.map(({ id, name }) => ({ value: String(id), text: name })),
              ...(mayKeep(viewer, null)
                ? [{ value: 'trust', text: `${setting.trust.name}, any school` }]
                : []),
            ]}
          />
          <Radios
            name="publishes"
            legend="What it sends"
            choices={[
              {
                value: 'no',
                text: 'Waits for a person, who looks at it and publishes it',
                checked: told.typed?.publishes !== 'yes',
              },
              {
                value: 'yes',
                text: 'Goes in by itself when nothing needs a person',
                hint: 'A file with a row that needs an answer waits all the same.',
                checked: told.typed?.publishes === 'yes',
              },
            ]}
          />
          <Button once>Make the key</Button>
        </Form>
      </Section>
    </DropPage>
  )
}
