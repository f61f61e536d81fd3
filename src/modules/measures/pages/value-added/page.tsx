import { decimal, signed, whole } from '../../../../kernel/numbers.ts'
import type { Viewer } from '../../../../platform/viewer.ts'
import {
  Button,
  Caterpillar,
  type CaterpillarRow,
  Empty,
  Facts,
  Fold,
  LinesChart,
  Page,
  Section,
  Select,
  Table,
  TakeAway,
} from '../../../../ui/index.ts'
import { methodPath } from '../methods.ts'
import { threadOf } from '../thread.ts'
import { inUnit, unitWords } from '../where-to-look/words.ts'
import { asAtWords, numberWord, withinSentence, yearWords } from '../words.ts'
import type { ValueAddedPage, ValueAddedRow } from './query.ts'
import {
  effectName,
  effectUnit,
  endsOf,
  groupsWord,
  leadWords,
  leftOut,
  linesWords,
  placesOf,
  rankWords,
  standingOf,
} from './words.ts'

const Choices = ({ page }: { page: ValueAddedPage }) => (
  <form class="fields" action="/trust/value-added" method="get">
    <Select
      name="measure"
      label="Measure"
      options={page.measures.map(({ id, name }) => ({ value: id, text: name }))}
      value={page.measure?.id}
    />
    {page.mayByClass && (
      <Select
        name="by"
        label="Compare"
        options={[
          { value: 'school', text: 'Schools' },
          { value: 'class', text: 'Classes' },
        ]}
        value={page.by}
      />
    )}
    {(page.model?.years.length ?? 0) > 1 && (
      <Select
        name="year"
        label="Year group"
        options={[
          { value: '', text: 'All, each with its own mean' },
          ...page.model!.years.map((year) => ({ value: year, text: yearWords(year) })),
        ]}
        value={page.year ?? ''}
      />
    )}
    <Select
      name="interval"
      label="Interval"
      options={[
        { value: 'each', text: 'Is one above or below? (95%)' },
        { value: 'pairs', text: 'Do two differ? (Goldstein and Healy)' },
      ]}
      value={page.interval}
    />
    <input type="hidden" name="drop" value={page.drop?.code} />
    <Button kind="secondary">Show</Button>
  </form>
)

const rowOf = (page: ValueAddedPage, row: ValueAddedRow): CaterpillarRow => {
  const [low, high] = endsOf(page, row)
  const school = `/schools/${row.at.slug}`
  return {
    name: row.className === undefined ? row.at.shortName : `${row.className}, ${row.at.shortName}`,
    href: row.class === undefined ? school : `${school}/classes/${row.class}`,
    effect: {
      value: inUnit(page.measure!, row.intercept),
      low,
      high,
      status: page.interval === 'each' ? standingOf(row) : 'expected',
    },
    pupils: row.n,
    rank: rankWords(row),
  }
}

const Effects = ({ page }: { page: ValueAddedPage }) => {
  const { rows, by, interval } = page
  const query = `measure=${page.measure!.id}&drop=${page.drop!.code}&by=${by}${page.year ? `&year=${page.year}` : ''}`
  const file = `/trust/value-added?${query}`
  return (
    <Section
      title={`${numberWord(rows.length)} ${groupsWord(page, rows.length)}, highest first`}
      aside={<a href={methodPath('value-added')}>How it is worked out</a>}
      note={`In ${effectUnit(page)}, beyond what is usual for such pupils; drawn towards that, the more the fewer the pupils. ${
        interval === 'each'
          ? 'Where the 95% interval crosses the upright line, it can’t be told from what is expected.'
          : 'These intervals are for comparing two: where theirs do not overlap, the two differ at about the 5% level.'
      }`}
    >
      <p>{leadWords(page)}</p>
      <Caterpillar
        caption={`Value added in ${page.measure!.name}, by ${by}`}
        head={by === 'school' ? 'School' : 'Class'}
        rows={rows.map((row) => rowOf(page, row))}
        places={placesOf(page)}
      />
      <TakeAway
        links={[
          { text: 'CSV', href: `${file}&as=csv` },
          { text: 'Spreadsheet', href: `${file}&as=xlsx` },
        ]}
      >
        The rank is of {page.groups}; “likely” holds it 95 times in 100.
      </TakeAway>
    </Section>
  )
}

const Slopes = ({ page }: { page: ValueAddedPage }) => {
  const { lines, model, measure } = page
  const { common } = model!.lines!
  const along = (x: number) => common.from[1] + common.slope * (x - common.from[0])
  const beyond = ([x, y]: readonly [number, number]) => [x, inUnit(measure!, y - along(x))] as const
  const drawn = <T extends { from: readonly [number, number]; to: readonly [number, number] }>(line: T) => ({
    from: beyond(line.from),
    to: beyond(line.to),
  })
  return (
    <Section
      title="Does it depend on where pupils start?"
      note="How far each school’s line lies above or below that of the trust, over the middle nine tenths of its pupils’ starting points, everything else at its mean. A level line: it matters no more here than elsewhere where pupils start."
      aside={<a href={methodPath('value-added')}>How it is worked out</a>}
    >
      <p>{linesWords(page)}</p>
      <LinesChart
        xName="Prior attainment"
        yName={`${effectUnit(page)}, beyond the trust’s line`}
        common={{ name: 'the trust', ...drawn(common) }}
        lines={lines.map((line) => ({ name: line.at.shortName, ...drawn(line) }))}
      />
      <Fold summary="The lines as a table">
        <Table
          caption="Each school’s line"
          columns={[
            { head: 'School' },
            { head: 'For each point to begin with', num: true },
            { head: '95% interval', num: true },
            { head: 'Pupils with a starting point', num: true },
          ]}
          rows={lines.map(({ at, slope, slopeSe, n }) => [
            <a href={`/schools/${at.slug}`}>{at.shortName}</a>,
            signed(inUnit(measure!, slope), 3),
            `${signed(inUnit(measure!, slope - 1.96 * slopeSe), 3)} to ${signed(inUnit(measure!, slope + 1.96 * slopeSe), 3)}`,
            n,
          ])}
        />
      </Fold>
    </Section>
  )
}

const Model = ({ page }: { page: ValueAddedPage }) => {
  const { fit, n } = page.model!
  const { measure } = page
  if (!fit) return null
  return (
    <Section title="The model, in plain words">
      <p>
        Each of the {whole(n)} pupils is held against pupils of the same year group with the same prior
        attainment, sex, disadvantage, SEN, first language, ethnic group and attendance, wherever in the trust
        they are. What is left over is shared out: {Math.round(100 * fit.between)}% of it lies between{' '}
        {groupsWord(page, 2)}, the rest between pupils of the same {groupsWord(page, 1)}.
      </p>
      <Fold summary="What each of these is worth" note="fixed effects, by restricted maximum likelihood">
        <Table
          caption="Fixed effects"
          columns={[
            { head: 'Of pupils' },
            { head: unitWords(measure!), num: true },
            { head: 'Standard error', num: true },
          ]}
          rows={fit.fixed.map(({ name, estimate, se }) => [
            effectName(name),
            decimal(inUnit(measure!, estimate), 3),
            decimal(inUnit(measure!, se), 3),
          ])}
        />
        <p class="sec__note">
          Variance between {groupsWord(page, 2)} {decimal(fit.variance.group.intercept, 4)}, within{' '}
          {decimal(fit.variance.residual, 4)}; −2 log-likelihood {decimal(fit.minus2LogLik, 2)}.
        </p>
      </Fold>
    </Section>
  )
}

/** How far schools or classes are from what is usual for such pupils, and how sure that is. */
export const ValueAddedPageView = ({ page, viewer }: { page: ValueAddedPage; viewer: Viewer }) => {
  const { setting, drop, measure, model, rows } = page
  const out = leftOut(page)
  return (
    <Page
      viewer={viewer}
      trust={setting.trust.name}
      nav="standards"
      title={measure ? `Value added in ${withinSentence(measure.shortName)}` : 'Value added'}
      purpose="How far pupils of each school or class end up from pupils like them elsewhere in the trust, and how sure we can be."
      crumbs={[
        { text: 'How the trust is doing', href: '/trust' },
        { text: 'Where to look first', href: `/trust/findings${drop ? `?drop=${drop.code}` : ''}` },
        { text: 'Value added' },
      ]}
      asAt={[...asAtWords(setting), <a href={methodPath('value-added')}>How it is worked out</a>]}
      thread={threadOf(setting)}
      foot={[
        'It compares with what these pupils’ recorded starting points make usual; what is not recorded is not allowed for. A difference says where to look, not why.',
        'Nothing on this page is about a teacher, and it cannot be used in appraisal.',
      ]}
    >
      {page.measures.length > 0 && <Choices page={page} />}
      {!measure || !model ? (
        <Section>
          <Empty title="Nothing can be told yet">
            Value added needs a drop with results of at least two schools. When their files are published,
            each school stands here with its interval.
          </Empty>
        </Section>
      ) : model.because ? (
        <Section title="It can’t be told">
          <Empty>{model.because}</Empty>
        </Section>
      ) : rows.length === 0 ? (
        <Section title="None that you can see">
          <Empty>
            The model holds {page.groups} {groupsWord(page, page.groups)}, but none of which you see figures.
          </Empty>
        </Section>
      ) : (
        <>
          <Effects page={page} />
          <Section title="Who is left out, and what it can’t tell">
            <Facts items={out} />
          </Section>
          {page.lines.length > 0 && <Slopes page={page} />}
          <Model page={page} />
        </>
      )}
    </Page>
  )
}
