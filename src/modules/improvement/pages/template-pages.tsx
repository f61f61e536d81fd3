import { academicYearOf } from '../../../kernel/academic-year.ts'
import { addDays, type Day, dayName } from '../../../kernel/days.ts'
import { count } from '../../../kernel/numbers.ts'
import { enforce } from '../../../kernel/refusal.ts'
import { yearGroupName } from '../../../kernel/year-group.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { Details, type FormField, Page, PostButton, type Problem, Section, Table } from '../../../ui/index.ts'
import { type Measure, measuresOf } from '../../measures/index.ts'
import { groupBySlug, schools } from '../../organisation/index.ts'
import { FormPage } from '../../purpose/index.ts'
import { canKeepTemplate } from '../commands/templates.ts'
import { canWritePlan } from '../domain/can.ts'
import type { ObjectiveTemplate } from '../domain/objective-template.ts'
import { planById } from '../queries/plan.ts'
import { type TemplateOffered, templateByCode, templatesFor } from '../queries/templates.ts'
import { objectiveFields, type Typed } from './objective-forms.tsx'

type Aim = ObjectiveTemplate['measures'][number]

const measureWords = (known: readonly Measure[], { measure, year, group }: Aim): string =>
  [
    known.find((one) => one.id === measure)?.name ?? `A measure that was withdrawn (${measure})`,
    year === 'all' ? '' : yearGroupName(year),
    group === 'all' ? '' : (groupBySlug(group)?.name.toLowerCase() ?? group),
  ]
    .filter(Boolean)
    .join(', ')

const placed = async (viewer: Viewer, id: number) => {
  const plan = await planById(viewer, id)
  enforce(canWritePlan(viewer, plan.school))
  const school = (await schools(viewer)).find((one) => one.id === plan.school)
  return {
    plan,
    crumbs: [
      { text: 'Improvement', href: '/improvement' },
      { text: school?.shortName ?? 'The trust', href: `/improvement/plans/${id}` },
    ],
  }
}

const Offered = ({
  template,
  plan,
  known,
  keeps,
}: {
  template: TemplateOffered
  plan: number
  known: readonly Measure[]
  keeps: boolean
}) => (
  <li>
    <span />
    <div>
      <p>
        <a href={`/improvement/plans/${plan}/templates/${template.code}`}>{template.title}</a>
      </p>
      <p class="small">{template.why}</p>
      <div class="look__meta">
        <span>{count(template.actions.length, 'action')}</span>
        {template.measures.map((one) => (
          <span>{measureWords(known, one)}</span>
        ))}
        {template.kept && (
          <span>
            kept {dayName(template.kept.on)}
            {template.kept.by && ` by ${template.kept.by}`}
          </span>
        )}
      </div>
      {template.ingredients.length > 0 && (
        <Details summary="Active ingredients">
          <ul class="govuk-list govuk-list--bullet">
            {template.ingredients.map((one) => (
              <li>{one}</li>
            ))}
          </ul>
        </Details>
      )}
      {keeps && template.kept && (
        <PostButton
          action={`/improvement/templates/${template.kept.id}/end`}
          fields={{ plan: String(plan) }}
          kind="secondary"
          class="small-button"
        >
          No longer offer it
        </PostButton>
      )}
    </div>
  </li>
)

/** What an objective may be started from. @throws NotHere, Refusal */
export async function templatesPage(
  viewer: Viewer,
  id: number,
  { done, problems }: { done?: string; problems?: readonly Problem[] } = {},
) {
  const { plan, crumbs } = await placed(viewer, id)
  const all = await templatesFor(viewer, plan.school)
  const known = await measuresOf(viewer)
  const keeps = canKeepTemplate(viewer).ok
  const listed = (title: string, templates: readonly TemplateOffered[], note: string) =>
    templates.length > 0 && (
      <Section title={title} note={note}>
        <ul class="look">
          {templates.map((template) => (
            <Offered template={template} plan={id} known={known} keeps={keeps} />
          ))}
        </ul>
      </Section>
    )
  return (
    <Page
      title="Start from a template"
      viewer={viewer}
      nav="improvement"
      done={done}
      problems={problems}
      purpose="An objective with its active ingredients, measures and actions from explore to sustain. Every word and day of it is yours to change."
      crumbs={[...crumbs, { text: 'Templates' }]}
    >
      {listed(
        'The trust’s own',
        all.filter((one) => one.kept !== null),
        'Objectives that the trust keeps as worth starting from.',
      )}
      {listed(
        'For everyone',
        all.filter((one) => one.kept === null),
        'In our own words, from what is known to matter when schools change something. Take what fits.',
      )}
    </Page>
  )
}

/** By the end of the summer term, or when its last action is due where that is later. */
function endOf({ actions }: ObjectiveTemplate, begins: Day): Day {
  const last = addDays(begins, Math.max(0, ...actions.map((one) => one.due)))
  const summer = `${academicYearOf(begins) + 1}-07-17`
  return last > summer ? last : summer
}

/** The form of an objective, filled from a template. @throws NotHere, Refusal */
export async function fromTemplatePage(viewer: Viewer, id: number, code: string, typed: Typed = {}) {
  const { plan, crumbs } = await placed(viewer, id)
  const template = await templateByCode(viewer, plan.school, code)
  const known = await measuresOf(viewer)
  const targets = template.measures.map(
    (one, at): FormField => ({
      kind: 'number',
      name: `target-${at}`,
      label: `Target: ${measureWords(known, one)}`,
      hint: 'Leave it empty to leave this measure out.',
    }),
  )
  return (
    <FormPage
      viewer={viewer}
      nav="improvement"
      title={template.title}
      purpose="Change what does not fit, say the targets, and it stands in your plan with its actions, which have no owner yet."
      crumbs={[
        ...crumbs,
        { text: 'Templates', href: `/improvement/plans/${id}/templates` },
        { text: 'Start' },
      ]}
      action={`/improvement/plans/${id}/templates/${code}`}
      fields={[
        ...(await objectiveFields(viewer, plan.school)),
        ...targets,
        {
          kind: 'day',
          name: 'begins',
          label: 'When does the work begin?',
          hint: 'The days of the actions count from here.',
        },
      ]}
      values={
        typed.values ?? {
          title: template.title,
          why: template.why,
          forWhom: template.forWhom,
          ingredients: template.ingredients.join('\n'),
          begins: viewer.today,
          by: endOf(template, viewer.today),
        }
      }
      problems={typed.problems}
      button="Start it"
      back={`/improvement/plans/${id}/templates`}
    >
      <Section title="What comes with it">
        <Table
          caption="Actions"
          columns={[
            { head: 'Action' },
            { head: 'From week', num: true },
            { head: 'To week', num: true },
            { head: 'People’s days', num: true },
          ]}
          rows={template.actions.map((one) => [
            one.title,
            String(Math.floor(one.starts / 7) + 1),
            String(Math.ceil(one.due / 7)),
            String(one.days),
          ])}
        />
        <ul class="govuk-list govuk-list--bullet">
          {template.checks.map((one) => (
            <li>Check: {one}</li>
          ))}
          {template.risks.map((one) => (
            <li>
              Risk: {one.words}. {one.answer}.
            </li>
          ))}
        </ul>
      </Section>
    </FormPage>
  )
}
