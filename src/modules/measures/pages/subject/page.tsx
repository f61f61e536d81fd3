import type { Viewer } from '../../../../platform/viewer.ts'
import { Empty, GapTable, Page, Section } from '../../../../ui/index.ts'
import { ClassTable } from '../../components/class-table.tsx'
import { gapRows } from '../../components/gap-rows.ts'
import { KeyFigures } from '../../components/key-figures.tsx'
import { seesGrades } from '../grades/query.ts'
import { threadOf } from '../thread.ts'
import { asAtWords, dropWords, yearWords } from '../words.ts'
import type { SubjectPage } from './query.ts'

/** A subject at a school, for whoever leads it. */
export const SubjectPageView = ({ page, viewer }: { page: SubjectPage; viewer: Viewer }) => {
  const { setting, school, subject, lead } = page
  return (
    <Page
      viewer={viewer}
      trust={setting.trust.name}
      nav="standards"
      title={`${subject.name} at ${school.shortName}`}
      purpose="How the subject is doing by year group, which groups are behind in it, and its classes."
      crumbs={[
        { text: setting.trust.name, href: '/trust' },
        { text: school.shortName, href: `/schools/${school.slug}` },
        { text: subject.name },
      ]}
      asAt={asAtWords(setting)}
      thread={threadOf(setting)}
      foot={['Nothing on this page is about a teacher, and it cannot be used in appraisal.']}
    >
      <Section
        title="By year group"
        note="Each opens the figure’s own page."
        aside={
          page.key.some(({ measure }) => measure.topic === 'grades') &&
          seesGrades(viewer, school.id) && (
            <a
              href={`/schools/${school.slug}/subjects/${subject.code}/grades?drop=${setting.drop?.code ?? ''}`}
            >
              Share at each grade, and from key stage 2
            </a>
          )
        }
      >
        {page.key.length ? (
          <KeyFigures items={page.key} />
        ) : (
          <Empty title="No results yet">
            {school.shortName} has no results in {subject.name.toLowerCase()}
            {setting.drop ? ` for ${dropWords(setting.drop)}` : ''} yet.
          </Empty>
        )}
      </Section>
      {lead && (
        <Section
          title={`Gaps, ${yearWords(lead.year)}`}
          note={`${lead.measure.name}: the group against everyone else. Left of the line, the group is behind.`}
        >
          <GapTable
            caption={`Gaps in ${lead.measure.name}`}
            rows={gapRows(lead.measure, page.gaps)}
            places={lead.measure.places}
            width={420}
          />
        </Section>
      )}
      {page.classes.length > 0 && (
        <Section
          title="Classes"
          note="Classes are small: read the interval on the figure’s page before you compare two."
        >
          <ClassTable
            school={school.slug}
            rows={page.classes}
            measures={page.classMeasures}
            caption={`Classes in ${subject.name}`}
          />
        </Section>
      )}
    </Page>
  )
}
