import { jsx } from 'hono/jsx'
import { dayName, londonDay } from '../../../kernel/days.ts'
import { count } from '../../../kernel/numbers.ts'
import { enforce } from '../../../kernel/refusal.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import {
  Button,
  Buttons,
  Details,
  type FieldValues,
  FileUpload,
  Form,
  Page,
  PostButton,
  type Problem,
  Section,
  Select,
  Textarea,
} from '../../../ui/index.ts'
import { canWriteEvaluation } from '../domain/can-confirm.ts'
import type { ProposedPart } from '../domain/proposed.ts'
import { broughtById, broughtInto } from '../queries/brought.ts'
import { evaluationById } from '../queries/evaluation.ts'

const crumbsTo = (id: number, here: string) => [
  { text: 'Self-evaluation', href: `/improvement/evaluations/${id}` },
  { text: here },
]

/** A document from before, as a file or pasted. @throws NotHere, Refusal */
export async function bringPage(viewer: Viewer, id: number, problems: readonly Problem[] = []) {
  const { school } = await evaluationById(viewer, id)
  enforce(canWriteEvaluation(viewer, school))
  const waiting = await broughtInto(viewer, id)
  const path = `/improvement/evaluations/${id}/bring`
  return (
    <Page
      title="Bring an existing document"
      viewer={viewer}
      nav="improvement"
      problems={problems}
      purpose="What the school wrote before goes into the areas part by part. You see where each part would go, and nothing that is written here already is overwritten."
      crumbs={crumbsTo(id, 'Bring a document')}
      foot={[
        'Only words are taken over: headings, paragraphs, lists and tables. Pictures, links and macros are left out, and figures stay words until you cite them.',
      ]}
    >
      {waiting.length > 0 && (
        <Section title="Waiting to be put in">
          <ul class="govuk-list">
            {waiting.map((one) => (
              <li>
                <a href={`${path}/${one.id}`}>{one.name}</a>, {count(one.parts.length, 'part')}, brought{' '}
                {dayName(londonDay(one.at))}
              </li>
            ))}
          </ul>
        </Section>
      )}
      <Section>
        {jsx(
          'paste-with-shape',
          {},
          <Form action={path} files>
            <FileUpload
              name="file"
              label="A file"
              hint="A Word document (.docx), Markdown, a web page or plain text, of at most 5 MB."
              accept=".docx,.md,.markdown,.txt,.html,.htm"
            />
            <Textarea
              name="pasted"
              label="Or paste it here"
              hint="From Word, a web page or an e-mail. Headings that name an area are found."
              rows={10}
            />
            <Button once>See where it would go</Button>
          </Form>,
        )}
      </Section>
    </Page>
  )
}

/** What is shown of a part before the rest is folded. */
const first = 320

const Part = ({
  part,
  at,
  areas,
  values,
}: {
  part: ProposedPart
  at: number
  areas: readonly { readonly value: string; readonly text: string }[]
  values: FieldValues | undefined
}) => {
  // A heading that names no place is part of the words; here it stands over them once.
  const words = part.text.startsWith(`${part.heading}\n\n`)
    ? part.text.slice(part.heading.length + 2)
    : part.text
  const cut = words.length > first * 1.3
  return (
    <li class="brought">
      <div>
        <h3>{part.heading || 'Before the first heading'}</h3>
        <p class="brought__words">{cut ? `${words.slice(0, first)}…` : words}</p>
        {cut && (
          <Details summary="All of it">
            <p class="brought__words">{words}</p>
          </Details>
        )}
      </div>
      <div>
        <Select
          name={`area-${at}`}
          label="Goes into"
          value={values?.[`area-${at}`] ?? part.area ?? ''}
          options={[{ value: '', text: 'Leave it out' }, ...areas]}
        />
        <Select
          name={`field-${at}`}
          label="As"
          value={values?.[`field-${at}`] ?? part.field}
          options={[
            { value: 'words', text: 'What we judge' },
            { value: 'strengths', text: 'Strengths' },
            { value: 'next', text: 'What is next' },
          ]}
        />
      </div>
    </li>
  )
}

/** Each part of a document with the place proposed for it, to be confirmed or moved. @throws NotHere, Refusal */
export async function broughtPage(
  viewer: Viewer,
  id: number,
  brought: number,
  { values, problems }: { values?: FieldValues; problems?: readonly Problem[] } = {},
) {
  const { school, areas } = await evaluationById(viewer, id)
  enforce(canWriteEvaluation(viewer, school))
  const document = await broughtById(viewer, id, brought)
  const known = document.parts.filter((part) => part.area !== null).length
  const path = `/improvement/evaluations/${id}/bring/${brought}`
  const options = areas.map(({ area }) => ({ value: area.code, text: area.name }))
  return (
    <Page
      title={`Where “${document.name}” goes`}
      viewer={viewer}
      nav="improvement"
      problems={problems}
      purpose="Confirm where each part goes, or move it. What is written in an area already stays; what is brought stands below it."
      crumbs={crumbsTo(id, document.name)}
      asAt={[
        count(document.parts.length, 'part'),
        known === document.parts.length
          ? 'An area is proposed for each'
          : `An area is proposed for ${known}; ${count(document.parts.length - known, 'part')} with a heading that names none`,
        `Brought ${dayName(londonDay(document.at))}`,
      ]}
    >
      <Section title="Its parts">
        <Form action={path} guard>
          <ol class="brought-parts">
            {document.parts.map((part, at) => (
              <Part part={part} at={at} areas={options} values={values} />
            ))}
          </ol>
          <Buttons>
            <Button once>Put them in</Button>
            <a href={`/improvement/evaluations/${id}`}>Decide later</a>
          </Buttons>
        </Form>
        <PostButton action={`${path}/leave`} kind="secondary">
          Leave the whole document out
        </PostButton>
      </Section>
    </Page>
  )
}
