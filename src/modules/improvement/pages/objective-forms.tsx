import type { Viewer } from '../../../platform/viewer.ts'
import type { FieldValues, FormField, Problem } from '../../../ui/index.ts'
import { schools } from '../../organisation/index.ts'
import { FormPage, prioritiesIn, purposeOn } from '../../purpose/index.ts'
import { objectiveById, planById } from '../queries/plan.ts'
import { peopleHere } from './hand-over.tsx'

export interface Typed {
  readonly values?: FieldValues
  readonly problems?: readonly Problem[]
}

/** Everyone here today, as options. */
export async function ownerField(viewer: Viewer): Promise<FormField> {
  const here = await peopleHere(viewer)
  return {
    kind: 'list',
    name: 'owner',
    label: 'Owner',
    options: [
      { value: '', text: 'Nobody yet' },
      ...here.map((one) => ({ value: one.id, text: one.title ? `${one.name}, ${one.title}` : one.name })),
    ],
  }
}

export async function objectiveFields(viewer: Viewer, school: number | null): Promise<FormField[]> {
  const priorities = prioritiesIn(await purposeOn(viewer)).filter(
    (one) => one.school === null || one.school === school,
  )
  return [
    {
      kind: 'line',
      name: 'title',
      label: 'What will be better?',
      hint: 'One line: Year 4 read aloud fluently.',
    },
    { kind: 'words', name: 'why', label: 'Why this, why now?' },
    { kind: 'line', name: 'forWhom', label: 'For whom?' },
    { kind: 'day', name: 'by', label: 'By when?' },
    await ownerField(viewer),
    {
      kind: 'list',
      name: 'priority',
      label: 'Which priority does it serve?',
      options: [
        { value: '', text: 'None' },
        ...priorities.map((one) => ({ value: one.id, text: one.title })),
      ],
    },
    {
      kind: 'words',
      name: 'ingredients',
      label: 'Active ingredients',
      hint: 'What must not be left out for it to work. One a line.',
    },
  ]
}

export const actionFields = async (viewer: Viewer): Promise<FormField[]> => [
  { kind: 'line', name: 'title', label: 'What will be done?' },
  await ownerField(viewer),
  { kind: 'day', name: 'starts', label: 'Starts' },
  { kind: 'day', name: 'due', label: 'Due' },
  { kind: 'number', name: 'cost', label: 'Cost', prefix: '£' },
  { kind: 'number', name: 'days', label: 'People’s days', suffix: 'days' },
]

/** A new objective. @throws NotHere */
export async function newObjectivePage(viewer: Viewer, plan: number, typed: Typed = {}) {
  const found = await planById(viewer, plan)
  const school = (await schools(viewer)).find((one) => one.id === found.school)
  return (
    <FormPage
      viewer={viewer}
      nav="improvement"
      title="Add an objective"
      purpose="What will be better, for whom, by when. Then add how it will be known and who does what."
      crumbs={[
        { text: 'Improvement', href: '/improvement' },
        { text: school?.shortName ?? 'The trust', href: `/improvement/plans/${plan}` },
        { text: 'Objective' },
      ]}
      action={`/improvement/plans/${plan}/objectives/new`}
      fields={await objectiveFields(viewer, found.school)}
      values={typed.values}
      problems={typed.problems}
      button="Add the objective"
      back={`/improvement/plans/${plan}`}
    />
  )
}

/** @throws NotHere */
export async function changeObjectivePage(viewer: Viewer, id: number, typed: Typed = {}) {
  const one = await objectiveById(viewer, id)
  return (
    <FormPage
      viewer={viewer}
      nav="improvement"
      title="Change an objective"
      purpose={one.title}
      crumbs={[
        { text: 'Improvement', href: '/improvement' },
        { text: 'Plan', href: `/improvement/plans/${one.plan}` },
        { text: 'Objective', href: `/improvement/objectives/${id}` },
        { text: 'Change' },
      ]}
      action={`/improvement/objectives/${id}/edit`}
      fields={await objectiveFields(viewer, one.school)}
      values={
        typed.values ?? {
          title: one.title,
          why: one.why,
          forWhom: one.forWhom,
          by: one.by,
          owner: one.owner ? String(one.owner.id) : '',
          priority: one.priority === null ? '' : String(one.priority),
          ingredients: one.ingredients.join('\n'),
        }
      }
      problems={typed.problems}
      button="Keep it"
      back={`/improvement/objectives/${id}`}
    />
  )
}
