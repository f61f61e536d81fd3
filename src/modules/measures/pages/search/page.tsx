import { may } from '../../../../kernel/viewer.ts'
import { yearGroupName } from '../../../../kernel/year-group.ts'
import type { Viewer } from '../../../../platform/viewer.ts'
import { Page, Section, Table } from '../../../../ui/index.ts'
import type { SearchPage } from './query.ts'

/** What was found, in the order in which people look for it. */
export const SearchPageView = ({ page, viewer }: { page: SearchPage; viewer: Viewer }) => {
  const { words, schools, measures, figures, pupils } = page
  const school = page.setting.schools[0]
  const nothing = schools.length + measures.length + figures.length + pupils.length === 0
  return (
    <Page
      viewer={viewer}
      trust={page.setting.trust.name}
      title={words ? `Search: ${words}` : 'Search'}
      purpose={`Schools, measures and figures${page.mayFindPupils ? ', and the pupils whom you may see' : ''}. Try a school and a subject together${school ? `: “reading ${school.shortName}”` : ''}.`}
      query={words}
      foot={
        page.mayFindPupils
          ? [
              <>
                A search that finds pupils is recorded. A pupil outside your role, who can’t wait:{' '}
                <a href="/break-glass">break the glass</a>.
              </>,
              ...(may(viewer, 'let go')
                ? [
                    <>
                      Two of these are one pupil? <a href="/keeping/join">Join their records</a>.
                    </>,
                  ]
                : []),
            ]
          : undefined
      }
    >
      {words && nothing && (
        <Section title="Nothing found">
          <p>Nothing that you can see holds every word of “{words}”. Fewer words find more.</p>
        </Section>
      )}
      {schools.length > 0 && (
        <Section title="Schools">
          <Table
            caption="Schools"
            columns={[{ head: 'School' }, { head: 'Phase' }, { head: 'URN' }]}
            rows={schools.map((school) => [
              <a href={`/schools/${school.slug}`}>{school.name}</a>,
              school.phase,
              school.urn,
            ])}
          />
        </Section>
      )}
      {figures.length > 0 && (
        <Section title="Figures">
          <ul class="found">
            {figures.map((figure) => (
              <li>
                <a href={figure.path}>{figure.name}</a>
              </li>
            ))}
          </ul>
        </Section>
      )}
      {pupils.length > 0 && (
        <Section
          title="Pupils"
          note={pupils.length === 30 ? 'The first 30. Add a forename to narrow it.' : undefined}
        >
          <Table
            caption="Pupils"
            columns={[{ head: 'Pupil' }, { head: 'School' }, { head: 'Year' }]}
            rows={pupils.map((pupil) => [
              <a href={`/pupils/${pupil.pupil}`}>
                {pupil.surname}, {pupil.forename}
              </a>,
              pupil.schoolName,
              pupil.yearGroup ? yearGroupName(pupil.yearGroup) : '',
            ])}
          />
        </Section>
      )}
      {measures.length > 0 && (
        <Section title="Measures">
          <Table
            caption="Measures"
            columns={[{ head: 'Measure' }, { head: 'Whom it is about' }]}
            rows={measures.map((measure) => [
              <a href={`/measures/${measure.id}`}>{measure.name}</a>,
              measure.population,
            ])}
          />
        </Section>
      )}
    </Page>
  )
}
