import type { Viewer } from '../../../../platform/viewer.ts'
import { Button, Empty, type GapPanel, GapPanels, Page, Section, Select } from '../../../../ui/index.ts'
import { gapRows } from '../../components/gap-rows.ts'
import { methodPath } from '../methods.ts'
import { drawnOnce } from '../remember.ts'
import { threadOf } from '../thread.ts'
import { asAtWords, withinSentence, yearWords } from '../words.ts'
import type { GapsPage } from './query.ts'

const panelsOf = ({ places, measure }: GapsPage): GapPanel[] =>
  (places[0]?.gaps ?? []).map(({ groupName }, at) => ({
    name: groupName,
    rows: places.map(({ name, school, gaps }) => {
      const [row] = gapRows(measure!, [gaps[at]!])
      return {
        name,
        href: row!.href ?? (school ? `/schools/${school.slug}/groups` : undefined),
        gap: row!.gap,
      }
    }),
  }))

/** Groups that have a gap to show somewhere, and the names of those that have none. */
function told(panels: readonly GapPanel[]) {
  const drawn = panels.filter(({ rows }) => rows.some(({ gap }) => gap.value !== undefined))
  return { drawn, empty: panels.filter((panel) => !drawn.includes(panel)).map(({ name }) => name) }
}

/** Each group of pupils against everyone else, in every school, on one scale. */
export const GapsPageView = ({ page, viewer }: { page: GapsPage; viewer: Viewer }) => {
  const { setting, drop, measure, places } = page
  return (
    <Page
      viewer={viewer}
      trust={setting.trust.name}
      nav="standards"
      title={measure ? `Gaps in ${withinSentence(measure.shortName)}` : 'Gaps'}
      purpose="Each group of pupils against everyone else in the same school, school by school, so that you can see where a gap is narrower and ask how."
      crumbs={[
        { text: 'How the trust is doing', href: '/trust' },
        { text: 'Where to look first', href: `/trust/findings${drop ? `?drop=${drop.code}` : ''}` },
        { text: 'Gaps' },
      ]}
      asAt={[...asAtWords(setting), <a href={methodPath('newcombe')}>How gaps are worked out</a>]}
      thread={threadOf(setting)}
      foot={[
        <>
          A gap is the group less everyone else, with{' '}
          <a href={methodPath('newcombe')}>Newcombe’s 95% interval</a> for shares.{' '}
          <a href={methodPath('suppression')}>Groups under 6 are left out</a>, and so is a neighbour that
          would give one away. Nothing here is about a teacher.
        </>,
      ]}
    >
      {page.measures.length > 0 && (
        <form class="fields" action="/trust/gaps" method="get">
          <Select
            name="measure"
            label="Measure"
            options={page.measures.map(({ id, name }) => ({ value: id, text: name }))}
            value={measure?.id}
          />
          {page.years.length > 1 && (
            <Select
              name="year"
              label="Year group"
              options={page.years.map((year) => ({
                value: year,
                text: year === 'all' ? 'All years' : yearWords(year),
              }))}
              value={page.year}
            />
          )}
          <input type="hidden" name="drop" value={drop?.code} />
          <Button kind="secondary">Show</Button>
        </form>
      )}
      {places.length === 0 || !measure ? (
        <Section title="Nothing to compare yet">
          <Empty>When a drop has results, the gaps of each group stand here, school by school.</Empty>
        </Section>
      ) : (
        drawnOnce(page, () => {
          const { drawn, empty } = told(panelsOf(page))
          return (
            <Section
              title={`${measure.shortName}, ${yearWords(page.year)}`}
              note={`${measure.unit === 'percent' ? 'Percentage points' : 'Difference'}, one scale in all panels. Left of the line the group is ${measure.direction === 'higher is better' ? 'behind' : 'lower, which is better here'}; a mark says that the whole interval is on the wrong side.`}
            >
              {drawn.length === 0 ? (
                <Empty>No group is large enough in any school that you see for its gap to be shown.</Empty>
              ) : (
                <GapPanels panels={drawn} head="School" places={measure.places} />
              )}
              {drawn.length > 0 && empty.length > 0 && (
                <p class="sec__note">Too few to show anywhere: {empty.join(', ')}.</p>
              )}
            </Section>
          )
        })
      )}
    </Page>
  )
}
