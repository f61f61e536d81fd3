import { academicYearOf } from '../../../kernel/academic-year.ts'
import { count } from '../../../kernel/numbers.ts'
import { enforce } from '../../../kernel/refusal.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import {
  Button,
  Buttons,
  Fields,
  type FieldValues,
  FileUpload,
  Form,
  Page,
  type Problem,
  Section,
  Textarea,
} from '../../../ui/index.ts'
import { schools } from '../../organisation/index.ts'
import { canWritePlan } from '../domain/can.ts'
import type { ProposedObjective } from '../domain/proposed-objectives.ts'
import { planById } from '../queries/plan.ts'

async function placed(viewer: Viewer, id: number) {
  const plan = await planById(viewer, id)
  enforce(canWritePlan(viewer, plan.school))
  const school = (await schools(viewer)).find((one) => one.id === plan.school)
  return {
    plan,
    crumbs: [
      { text: 'Improvement', href: '/improvement' },
      { text: school?.shortName ?? 'The trust', href: `/improvement/plans/${id}` },
      { text: 'Bring a document' },
    ],
  }
}

/** A plan from before, as a file or pasted. @throws NotHere, Refusal */
export async function bringPlanPage(viewer: Viewer, id: number, problems: readonly Problem[] = []) {
  const { crumbs } = await placed(viewer, id)
  return (
    <Page
      title="Bring objectives from a document"
      viewer={viewer}
      nav="improvement"
      problems={problems}
      purpose="Headings become objectives, the lists below them actions. You put right what was taken wrongly before anything is in the plan."
      crumbs={crumbs}
      foot={[
        'Only words are taken over. Owners, dates and costs are added afterwards; a plan in one large table is better brought by copying its columns under headings.',
      ]}
    >
      <Section>
        <Form action={`/improvement/plans/${id}/bring`} files>
          <FileUpload
            name="file"
            label="A file"
            hint="A Word document (.docx), Markdown, a web page or plain text, of at most 5 MB."
            accept=".docx,.md,.markdown,.txt,.html,.htm"
          />
          <Textarea
            name="pasted"
            label="Or paste it here"
            hint="In Markdown: # before a heading, - before an action."
            rows={10}
          />
          <Button once>See what would be taken</Button>
        </Form>
      </Section>
    </Page>
  )
}

/** The objectives of a document as a form gives them back: by their place in it. */
export const proposedValues = (objectives: readonly ProposedObjective[]): Record<string, string> =>
  Object.fromEntries(
    objectives.flatMap(({ title, why, actions, checks }, at) => [
      [`take-${at}`, 'yes'],
      [`title-${at}`, title],
      [`why-${at}`, why],
      [`actions-${at}`, actions.join('\n')],
      [`checks-${at}`, checks.join('\n')],
    ]),
  )

/** Each objective that was found, to be put right or left out. @throws NotHere, Refusal */
export async function takeObjectivesPage(
  viewer: Viewer,
  id: number,
  values: FieldValues,
  problems: readonly Problem[] = [],
) {
  const { plan, crumbs } = await placed(viewer, id)
  const many = Object.keys(values).filter((name) => /^title-\d+$/.test(name)).length
  const days = values['by-year'] === undefined && {
    by: `${plan.academicYear + 1}-07-17`,
    begins: academicYearOf(viewer.today) === plan.academicYear ? viewer.today : `${plan.academicYear}-09-01`,
  }
  return (
    <Page
      title="What would be taken"
      viewer={viewer}
      nav="improvement"
      problems={problems}
      purpose="Put right what was taken wrongly, and leave out what is no objective. Nothing is in the plan until you take it, and the document is not kept."
      crumbs={crumbs}
      asAt={[count(many, 'objective')]}
    >
      <Form action={`/improvement/plans/${id}/bring/take`} guard>
        {Array.from({ length: many }, (_, at) => (
          <Section title={values[`title-${at}`]?.trim() || `Objective ${at + 1}`}>
            <Fields
              fields={[
                {
                  kind: 'list',
                  name: `take-${at}`,
                  label: 'Take it?',
                  options: [
                    { value: 'yes', text: 'Take it' },
                    { value: 'no', text: 'Leave it out' },
                  ],
                },
                { kind: 'line', name: `title-${at}`, label: 'What will be better?' },
                { kind: 'words', name: `why-${at}`, label: 'Why?', rows: 3 },
                { kind: 'words', name: `actions-${at}`, label: 'Actions, one a line', rows: 5 },
                {
                  kind: 'words',
                  name: `checks-${at}`,
                  label: 'Checks that it is reached, one a line',
                  rows: 2,
                },
              ]}
              values={values}
            />
          </Section>
        ))}
        <Section title="When">
          <Fields
            fields={[
              { kind: 'day', name: 'begins', label: 'The actions start' },
              { kind: 'day', name: 'by', label: 'They are due, and the objectives reached, by' },
            ]}
            values={{ ...days, ...values }}
            problems={problems}
          />
          <Buttons>
            <Button once>Take them into the plan</Button>
            <a href={`/improvement/plans/${id}`}>Leave the document out</a>
          </Buttons>
        </Section>
      </Form>
    </Page>
  )
}
