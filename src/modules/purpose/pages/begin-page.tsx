import type { Viewer } from '../../../platform/viewer.ts'
import { Page, PostButton, type Problem, Section } from '../../../ui/index.ts'
import { templates } from '../domain/templates.ts'

/** The starting points, each with its words to be read before it is taken. */
export const BeginPage = ({ viewer, problems }: { viewer: Viewer; problems?: readonly Problem[] }) => (
  <Page
    title="Choose a starting point"
    viewer={viewer}
    nav="purpose"
    purpose="Five ways of being a trust. Take the nearest, then change every word until it is yours."
    crumbs={[{ text: 'Purpose', href: '/purpose' }, { text: 'Starting points' }]}
    problems={problems}
  >
    {templates.map((template) => (
      <Section title={template.name} note={template.suits}>
        <p class="creed">{template.mission}</p>
        <ul class="govuk-list govuk-list--bullet">
          {template.aims.map((aim) => (
            <li>
              {aim.title} <span class="hush">({aim.areas.join(', ')})</span>
            </li>
          ))}
        </ul>
        <p class="small">
          Values: {template.values.map((value) => value.title).join(', ')}. Curriculum:{' '}
          {template.policies[0]?.model === 'own' ? 'the school’s own' : template.policies[0]?.model}.
        </p>
        <PostButton action="/purpose/begin" fields={{ template: template.id }} kind="secondary" once>
          Start from this
        </PostButton>
      </Section>
    ))}
  </Page>
)
