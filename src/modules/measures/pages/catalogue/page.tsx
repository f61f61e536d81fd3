import { academicYearName } from '../../../../kernel/academic-year.ts'
import { figurePath } from '../../../../kernel/figure.ts'
import { decimal } from '../../../../kernel/numbers.ts'
import type { Viewer } from '../../../../platform/viewer.ts'
import { Facts, Page, Section, Table } from '../../../../ui/index.ts'
import { benchmarks } from '../../benchmarks/benchmark.ts'
import type { Measure } from '../../domain/measure.ts'
import { intervalMethods, methodPath } from '../methods.ts'
import type { DropSeen, Setting } from '../setting.ts'
import { valueWords } from '../shown.ts'
import { yearWords } from '../words.ts'

/** Topics as heads, in the order in which pages have them. */
export const topicNames: Record<Measure['topic'], string> = {
  'expected standard': 'At the expected standard, termly',
  'early years and checks': 'Early years, phonics and multiplication tables',
  'key stage 2': 'Key stage 2',
  'key stage 4': 'Key stage 4',
  'sixth form': 'Sixth form',
  attendance: 'Attendance',
  behaviour: 'Behaviour, suspensions and exclusions',
  roll: 'The roll',
  grades: 'Share at each grade',
  assessments: 'The trust’s own assessments',
}

const years = (version: Measure['versions'][number]): string =>
  version.to === undefined
    ? `${academicYearName(version.from)} on`
    : version.to === version.from
      ? academicYearName(version.from)
      : `${academicYearName(version.from)} to ${academicYearName(version.to)}`

const drops: Record<Measure['drops'], string> = {
  termly: 'termly drops',
  statutory: 'statutory results',
  any: 'every drop',
}

/** Every measure, declared once. */
export const CataloguePageView = ({
  measures,
  setting,
  viewer,
}: {
  measures: readonly Measure[]
  setting: Setting
  viewer: Viewer
}) => (
  <Page
    viewer={viewer}
    trust={setting.trust.name}
    nav="measures"
    title="Measures"
    purpose="Each measure is declared once: whom it is about, what it counts, by which rule, in which years. Every page, chart and export reads it here."
    asAt={[
      `${measures.length} measures`,
      <a href="/measures?as=csv">CSV</a>,
      <a href="/measures?as=xlsx">Spreadsheet</a>,
    ]}
    foot={[
      'National figures are England’s, each with its year, standing and source; those recalled and not yet checked against their release say so.',
    ]}
  >
    {Object.entries(topicNames).map(([topic, title]) => {
      const about = measures.filter((measure) => measure.topic === topic)
      return about.length === 0 ? null : (
        <Section title={title}>
          <Table
            caption={title}
            columns={[
              { head: 'Measure' },
              { head: 'Unit' },
              { head: 'Better' },
              { head: 'Year' },
              { head: 'Read at' },
              { head: 'Interval' },
            ]}
            rows={about.map((measure) => [
              <a href={`/measures/${measure.id}`}>{measure.name}</a>,
              measure.unit,
              measure.direction === 'higher is better' ? 'higher' : 'lower',
              yearWords(measure.year),
              drops[measure.drops],
              <a href={methodPath(intervalMethods[measure.interval].page)}>
                {intervalMethods[measure.interval].name}
              </a>,
            ])}
          />
        </Section>
      )
    })}
  </Page>
)

/** Where the trust's own figure of the measure stands now. */
const nowPath = (measure: Measure, setting: Setting, drop: DropSeen | undefined): string | undefined =>
  drop && setting.snapshot
    ? figurePath({
        measure: measure.id,
        place: setting.trust.slug,
        year: measure.year,
        group: 'all',
        period: drop.code,
        snapshot: setting.snapshot,
      })
    : undefined

/** One measure: its definition in each year, its population, its method and the national figures. */
export const MeasurePageView = ({
  measure,
  setting,
  viewer,
}: {
  measure: Measure
  setting: Setting
  viewer: Viewer
}) => {
  const method = intervalMethods[measure.interval]
  const held = benchmarks(measure)
  const drop = measure.drops === 'statutory' ? setting.results : setting.drop
  const now = nowPath(measure, setting, drop)
  return (
    <Page
      viewer={viewer}
      trust={setting.trust.name}
      nav="measures"
      title={measure.name}
      purpose="What this measure counts, whom it is about, and how its definition has changed. A figure always uses the definition of its own year."
      crumbs={[{ text: 'Measures', href: '/measures' }, { text: measure.shortName }]}
      foot={[`Catalogue name: ${measure.id}. Use it on the command line: figures --measure ${measure.id}`]}
    >
      <Section title="What it is">
        <Facts
          items={[
            { name: 'Who counts', value: `${measure.population}.` },
            {
              name: 'Unit',
              value: `${measure.unit}, written to ${measure.places} decimal place${measure.places === 1 ? '' : 's'}`,
            },
            { name: 'Better', value: measure.direction },
            { name: 'Year group', value: yearWords(measure.year) },
            { name: 'Phases', value: measure.phases.join(', ') },
            { name: 'Read at', value: drops[measure.drops] },
            {
              name: 'Interval',
              value: (
                <>
                  {method.name}. <a href={methodPath(method.page)}>How it is worked out</a>
                </>
              ),
            },
            {
              name: 'Scale of charts',
              value: `${decimal(measure.domain[0], 1)} to ${decimal(measure.domain[1], 1)}, the same in every school`,
            },
            ...(now ? [{ name: 'The trust’s figure', value: <a href={now}>Its own page</a> }] : []),
          ]}
        />
      </Section>
      <Section title="Versions" note="Old figures are read with the definition of their day.">
        <Table
          caption="Versions of the definition"
          columns={[{ head: 'Version' }, { head: 'In force' }, { head: 'Definition' }, { head: 'Source' }]}
          rows={measure.versions
            .toReversed()
            .map((version) => [
              version.id,
              years(version),
              version.produced ? version.definition : <i class="hush">{version.definition}</i>,
              version.source,
            ])}
        />
      </Section>
      {held.length > 0 && (
        <Section title="National figures held" note="England.">
          <Table
            caption="National figures"
            columns={[
              { head: 'Year' },
              { head: 'Value', num: true },
              { head: 'Of' },
              { head: 'Standing' },
              { head: 'Source' },
            ]}
            rows={held
              .toReversed()
              .map((row) => [
                academicYearName(row.year),
                valueWords(measure, row.value),
                row.population,
                row.toVerify ? `${row.status}, to verify` : row.status,
                row.source,
              ])}
          />
        </Section>
      )}
    </Page>
  )
}
