import { NotHere } from '../../../kernel/refusal.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import type { FieldValues, Problem } from '../../../ui/index.ts'
import { people, schoolBySlug, schools } from '../../organisation/index.ts'
import { prioritiesIn, purposeOn } from '../queries/purpose.ts'
import { FormPage } from './form-page.tsx'

export interface Typed {
  readonly values?: FieldValues
  readonly problems?: readonly Problem[]
}

const home = { text: 'Purpose', href: '/purpose' }

/** Mission, vision or a value: the words from today on. */
export async function sayPage(viewer: Viewer, kind: string, value: number, typed: Typed = {}) {
  const purpose = await purposeOn(viewer)
  if (kind === 'value') {
    const known = purpose.values.find((one) => one.id === value)
    return (
      <FormPage
        viewer={viewer}
        nav="purpose"
        title={known ? `Value: ${known.title}` : 'Add a value'}
        purpose="A value is worth as much as what people do because of it."
        crumbs={[home, { text: 'Value' }]}
        action="/purpose/say/value"
        hidden={known ? { replaces: String(known.id) } : {}}
        fields={[
          { kind: 'line', name: 'title', label: 'Name', hint: 'One word or two.' },
          { kind: 'words', name: 'words', label: 'What we mean by it' },
          { kind: 'words', name: 'practice', label: 'What it looks like in practice' },
        ]}
        values={
          typed.values ?? (known && { title: known.title, words: known.words, practice: known.practice })
        }
        problems={typed.problems}
        button="Say it from today"
        back="/purpose"
      />
    )
  }
  if (kind !== 'mission' && kind !== 'vision') throw new NotHere()
  return (
    <FormPage
      viewer={viewer}
      nav="purpose"
      title={kind === 'mission' ? 'Mission' : 'Vision'}
      purpose={
        kind === 'mission' ? 'Why the trust exists.' : 'What will be true when the trust has done its work.'
      }
      crumbs={[home, { text: kind === 'mission' ? 'Mission' : 'Vision' }]}
      action={`/purpose/say/${kind}`}
      fields={[{ kind: 'words', name: 'words', label: 'In a sentence or two' }]}
      values={typed.values ?? { words: purpose[kind]?.words }}
      problems={typed.problems}
      button="Say it from today"
      back="/purpose"
    />
  )
}

/** A new aim, or other words for one. @throws NotHere */
export async function aimPage(viewer: Viewer, id: number, typed: Typed = {}) {
  const aim = (await purposeOn(viewer)).aims.find((one) => one.id === id)
  if (id && !aim) throw new NotHere('There is no such aim today.')
  return (
    <FormPage
      viewer={viewer}
      nav="purpose"
      title={aim ? 'Change an aim' : 'Add an aim'}
      purpose="What the trust wants for good. New words begin today; plans that stand on the aim stay joined to it."
      crumbs={[home, { text: 'Aim' }]}
      action={aim ? `/purpose/aims/${aim.id}` : '/purpose/aims/new'}
      fields={[
        { kind: 'line', name: 'title', label: 'The aim in one line' },
        { kind: 'words', name: 'why', label: 'Why' },
        { kind: 'words', name: 'areas', label: 'Key areas', hint: 'One a line.' },
      ]}
      values={typed.values ?? (aim && { title: aim.title, why: aim.why, areas: aim.areas.join('\n') })}
      problems={typed.problems}
      button="Keep the aim"
      back="/purpose"
    />
  )
}

/** A new priority of the trust or of a school, or other words for one. @throws NotHere */
export async function priorityForm(
  viewer: Viewer,
  asked: { readonly id?: number; readonly aim?: string; readonly school?: string },
  typed: Typed = {},
) {
  const purpose = await purposeOn(viewer)
  const known = prioritiesIn(purpose).find((one) => one.id === asked.id)
  if (asked.id && !known) throw new NotHere('There is no such priority today.')
  const all = await schools(viewer)
  const school = asked.school
    ? await schoolBySlug(viewer, asked.school)
    : all.find((one) => one.id === known?.school)
  const here = (await people(viewer)).filter((one) => one.leftOn === null || one.leftOn >= viewer.today)
  const back = known
    ? `/purpose/priorities/${known.id}`
    : school
      ? `/purpose/schools/${school.slug}`
      : '/purpose'
  return (
    <FormPage
      viewer={viewer}
      nav="purpose"
      title={known ? 'Change a priority' : school ? `A priority of ${school.shortName}` : 'Add a priority'}
      purpose="What is worked on towards an aim: who owns it and by when. Then add the figures by which it will be known."
      crumbs={[home, { text: 'Priority' }]}
      action={known ? `/purpose/priorities/${known.id}/edit` : '/purpose/priorities/new'}
      hidden={school && !known ? { school: school.slug } : {}}
      fields={[
        {
          kind: 'list',
          name: 'aim',
          label: 'Which aim does it serve?',
          options: [
            { value: '', text: 'Choose' },
            ...purpose.aims.map((aim) => ({ value: aim.id, text: aim.title })),
          ],
        },
        { kind: 'line', name: 'title', label: 'The priority in one line' },
        { kind: 'words', name: 'why', label: 'Why now' },
        {
          kind: 'list',
          name: 'owner',
          label: 'Owner',
          options: [
            { value: '', text: 'Nobody yet' },
            ...here.map((one) => ({
              value: one.id,
              text: one.title ? `${one.name}, ${one.title}` : one.name,
            })),
          ],
        },
        { kind: 'day', name: 'by', label: 'To be reached by' },
      ]}
      values={
        typed.values ??
        (known
          ? {
              aim: String(known.aim),
              title: known.title,
              why: known.why,
              owner: known.owner ? String(known.owner.id) : '',
              by: known.by,
            }
          : { aim: asked.aim })
      }
      problems={typed.problems}
      button="Keep the priority"
      back={back}
    />
  )
}

export const policyPage = (viewer: Viewer, typed: Typed = {}) => (
  <FormPage
    viewer={viewer}
    nav="purpose"
    title="Set a policy"
    purpose="How alike schools are in it, and who decides. A policy of the same name ends yesterday."
    crumbs={[home, { text: 'Operating model' }]}
    action="/purpose/policies/new"
    fields={[
      { kind: 'line', name: 'title', label: 'Policy', hint: 'Curriculum, assessment, behaviour, finance …' },
      {
        kind: 'choice',
        name: 'model',
        label: 'How alike are schools in it?',
        choices: [
          { value: 'standardised', text: 'Standardised', hint: 'The same in every school.' },
          { value: 'aligned', text: 'Aligned', hint: 'Common principles; each school finds its way.' },
          { value: 'own', text: 'The school’s own' },
        ],
      },
      { kind: 'line', name: 'decides', label: 'Who decides?' },
      { kind: 'words', name: 'words', label: 'Anything else' },
    ]}
    values={typed.values}
    problems={typed.problems}
    button="Keep the policy"
    back="/purpose"
  />
)

/** @throws NotHere */
export async function ethosPage(viewer: Viewer, slug: string, typed: Typed = {}) {
  const school = await schoolBySlug(viewer, slug)
  const ethos = (await purposeOn(viewer)).ethos.find((one) => one.school === school.id)
  return (
    <FormPage
      viewer={viewer}
      nav="purpose"
      title={`Ethos of ${school.shortName}`}
      purpose="What makes this school itself, beside what it shares with the trust."
      crumbs={[home, { text: school.shortName, href: `/purpose/schools/${slug}` }, { text: 'Ethos' }]}
      action={`/purpose/schools/${slug}/ethos`}
      fields={[
        { kind: 'words', name: 'words', label: 'The ethos in a sentence or two' },
        { kind: 'words', name: 'practice', label: 'What a visitor would notice' },
      ]}
      values={typed.values ?? { words: ethos?.words ?? school.motto ?? '', practice: ethos?.practice }}
      problems={typed.problems}
      button="Say it from today"
      back={`/purpose/schools/${slug}`}
    />
  )
}
