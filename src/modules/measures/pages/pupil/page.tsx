import { academicYearName } from '../../../../kernel/academic-year.ts'
import { dayName, londonDay, londonTime, shortDayName } from '../../../../kernel/days.ts'
import { decimal, whole } from '../../../../kernel/numbers.ts'
import { yearGroupName } from '../../../../kernel/year-group.ts'
import type { Viewer } from '../../../../platform/viewer.ts'
import { Columns, Empty, fitDomain, Page, Section, Table, TrendChart } from '../../../../ui/index.ts'
import { resultWords } from '../results-of.ts'
import { threadOf } from '../thread.ts'
import { dropWords } from '../words.ts'
import { datedFacts } from './facts.ts'
import type { PupilPage, SubjectHistory } from './query.ts'

const Chart = ({ history, page }: { history: SubjectHistory; page: PupilPage }) => {
  const { low, high, expected } = history.scale
  const values = history.results.map((row) => row?.value ?? undefined)
  const known = values.filter((value) => value !== undefined)
  if (known.length < 2) return null
  return (
    <div>
      <h3>{history.name}</h3>
      <TrendChart
        points={page.drops.flatMap((drop, at) =>
          history.results[at]
            ? [{ name: dropWords(drop), short: drop.name.slice(0, 3), value: values[at] }]
            : [],
        )}
        domain={
          low !== null && high !== null && high - low <= 40
            ? [low, high]
            : fitDomain([...known, expected ?? undefined], 10)
        }
        national={expected ?? undefined}
        nationalName="expected"
        label={`${history.name}: ${page.drops.flatMap((drop, at) => (history.results[at] ? [`${dropWords(drop)} ${resultWords(history.results[at])}`] : [])).join(', ')}`}
      />
    </div>
  )
}

const Results = ({ page }: { page: PupilPage }) => (
  <Section
    title="Attainment"
    note="Each result as the school wrote it, with the drop at which it was brought."
  >
    {page.subjects.length === 0 ? (
      <Empty title="No results yet">No published drop holds a result of this pupil.</Empty>
    ) : (
      <>
        <Table
          caption="Results by drop"
          narrow="scroll"
          columns={[
            { head: 'Assessment' },
            ...page.drops.map((drop) => ({ head: dropWords(drop), num: true })),
          ]}
          rows={page.subjects.map((history) => [
            history.name,
            ...history.results.map((row) =>
              row ? (
                row.status === 'result' ? (
                  resultWords(row)
                ) : (
                  <i class="hush">{row.status}</i>
                )
              ) : (
                <i class="hush">not asked</i>
              ),
            ),
          ])}
        />
        <div class="cols">
          {page.subjects.slice(0, 4).map((history) => (
            <Chart history={history} page={page} />
          ))}
        </div>
      </>
    )}
  </Section>
)

const Attendance = ({ page }: { page: PupilPage }) => (
  <Section title="Attendance" note="From the registers: this academic year up to the day of each drop.">
    <Table
      caption="Attendance by drop"
      empty="No register has been brought for this pupil."
      columns={[
        { head: 'Drop' },
        { head: 'Attended', num: true },
        { head: 'Sessions', num: true },
        { head: 'Authorised', num: true },
        { head: 'Unauthorised', num: true },
      ]}
      rows={page.attendance.map(({ drop, row, share }) => [
        dropWords(drop),
        share === undefined ? <i class="hush">no possible session</i> : `${decimal(share, 1)}%`,
        whole(row.possible),
        whole(row.authorised),
        whole(row.unauthorised),
      ])}
    />
  </Section>
)

const Facts = ({ page, today }: { page: PupilPage; today: string }) => (
  <Section title="What is recorded" note="Dated: figures are read with what was true on their day.">
    <Table
      caption="Characteristics, with their dates"
      empty="Nothing is recorded."
      columns={[{ head: 'What' }, { head: 'Recorded' }, { head: 'From' }, { head: 'To' }]}
      rows={datedFacts(page.pupil.characteristics, today).map((fact) => [
        fact.name,
        fact.words,
        dayName(fact.from),
        fact.to === null ? 'now' : dayName(fact.to),
      ])}
    />
  </Section>
)

const Places = ({ page }: { page: PupilPage }) => (
  <Section title="Schools and classes">
    <Table
      caption="Schools and classes, latest first"
      columns={[{ head: 'Where' }, { head: 'Year' }, { head: 'From' }, { head: 'To' }]}
      rows={[
        ...page.pupil.enrolments.map((one) => [
          one.schoolName,
          'on roll',
          dayName(one.from),
          one.to === null ? 'now' : dayName(one.to),
        ]),
        ...page.pupil.classes.map((one) => [
          `${one.name}${one.subject ? `, ${one.subject}` : ''}`,
          `${yearGroupName(one.yearGroup)}, ${academicYearName(one.academicYear)}`,
          dayName(one.from),
          one.to === null ? 'now' : dayName(one.to),
        ]),
      ]}
    />
  </Section>
)

/** One pupil: attainment, attendance, what is recorded, and who has looked. */
export const PupilPageView = ({ page, viewer }: { page: PupilPage; viewer: Viewer }) => {
  const { setting, pupil, school, form } = page
  return (
    <Page
      viewer={viewer}
      trust={setting.trust.name}
      nav="standards"
      title={page.name}
      windowTitle="A pupil"
      purpose="What the drops and registers say of one pupil. Opening this page is recorded with your name."
      crumbs={[
        { text: setting.trust.name, href: '/trust' },
        ...(school ? [{ text: school.name, href: `/schools/${school.slug}` }] : []),
        ...(form ? [{ text: form.name, href: `/schools/${form.school}/classes/${form.id}` }] : []),
        { text: page.name },
      ]}
      asAt={[
        page.yearGroup ? yearGroupName(page.yearGroup) : 'No year group',
        ...(form ? [form.name] : []),
        ...(pupil.born ? [`Born ${dayName(pupil.born)}`] : []),
        ...(pupil.upn ? [`UPN ${pupil.upn}`] : []),
        ...(pupil.localId ? [`School’s number ${pupil.localId}`] : []),
        ...(setting.latest ? [`Snapshot ${setting.latest}`] : []),
      ]}
      thread={threadOf(setting, setting.latest ? `Every drop, snapshot ${setting.latest}` : undefined)}
      foot={[
        ...(page.looked
          ? [
              <>
                A request by the pupil or a parent, a changed name, a wrong UPN:{' '}
                <a href={`/pupils/${pupil.id}/record`}>the whole record</a>, or say that they{' '}
                <a href={`/pupils/${pupil.id}/move`}>change school</a> within the trust.
              </>,
            ]
          : []),
        'Seen only by those who teach or lead this pupil. Nothing on this page is about a teacher, and it cannot be used in appraisal.',
      ]}
    >
      <Results page={page} />
      <Columns>
        <Attendance page={page} />
        <Places page={page} />
      </Columns>
      <Facts page={page} today={viewer.today} />
      {page.looked && (
        <Section title="Who looked at this pupil" note="The last twenty looks, from the audit trail.">
          <Table
            caption="Who looked, latest first"
            empty="Nobody before you."
            columns={[{ head: 'When' }, { head: 'Who' }, { head: 'What' }]}
            rows={page.looked.map((line) => [
              `${shortDayName(londonDay(line.at))}, ${londonTime(line.at)}`,
              line.name,
              line.sentence,
            ])}
          />
        </Section>
      )}
    </Page>
  )
}
