import type { House } from '../../../platform/house.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { Section, Table, TakeAway } from '../../../ui/index.ts'
import { apiDocument } from '../receiving/api.ts'
import { DropPage, dropCrumbs, settingOf } from './drop-frame.tsx'

interface Parameter {
  readonly name: string
  readonly in: string
  readonly required?: boolean
  readonly description?: string
  readonly schema?: { readonly example?: unknown; readonly description?: string }
}

interface Operation {
  readonly summary?: string
  readonly description?: string
  readonly parameters?: readonly Parameter[]
  readonly responses?: Readonly<Record<string, { readonly description?: string }>>
}

/** How a program sends files: the OpenAPI document as a page. */
export async function byKeyPage(viewer: Viewer, house: House) {
  const setting = await settingOf(viewer)
  const { paths, components } = apiDocument(house)
  const operations = Object.entries(paths ?? {}).flatMap(([path, methods]) =>
    Object.entries(methods as Record<string, Operation>).map(([method, operation]) => ({
      path,
      method,
      operation,
    })),
  )
  const receipt = (components?.schemas?.Receipt ?? {}) as {
    readonly properties?: Readonly<
      Record<string, { readonly description?: string; readonly enum?: readonly string[] }>
    >
  }
  return (
    <DropPage
      setting={setting}
      title="How a program sends a file"
      purpose="For whoever sets up a school’s nightly job: one request, with a key, and the file as its body."
      crumbs={dropCrumbs(
        undefined,
        { text: 'Files for the record', href: '/files' },
        { text: 'Keys', href: '/files/keys' },
        { text: 'How a program sends a file' },
      )}
    >
      <Section title="In one line">
        <pre class="command">
          <code>{`curl --fail-with-body -H "Authorization: Bearer $KEY" -H "Idempotency-Key: $(date +%F)" -H "Prefer: wait=30" \\\n  --data-binary @marks.csv "${house.config.origin}/api/v1/files?name=marks.csv"`}</code>
        </pre>
        <p>
          The file is recognised by what is in it, and read by a job: without <code>Prefer</code> the answer
          is 202 at once, with the address where what became of it will stand. Sent twice with the same
          Idempotency-Key, it is answered twice and goes in once. Every answer is JSON; a refusal holds one
          sentence for a person.
        </p>
        <TakeAway links={[{ text: 'OpenAPI document', href: '/api/v1/openapi.json' }]}>
          OpenAPI 3.1, for programs that make programs.
        </TakeAway>
      </Section>
      {operations.map(({ path, method, operation }) => (
        <Section title={operation.summary} note={operation.description}>
          <p>
            <code>{`${method.toUpperCase()} /api/v1${path}`}</code>
          </p>
          <Table
            caption={`What ${operation.summary?.toLowerCase()} takes`}
            columns={[{ head: 'Name', width: 3 }, { head: 'Where' }, { head: 'What it is', width: 6 }]}
            rows={(operation.parameters ?? []).map((one) => [
              <code>{one.name}</code>,
              one.in,
              `${one.description ?? one.schema?.description ?? ''}${one.required ? ' Needed.' : ''}${
                one.schema?.example ? ` For example: ${String(one.schema.example)}` : ''
              }`,
            ])}
          />
          <Table
            caption={`How ${operation.summary?.toLowerCase()} is answered`}
            columns={[
              { head: 'Answer', width: 2 },
              { head: 'What it means', width: 6 },
            ]}
            rows={Object.entries(operation.responses ?? {}).map(([status, { description }]) => [
              status,
              description ?? '',
            ])}
          />
        </Section>
      ))}
      <Section title="A receipt" note="One for each thing that a file held.">
        <Table
          caption="Fields of a receipt"
          columns={[
            { head: 'Field', width: 2 },
            { head: 'What it is', width: 6 },
          ]}
          rows={Object.entries(receipt.properties ?? {}).map(([name, { description, enum: values }]) => [
            <code>{name}</code>,
            [values?.join(', '), description].filter(Boolean).join('. ') || 'In words, for a person.',
          ])}
        />
      </Section>
    </DropPage>
  )
}
