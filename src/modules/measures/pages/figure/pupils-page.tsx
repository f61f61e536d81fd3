import { dayName } from '../../../../kernel/days.ts'
import { figurePath } from '../../../../kernel/figure.ts'
import { count } from '../../../../kernel/numbers.ts'
import { yearGroupName } from '../../../../kernel/year-group.ts'
import type { Viewer } from '../../../../platform/viewer.ts'
import { Page, Section, Table, TakeAway } from '../../../../ui/index.ts'
import type { Measure } from '../../domain/measure.ts'
import { valueWords } from '../shown.ts'
import { threadOf } from '../thread.ts'
import { dropWords, figureWords, isShare, yearWords } from '../words.ts'
import type { NamedBehind, PupilsPage } from './pupils.ts'

/** What a pupil adds to the figure: `met`, `not met`, a score, a share of sessions. */
export const countsAs = (measure: Measure, pupil: NamedBehind): string => {
  if (!pupil.counted) return 'not counted'
  if (pupil.value === null) return 'no result'
  if (isShare(measure)) return pupil.value >= 1 ? 'yes' : 'no'
  return valueWords(measure, pupil.value)
}

/** The list behind a figure: those without a result first, then lowest first. */
export const PupilsPageView = ({ page, viewer }: { page: PupilsPage; viewer: Viewer }) => {
  const { detail, setting, school, pupils } = page
  const { figure, measure, period } = detail
  const drop = setting.drops.find((one) => one.code === period.code)!
  const path = figurePath(figure.key)
  const query = page.missingOnly ? '?missing=yes&' : '?'
  const missing = page.all - pupils.length
  return (
    <Page
      viewer={viewer}
      trust={setting.trust.name}
      nav="standards"
      title={page.missingOnly ? 'Who is missing' : 'The pupils behind the figure'}
      purpose={`${measure.name}, ${detail.place.name}, ${yearWords(figure.key.year)}: ${figureWords(measure, figure)}. Opening this list is recorded with your name.`}
      crumbs={[
        { text: setting.trust.name, href: '/trust' },
        ...(school ? [{ text: school.shortName, href: `/schools/${school.slug}` }] : []),
        { text: measure.shortName, href: path },
        { text: 'Pupils' },
      ]}
      asAt={[
        `Data as at ${dayName(period.asAt)}`,
        `${dropWords(drop)}, snapshot ${figure.key.snapshot}`,
        count(pupils.length, 'pupil'),
      ]}
      thread={threadOf({ ...setting, drop, snapshot: figure.key.snapshot })}
      foot={[
        'Names are shown only to those who teach or lead these pupils. They are in no export but the one that you make here, which is recorded.',
      ]}
    >
      <Section>
        <Table
          caption={`Pupils behind ${measure.name}`}
          empty="Nobody."
          columns={[
            { head: 'Pupil' },
            { head: 'Class' },
            { head: 'Year' },
            { head: 'As the school wrote it' },
            { head: isShare(measure) ? 'Counts as met' : 'Value', num: true },
          ]}
          rows={pupils.map((pupil) => [
            <a href={`/pupils/${pupil.pupil}`}>{pupil.name}</a>,
            pupil.className,
            yearGroupName(pupil.year),
            pupil.raw ?? <i class="hush">{pupil.status}</i>,
            countsAs(measure, pupil),
          ])}
        />
        <TakeAway
          links={[
            { text: 'CSV', href: `${path}/pupils${query}as=csv` },
            { text: 'Spreadsheet', href: `${path}/pupils${query}as=xlsx` },
            ...(page.missingOnly
              ? [{ text: 'Everyone behind the figure', href: `${path}/pupils` }]
              : [{ text: 'Only who is missing', href: `${path}/pupils?missing=yes` }]),
          ]}
        >
          {page.missingOnly && missing > 0
            ? `${count(missing, 'pupil')} with a result ${missing === 1 ? 'is' : 'are'} not in this list.`
            : ''}
        </TakeAway>
      </Section>
    </Page>
  )
}
