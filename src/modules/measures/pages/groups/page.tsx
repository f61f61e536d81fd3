import { figurePath } from '../../../../kernel/figure.ts'
import { signed } from '../../../../kernel/numbers.ts'
import type { Viewer } from '../../../../platform/viewer.ts'
import {
  Button,
  Empty,
  GapTable,
  Page,
  Section,
  Select,
  StatusMark,
  Table,
  TakeAway,
} from '../../../../ui/index.ts'
import { gapRows } from '../../components/gap-rows.ts'
import type { Gap } from '../../domain/ask.ts'
import type { Measure } from '../../domain/measure.ts'
import { methodPath } from '../methods.ts'
import { drawnOnce } from '../remember.ts'
import { threadOf } from '../thread.ts'
import { asAtWords, ofNWords, yearWords } from '../words.ts'
import type { GroupsPage } from './query.ts'

const Cell = ({ gap, measure }: { gap?: Gap; measure: Measure }) => {
  if (gap?.kind !== 'value' || gap.value === undefined)
    return (
      <i class="hush">
        {gap?.kind === 'suppressed' || gap?.kind === 'too few' ? 'too few' : (gap?.kind ?? 'not collected')}
      </i>
    )
  const behind = measure.direction === 'higher is better' ? (gap.high ?? 0) < 0 : (gap.low ?? 0) > 0
  return (
    <>
      {behind && <StatusMark kind="below" words="Behind" />}{' '}
      <a href={figurePath(gap.figure.key)}>{signed(gap.value, measure.places)}</a>{' '}
      <span class="small">{ofNWords(measure, gap.figure)}</span>
    </>
  )
}

/** Every group of a school against everyone else, in every subject. */
export const GroupsPageView = ({ page, viewer }: { page: GroupsPage; viewer: Viewer }) => {
  const { setting, school, measure } = page
  const { drop } = setting
  const common = {
    viewer,
    trust: setting.trust.name,
    nav: 'standards' as const,
    title: `Groups at ${school.shortName}`,
    purpose:
      'Each group of pupils against everyone else in the same years, in every subject, so that you can see which gaps are real.',
    crumbs: [
      { text: setting.trust.name, href: '/trust' },
      { text: school.shortName, href: `/schools/${school.slug}` },
      { text: 'Groups' },
    ],
    thread: threadOf(setting),
  }
  if (!measure || !drop)
    return (
      <Page {...common}>
        <Section>
          <Empty title="No results yet">
            When {school.shortName}’s file is published, the gaps between its groups stand here.
          </Empty>
        </Section>
      </Page>
    )
  const query = `measure=${measure.id}&year=${page.year}&drop=${drop.code}`
  const here = `/schools/${school.slug}/groups`
  return (
    <Page
      {...common}
      asAt={asAtWords(setting)}
      foot={[
        <>
          Gaps are the group less everyone else, with{' '}
          <a href={methodPath('newcombe')}>Newcombe’s 95% interval</a> for shares. Groups under 6 are left
          out, and so is a neighbour that would give one away.
        </>,
      ]}
    >
      {drawnOnce(page, () => (
        <>
          <form class="fields" action={here} method="get">
            <Select
              name="measure"
              label="Measure"
              options={page.measures.map((one) => ({ value: one.id, text: one.name }))}
              value={measure.id}
            />
            {page.years.length > 1 && (
              <Select
                name="year"
                label="Year group"
                options={page.years.map((year) => ({ value: year, text: yearWords(year) }))}
                value={page.year}
              />
            )}
            <input type="hidden" name="drop" value={drop.code} />
            <Button kind="secondary">Show</Button>
          </form>
          <Section
            title={`${measure.shortName}, ${yearWords(measure.topic === 'expected standard' ? page.year : measure.year)}`}
            note="Left of the line, the group is behind everyone else."
          >
            <GapTable
              caption={`Gaps in ${measure.name}`}
              rows={gapRows(measure, page.gaps)}
              places={measure.places}
              width={420}
            />
          </Section>
          <Section
            title="All subjects"
            note="The gap, and how many of the group. A mark: the whole interval is behind."
          >
            <Table
              caption="Gap of each group in each measure"
              narrow="scroll"
              columns={[
                { head: 'Group' },
                ...page.measures.map((one) => ({ head: one.shortName, num: true })),
              ]}
              rows={page.grid.map((row) => [
                row.group,
                ...row.gaps.map((gap, at) => <Cell gap={gap} measure={page.measures[at]!} />),
              ])}
            />
            <TakeAway
              links={[
                { text: 'CSV', href: `${here}?${query}&as=csv` },
                { text: 'Spreadsheet', href: `${here}?${query}&as=xlsx` },
              ]}
            />
          </Section>
        </>
      ))}
    </Page>
  )
}
