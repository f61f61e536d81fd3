import { academicYearName, academicYearOf } from '../../../kernel/academic-year.ts'
import { enforce } from '../../../kernel/refusal.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import type { FormField } from '../../../ui/index.ts'
import { schools } from '../../organisation/index.ts'
import { FormPage, figureFields } from '../../purpose/index.ts'
import { canWritePlan } from '../domain/can.ts'
import { type Plan, plansWith } from '../queries/plan.ts'
import { type Subject, subjectAt } from '../queries/subject.ts'
import { actionFields, objectiveFields, type Typed } from './objective-forms.tsx'

const from: Record<Subject['origin']['kind'], string> = {
  figure: 'the figure',
  finding: 'the finding',
  judgement: 'the judgement',
}

/** Whose plan it goes in, and that plan when there is one this year. */
async function placed(viewer: Viewer, subject: Subject) {
  enforce(canWritePlan(viewer, subject.school))
  const school = (await schools(viewer)).find((one) => one.id === subject.school)
  const academicYear = academicYearOf(viewer.today)
  const plans = await plansWith(viewer, { academicYear })
  return {
    who: school?.shortName ?? 'The trust',
    year: academicYearName(academicYear),
    plan: plans.find((one) => one.school === subject.school) as Plan | undefined,
    trusts: plans.find((one) => one.school === null) as Plan | undefined,
  }
}

const said = ({ origin }: Subject): string =>
  `From ${from[origin.kind]}: ${origin.text.replace(/\.$/, '')}${origin.snapshot ? ` (snapshot ${origin.snapshot})` : ''}. The link stays, both ways.`

/** Makes an objective of a finding, figure or judgement: its words and the figure to aim at are there already. @throws NotHere, Refusal */
export async function objectiveOfPage(viewer: Viewer, href: string, typed: Typed = {}) {
  const subject = await subjectAt(viewer, href)
  const { who, year, plan } = await placed(viewer, subject)
  const { figure } = subject
  const aimed: FormField[] = [
    {
      kind: 'number',
      name: 'target',
      label: 'Which target shows that it is reached?',
      hint: figure
        ? `Now ${figure.now}. Leave it empty when something else will show it.`
        : 'Choose the figure below. Leave it empty when something else will show it.',
    },
    ...(await figureFields(viewer)),
  ]
  return (
    <FormPage
      viewer={viewer}
      nav="improvement"
      title="Make an objective of it"
      purpose={`${said(subject)}${plan ? '' : ` This begins the plan for ${year}.`}`}
      crumbs={[
        { text: 'Improvement', href: '/improvement' },
        plan ? { text: `${who} ${year}`, href: `/improvement/plans/${plan.id}` } : { text: `${who} ${year}` },
        { text: 'Objective' },
      ]}
      action="/improvement/objectives/new"
      hidden={{ from: href }}
      fields={[...(await objectiveFields(viewer, subject.school)), ...aimed]}
      values={
        typed.values ?? {
          title: subject.title,
          why: subject.why,
          forWhom: subject.forWhom,
          measure: figure?.key.measure,
          school: figure?.school ? String(figure.school) : '',
          year: figure?.key.year,
          group: figure?.key.group,
        }
      }
      problems={typed.problems}
      button="Make the objective"
      back={href}
    />
  )
}

/** Adds an action for a finding, figure or judgement to an objective that there is. @throws NotHere, Refusal */
export async function actionOfPage(viewer: Viewer, href: string, typed: Typed = {}) {
  const subject = await subjectAt(viewer, href)
  const { who, year, plan, trusts } = await placed(viewer, subject)
  const writesTrusts = canWritePlan(viewer, null).ok && trusts !== plan
  const options = [...(plan?.objectives ?? []), ...(writesTrusts ? (trusts?.objectives ?? []) : [])]
  return (
    <FormPage
      viewer={viewer}
      nav="improvement"
      title="Add an action for it"
      purpose={said(subject)}
      crumbs={[
        { text: 'Improvement', href: '/improvement' },
        plan ? { text: `${who} ${year}`, href: `/improvement/plans/${plan.id}` } : { text: `${who} ${year}` },
        { text: 'Action' },
      ]}
      action="/improvement/actions/new"
      hidden={{ from: href }}
      fields={[
        {
          kind: 'list',
          name: 'objective',
          label: 'For which objective?',
          hint: options.length
            ? undefined
            : 'There is none in this year’s plan yet: make an objective of it instead.',
          options: options.map((one) => ({ value: one.id, text: one.title })),
        },
        ...(await actionFields(viewer)),
      ]}
      values={typed.values ?? { starts: viewer.today }}
      problems={typed.problems}
      button="Add the action"
      back={href}
    />
  )
}
