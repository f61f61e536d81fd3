import { academicYearName } from '../../../../kernel/academic-year.ts'
import { dayName } from '../../../../kernel/days.ts'
import { count, decimal } from '../../../../kernel/numbers.ts'
import { yearGroupName } from '../../../../kernel/year-group.ts'
import type { Viewer } from '../../../../platform/viewer.ts'
import { Empty, Page, Section, Table, TakeAway } from '../../../../ui/index.ts'
import { KeyFigures } from '../../components/key-figures.tsx'
import { resultWords } from '../results-of.ts'
import { threadOf } from '../thread.ts'
import { asAtWords, dropWords } from '../words.ts'
import type { ClassPage } from './query.ts'

const Pupils = ({ page }: { page: ClassPage }) => {
  const columns = page.assessments.flatMap((one) =>
    page.drops.map((drop) => ({ head: `${one.short}, ${dropWords(drop)}`, num: true })),
  )
  const attended = page.pupils?.some((pupil) => pupil.attended !== undefined)
  const query = page.setting.drop ? `?drop=${page.setting.drop.code}&` : '?'
  return (
    <Section
      title="Pupils"
      note={`Results over ${page.drops.map(dropWords).join(', ')}, as the school wrote them. Opening this list is recorded.`}
    >
      <Table
        caption={`Pupils of ${page.class.name}`}
        narrow="scroll"
        dense
        empty="Nobody of this class was on roll at the drop."
        columns={[
          { head: 'Pupil' },
          ...columns,
          ...(attended ? [{ head: 'Attended this year', num: true }] : []),
        ]}
        rows={(page.pupils ?? []).map((pupil) => [
          <a class="nowrap" href={`/pupils/${pupil.pupil}`}>
            {pupil.name}
          </a>,
          ...pupil.results
            .flat()
            .map((row) =>
              row ? (
                row.status === 'result' ? (
                  resultWords(row)
                ) : (
                  <i class="hush">{row.status}</i>
                )
              ) : (
                <i class="hush">no result</i>
              ),
            ),
          ...(attended
            ? [
                pupil.attended === undefined ? (
                  <i class="hush">not collected</i>
                ) : (
                  `${decimal(pupil.attended, 1)}%`
                ),
              ]
            : []),
        ])}
      />
      <TakeAway
        links={[
          { text: 'CSV', href: `/schools/${page.school.slug}/classes/${page.class.id}${query}as=csv` },
          {
            text: 'Spreadsheet',
            href: `/schools/${page.school.slug}/classes/${page.class.id}${query}as=xlsx`,
          },
        ]}
      />
    </Section>
  )
}

/** A class, for those who teach and lead it. */
export const ClassPageView = ({ page, viewer }: { page: ClassPage; viewer: Viewer }) => {
  const { setting, school, class: form } = page
  const teachers = form.teachers.map(({ name }) => name).join(', ')
  return (
    <Page
      viewer={viewer}
      trust={setting.trust.name}
      nav="standards"
      title={`Class ${form.name}`}
      windowTitle={`Class ${form.name}, ${school.shortName}`}
      purpose="How the class is doing, and each pupil’s results over the drops. A class is small, so read the interval with the number."
      crumbs={[
        { text: setting.trust.name, href: '/trust' },
        { text: school.shortName, href: `/schools/${school.slug}` },
        { text: form.name },
      ]}
      asAt={[
        ...asAtWords(setting),
        `${yearGroupName(form.yearGroup)}, ${academicYearName(form.academicYear)}`,
        ...(page.size ? [count(page.size, 'pupil')] : []),
        ...(teachers ? [`Taught by ${teachers}`] : []),
        ...page.kin.map(({ name, day, kin }) =>
          kin === 'came out of'
            ? `Came out of ${name} on ${dayName(day)}`
            : `Some of its pupils went into ${name} on ${dayName(day)}`,
        ),
      ]}
      thread={threadOf(setting)}
      foot={[
        'Nothing on this page is about a teacher, and it cannot be used in appraisal.',
        'Names are shown only to those who teach or lead these pupils; each look is recorded.',
      ]}
    >
      <Section
        title="Key figures"
        note="Each opens the figure’s own page. Held against the national figure of the year group, or the trust’s where there is none."
      >
        {page.key.length ? (
          <KeyFigures items={page.key} />
        ) : (
          <Empty title="No results yet">
            This class has no results in {setting.drop ? dropWords(setting.drop) : 'a drop'} yet.
          </Empty>
        )}
      </Section>
      {page.pupils && <Pupils page={page} />}
      {page.mayKeep && (
        <p class="small">
          <a href={`/classes/${form.id}/split`}>Split this class, or give it another name</a>
        </p>
      )}
    </Page>
  )
}
