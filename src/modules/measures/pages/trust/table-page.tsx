import { figurePath } from '../../../../kernel/figure.ts'
import type { Viewer } from '../../../../platform/viewer.ts'
import { Page, Section, Table, TakeAway } from '../../../../ui/index.ts'
import { valueWords } from '../shown.ts'
import { threadOf } from '../thread.ts'
import { asAtWords, intervalTo, ofNWords, yearWords } from '../words.ts'
import { phaseWords } from './panels.ts'
import type { TrustPage } from './query.ts'

/** The charts of the trust's page as plain tables. */
export const TrustTableView = ({ page, viewer }: { page: TrustPage; viewer: Viewer }) => {
  const { setting } = page
  const query = `drop=${setting.drop?.code ?? ''}&year=${page.year}`
  return (
    <Page
      viewer={viewer}
      trust={setting.trust.name}
      nav="standards"
      title="Every school, as a table"
      purpose="The numbers that the trust’s page draws, each with its interval and how many it counts."
      crumbs={[{ text: 'How the trust is doing', href: '/trust' }, { text: 'As a table' }]}
      asAt={asAtWords(setting)}
      thread={threadOf(setting)}
    >
      {page.panels.map((panel) => (
        <Section title={phaseWords[panel.phase]}>
          {panel.columns.map(({ measure, year }, at) => (
            <Table
              caption={`${measure.name}, ${yearWords(year)}`}
              captionShown
              columns={[
                { head: 'School' },
                { head: 'Value', num: true },
                { head: 'Interval', num: true },
                { head: 'Counted', num: true },
              ]}
              rows={panel.rows.map(({ school, figures }) => {
                const figure = figures[at]
                return [
                  <a href={`/schools/${school.slug}`}>{school.name}</a>,
                  figure?.kind === 'value' ? (
                    <a href={figurePath(figure.key)}>{valueWords(measure, figure.value!)}</a>
                  ) : (
                    <i class="hush">{figure?.kind ?? 'not collected'}</i>
                  ),
                  figure ? intervalTo(measure, figure) : '',
                  figure?.kind === 'value' ? ofNWords(measure, figure) : '',
                ]
              })}
            />
          ))}
        </Section>
      ))}
      <TakeAway
        links={[
          { text: 'CSV', href: `/trust/table?${query}&as=csv` },
          { text: 'Spreadsheet', href: `/trust/table?${query}&as=xlsx` },
        ]}
      />
    </Page>
  )
}
