import { figurePath } from '../../../../kernel/figure.ts'
import type { Viewer } from '../../../../platform/viewer.ts'
import { Empty, Page, Section, Table } from '../../../../ui/index.ts'
import { topicNames } from '../catalogue/page.tsx'
import { valueWords } from '../shown.ts'
import { asAtWords, dropWords, intervalTo, ofNWords, sentenceCase, yearWords } from '../words.ts'
import type { EveryPage } from './query.ts'

/** Every figure of a school, topic by topic. */
export const EveryPageView = ({ page, viewer }: { page: EveryPage; viewer: Viewer }) => {
  const { setting, school, rows } = page
  return (
    <Page
      viewer={viewer}
      trust={setting.trust.name}
      nav="standards"
      title={`Every figure of ${school.shortName}`}
      purpose="All measures that are about somebody here: attendance and its reasons, behaviour, suspensions, checks and results. Each opens the figure’s own page."
      crumbs={[
        { text: setting.trust.name, href: '/trust' },
        { text: school.shortName, href: `/schools/${school.slug}` },
        { text: 'Every figure' },
      ]}
      asAt={asAtWords(setting)}
      foot={[
        'The trust’s figure is of all its schools together, primary and secondary.',
        'England’s figure is of the year that its own page names; suspensions and absence of England are of whole years.',
      ]}
    >
      {rows.length === 0 && <Empty>Nothing has been published for {school.shortName} yet.</Empty>}
      {Object.entries(topicNames).map(([topic, title]) => {
        const about = rows.filter(({ measure }) => measure.topic === topic)
        return about.length === 0 ? null : (
          <Section
            title={title}
            note={sentenceCase([...new Set(about.map(({ drop }) => dropWords(drop)))].join('; '))}
          >
            <Table
              caption={`${title} at ${school.name}`}
              columns={[
                { head: 'Measure', width: 4 },
                { head: 'Year' },
                { head: 'Value', num: true },
                { head: 'Interval', num: true },
                { head: 'Counted', num: true },
                { head: 'Trust', num: true },
                { head: 'England', num: true },
              ]}
              rows={about.map(({ measure, figure, trust, national }) => [
                measure.name,
                yearWords(measure.year),
                figure.kind === 'value' ? (
                  <a href={figurePath(figure.key)}>{valueWords(measure, figure.value!)}</a>
                ) : (
                  <a href={figurePath(figure.key)} class="hush">
                    {figure.kind}
                  </a>
                ),
                intervalTo(measure, figure),
                figure.kind === 'value' ? ofNWords(measure, figure) : '',
                trust?.kind === 'value' ? valueWords(measure, trust.value!) : '',
                national ? valueWords(measure, national.value) : '',
              ])}
            />
          </Section>
        )
      })}
      {page.without.length > 0 && (
        <Section
          title="Without a figure"
          note="Nobody in the trust has sent what these are made of, or nobody makes them for this year."
        >
          <ul>
            {page.without.map(({ id, name }) => (
              <li>
                <a href={`/measures/${id}`}>{name}</a>
              </li>
            ))}
          </ul>
        </Section>
      )}
    </Page>
  )
}
