import { figurePath } from '../../../../kernel/figure.ts'
import { decimal } from '../../../../kernel/numbers.ts'
import type { Viewer } from '../../../../platform/viewer.ts'
import {
  absentWords,
  Button,
  Empty,
  FunnelChart,
  Page,
  Section,
  Select,
  StatusMark,
  Table,
  TakeAway,
} from '../../../../ui/index.ts'
import { methodPath } from '../methods.ts'
import { valueWords } from '../shown.ts'
import { threadOf } from '../thread.ts'
import { phaseWords } from '../trust/panels.ts'
import { asAtWords, ofNWords, withinSentence, yearWords } from '../words.ts'
import type { FunnelPage } from './query.ts'
import { leadWords, pointWords, spreadWords, standingOf, stillOut } from './words.ts'

const Choices = ({ page }: { page: FunnelPage }) => (
  <form class="fields" action="/trust/funnel" method="get">
    <Select
      name="measure"
      label="Measure"
      options={page.measures.map(({ id, name }) => ({ value: id, text: name }))}
      value={page.measure?.id}
    />
    {page.phases.length > 1 && (
      <Select
        name="phase"
        label="Schools"
        options={page.phases.map((phase) => ({ value: phase, text: phaseWords[phase] }))}
        value={page.phase}
      />
    )}
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
    <Select
      name="spread"
      label="More spread than chance"
      options={[
        { value: 'none', text: 'Not allowed for' },
        { value: 'multiplicative', text: 'Multiplicative: widen all limits' },
        { value: 'additive', text: 'Additive: a spread between schools' },
      ]}
      value={page.spread}
    />
    <input type="hidden" name="drop" value={page.drop?.code} />
    <Button kind="secondary">Show</Button>
  </form>
)

const rateName = ({ measure }: FunnelPage): string =>
  measure!.unit === 'percent' ? 'percent of pupils' : measure!.unit

const Drawn = ({ page }: { page: FunnelPage }) => {
  const { measure, rows, found, edges, target, scale, drop } = page
  const query = `measure=${measure!.id}&phase=${page.phase}&year=${page.year}&spread=${page.spread}&drop=${drop!.code}`
  return (
    <>
      <Section
        title={`${phaseWords[page.phase!]}, ${yearWords(page.year)}`}
        aside={<a href={methodPath('funnel')}>How it is worked out</a>}
        note="Each school’s rate against its size. Between the plain lines lie 95 of 100 schools that differ by chance alone, between the broken ones 998 of 1,000: the smaller the school, the further luck alone can carry it."
      >
        <p>{leadWords(page)}</p>
        <FunnelChart
          dots={rows.map(({ at, figure }, index) => ({
            name: at.shortName,
            size: figure.of!,
            value: scale * found!.points[index]!.value,
            status: standingOf(page, found!.points[index]!),
            ringed: stillOut(found!.points[index]!),
          }))}
          edges={edges}
          target={target!.value}
          targetName={target!.name}
          places={measure!.places}
          unit={measure!.unit === 'percent' ? '%' : ''}
          xName="Pupils"
          yName={rateName(page)}
        />
        <p class="sec__note">{spreadWords(page)}</p>
      </Section>
      <Section title="As a table" note="Smallest school first.">
        <Table
          caption={`${measure!.name}: each school and the limits of chance for its size`}
          columns={[
            { head: 'School' },
            { head: 'Rate', num: true },
            { head: 'Counted', num: true },
            { head: '95% limits', num: true },
            { head: '99.8% limits', num: true },
            { head: 'What it says' },
          ]}
          rows={[
            ...rows.map(({ at, figure }, index) => {
              const point = found!.points[index]!
              const standing = standingOf(page, point)
              const ends = (low: number, high: number) =>
                `${decimal(scale * low, measure!.places)} to ${decimal(scale * high, measure!.places)}`
              return [
                <a href={`/schools/${at.slug}`}>{at.shortName}</a>,
                <a href={figurePath(figure.key)}>{valueWords(measure!, figure.value!)}</a>,
                ofNWords(measure!, figure),
                ends(point.low95, point.high95),
                ends(point.low998, point.high998),
                <>
                  {standing !== 'expected' && (
                    <StatusMark
                      kind={standing}
                      words={
                        standing === 'better' ? 'Better than chance explains' : 'Worse than chance explains'
                      }
                    />
                  )}{' '}
                  {pointWords(point)}
                  {stillOut(point) && `; stands out with all ${rows.length} looked at`}
                </>,
              ]
            }),
            ...page.absent.map(({ at, why }) => [
              <a href={`/schools/${at.slug}`}>{at.shortName}</a>,
              <i class="hush">{absentWords(why === 'value' ? undefined : why)}</i>,
              '',
              '',
              '',
              'Not in the funnel',
            ]),
          ]}
        />
        <TakeAway
          links={[
            { text: 'CSV', href: `/trust/funnel?${query}&as=csv` },
            { text: 'Spreadsheet', href: `/trust/funnel?${query}&as=xlsx` },
          ]}
        />
      </Section>
    </>
  )
}

/** Rates that can be read together: each school's, its size, and how far luck alone could carry it. */
export const FunnelPageView = ({ page, viewer }: { page: FunnelPage; viewer: Viewer }) => {
  const { setting, drop, measure } = page
  return (
    <Page
      viewer={viewer}
      trust={setting.trust.name}
      nav="standards"
      title={measure ? `${measure.shortName}: more than chance?` : 'More than chance?'}
      purpose="Which schools’ rates differ by more than the luck of small numbers, for their size."
      crumbs={[
        { text: 'How the trust is doing', href: '/trust' },
        { text: 'Where to look first', href: `/trust/findings${drop ? `?drop=${drop.code}` : ''}` },
        { text: 'Funnel' },
      ]}
      asAt={[...asAtWords(setting), <a href={methodPath('funnel')}>How it is worked out</a>]}
      thread={threadOf(setting)}
      foot={[
        <>
          A funnel allows for size, not for intake:{' '}
          <a href={`/trust/value-added${drop ? `?drop=${drop.code}` : ''}`}>value added</a> does that. A
          school outside is a question, not a verdict. Limits are exact
          {page.spread === 'none' ? '' : ', then widened'}; ringed schools stand out at a{' '}
          <a href={methodPath('false-discovery-rate')}>false-discovery rate</a> of 5%.
        </>,
        'Nothing on this page is about a teacher, and it cannot be used in appraisal.',
      ]}
    >
      {page.measures.length > 0 && <Choices page={page} />}
      {page.found ? (
        <Drawn page={page} />
      ) : (
        <Section title="It can’t be told">
          <Empty>
            {measure
              ? `No school that you see has a rate in ${withinSentence(measure.shortName)} that could be held to another, or it is 0 or 100% in all of them.${page.absent.some(({ why }) => why === 'suppressed' || why === 'too few') ? ` Too few to show: ${page.absent.map(({ at }) => at.shortName).join(', ')}.` : ''}`
              : 'A funnel needs a drop with counts of pupils: absence, suspensions, checks, standards. When files are published, each school stands here.'}
          </Empty>
        </Section>
      )}
    </Page>
  )
}
