import { dayName, londonDay, shortDayName } from '../../../../kernel/days.ts'
import { figurePath } from '../../../../kernel/figure.ts'
import { count, whole } from '../../../../kernel/numbers.ts'
import { may } from '../../../../kernel/viewer.ts'
import { yearGroupName } from '../../../../kernel/year-group.ts'
import type { Viewer } from '../../../../platform/viewer.ts'
import {
  Columns,
  Empty,
  type Fact,
  Facts,
  fitDomain,
  GapTable,
  Page,
  Section,
  Table,
  TakeAway,
  TrendChart,
} from '../../../../ui/index.ts'
import { ClassTable } from '../../components/class-table.tsx'
import { FindingList, findingsFor } from '../../components/finding-list.tsx'
import { gapRows } from '../../components/gap-rows.ts'
import { KeyFigures } from '../../components/key-figures.tsx'
import { intervalMethods, methodPath } from '../methods.ts'
import { drawnOnce } from '../remember.ts'
import { axisOf } from '../shown.ts'
import { threadOf } from '../thread.ts'
import { phaseWords } from '../trust/panels.ts'
import type { LookPage } from '../where-to-look/query.ts'
import {
  asAtWords,
  dropWords,
  figureWords,
  numberWord,
  sentenceCase,
  withinSentence,
  yearWords,
} from '../words.ts'
import type { KeyFigure, Over, SchoolPage } from './query.ts'

/** How many have no result, and what that could mean for the figure. */
const missingFacts = (page: SchoolPage, sees: boolean): Fact[] =>
  page.key.flatMap(({ measure, year, figure }): Fact[] => {
    if (figure.kind !== 'value' || figure.population === undefined || measure.topic === 'attendance')
      return []
    const missing = figure.population - (figure.of ?? figure.n ?? 0)
    const name = `${measure.shortName}, ${yearWords(year)}`
    const path = figurePath(figure.key)
    if (missing <= 0) return [{ name, value: `Nobody: all ${whole(figure.population)} have a result.` }]
    return [
      {
        name,
        value: (
          <>
            {whole(missing)} of {whole(figure.population)} have no result.{' '}
            {sees ? <a href={`${path}/pupils?missing=yes`}>Who they are</a> : <a href={path}>The figure</a>}
          </>
        ),
      },
    ]
  })

const GapsSection = ({ page, lead }: { page: SchoolPage; lead: KeyFigure }) => (
  <Section
    title={`Gaps in ${withinSentence(lead.measure.shortName)}, ${yearWords(lead.year)}`}
    aside={
      <a
        href={`/schools/${page.school.slug}/groups?measure=${lead.measure.id}&year=${lead.year}&drop=${page.setting.drop!.code}`}
      >
        All groups and subjects
      </a>
    }
    note={`${lead.measure.unit === 'percent' ? 'Percentage points' : 'Difference'} between the group and everyone else in the same years. Left of the line, the group is behind.`}
  >
    <GapTable
      caption={`Gaps in ${lead.measure.name}`}
      rows={gapRows(lead.measure, page.gaps)}
      places={lead.measure.places}
    />
  </Section>
)

const OverChart = ({ over }: { over: Over }) => {
  const axis = axisOf(over.measure)
  const name = `${over.measure.shortName}, ${yearWords(over.year)}`
  return (
    <>
      <h3>{name}</h3>
      <TrendChart
        label={`${name} over the drops: ${over.points.map(({ drop, figure }) => `${dropWords(drop)} ${figure ? figureWords(over.measure, figure) : 'not collected'}`).join(', ')}`}
        points={over.points.map(({ drop, figure, trust, as }) => ({
          name: as ? `${dropWords(drop)}, as ${as}` : dropWords(drop),
          short: drop.name.slice(0, 3),
          value: figure?.kind === 'value' ? figure.value : undefined,
          low: figure?.low,
          high: figure?.high,
          trust: trust?.kind === 'value' ? trust.value : undefined,
          national: over.national,
        }))}
        domain={fitDomain(
          over.points.flatMap(({ figure, trust }) => [
            figure?.low,
            figure?.high,
            figure?.value,
            trust?.value,
            over.national,
          ]),
          over.measure.unit === 'percent' && over.measure.places === 0 ? 20 : 4,
        )}
        places={axis.places}
        unit={axis.unit}
      />
    </>
  )
}

const ClassesSection = ({ page }: { page: SchoolPage }) => (
  <Section
    title="Classes"
    note="Each opens the class’s own page. Classes are small: read the interval on the figure’s page before you compare two."
  >
    <ClassTable
      school={page.school.slug}
      rows={page.classes}
      measures={page.classMeasures}
      caption={`Classes of ${page.school.name}, ${dropWords(page.setting.drop!)}`}
    />
  </Section>
)

const Years = ({ page }: { page: SchoolPage }) =>
  page.years.length < 2 ? null : (
    <p class="take">
      <span class="hush">Year group:</span>
      {page.years.map((year) =>
        year === page.year ? (
          <b aria-current="true">{yearGroupName(year)}</b>
        ) : (
          <a href={`/schools/${page.school.slug}?year=${year}&drop=${page.setting.drop!.code}`}>
            {yearGroupName(year)}
          </a>
        ),
      )}
    </p>
  )

/** One school: key figures, gaps, who is missing, classes, the drops so far. */
export const SchoolPageView = ({
  page,
  look,
  viewer,
}: {
  page: SchoolPage
  look: LookPage
  viewer: Viewer
}) => {
  const { school, setting } = page
  const { drop } = setting
  const sees = may(viewer, 'see pupils', { school: school.id })
  const found = findingsFor(look, school.id).length
  const crumbs = [
    { text: setting.trust.name, href: '/trust' },
    { text: school.cluster ?? phaseWords[school.phase] },
  ]
  const common = {
    viewer,
    trust: setting.trust.name,
    nav: 'standards' as const,
    title: school.name,
    crumbs,
    purpose: `How ${school.shortName}’s pupils are doing, which groups are behind, who is missing from the figures, and how it has moved.`,
  }
  if (!drop || page.key.length === 0)
    return (
      <Page {...common} thread={threadOf(setting)} asAt={drop ? asAtWords(setting) : []}>
        <Section>
          <Empty title={`Nothing of ${school.shortName} yet`}>
            {drop
              ? `${school.name} has published nothing for ${dropWords(drop)}. When its file is published, its figures stand here.`
              : 'No drop has results yet. When a school’s file is published, its figures stand here.'}
          </Empty>
        </Section>
      </Page>
    )
  const { readiness, lead } = page
  const signed = readiness?.signedOff
  const missing = missingFacts(page, sees)
  const nationals = [
    ...new Set([...page.key, ...page.results].flatMap(({ national }) => national?.label ?? [])),
  ]
  const methods = [...new Set(page.key.map(({ measure }) => measure.interval))]
  return (
    <Page
      {...common}
      windowTitle={`${school.name}, ${dropWords(drop)}`}
      asAt={[
        ...asAtWords(setting),
        ...(page.onRoll
          ? [
              `${whole(page.onRoll)} on roll${school.lowAge && school.highAge ? `, ages ${school.lowAge} to ${school.highAge}` : ''}`,
            ]
          : []),
        `URN ${school.urn}`,
        ...page.mergers.map(({ slug, name, day, how }) => (
          <>
            {how === 'from' ? '' : 'Became part of '}
            <a href={`/schools/${slug}`}>{name}</a>
            {how === 'from' ? ` became part of it on ${dayName(day)}` : ` on ${dayName(day)}`}
          </>
        )),
        ...(setting.underWay
          ? [
              <a href={`/schools/${school.slug}?drop=${setting.underWay.code}`}>
                {sentenceCase(dropWords(setting.underWay))} so far
              </a>,
            ]
          : []),
      ]}
      thread={threadOf(setting)}
      foot={[
        `Sources: ${school.shortName}’s file for ${dropWords(drop)}${signed ? `, signed off by ${signed.by} on ${shortDayName(londonDay(signed.at))}` : ', not signed off yet'}. ${nationals.length ? `National: ${nationals.join('; ')}.` : 'No national figures exist for these measures: they are held against the trust.'}`,
        <>
          Intervals:{' '}
          {methods.map((method, at) => (
            <>
              {at > 0 && '; '}
              <a href={methodPath(intervalMethods[method].page)}>{intervalMethods[method].name}</a>
            </>
          ))}
          . <a href={methodPath('suppression')}>Groups under 6 are never shown outside the school</a>, and a
          neighbouring figure is hidden where it would give one away.
        </>,
      ]}
    >
      {drawnOnce(
        page,
        () => (
          <>
            {school.motto && (
              <p class="for">
                <i>“{school.motto}”</i> <span class="small">{school.shortName}’s own words</span>
              </p>
            )}
            <Section
              title="Key figures"
              note={`${sentenceCase(dropWords(drop))}. Each opens the figure’s own page.`}
            >
              <Years page={page} />
              <KeyFigures items={page.key} />
              <TakeAway
                links={[
                  {
                    text: 'Every figure: absence reasons, behaviour, checks',
                    href: `/schools/${school.slug}/figures?drop=${drop.code}`,
                  },
                  {
                    text: 'On one page, to print',
                    href: `/schools/${school.slug}/page.pdf?drop=${drop.code}`,
                  },
                  {
                    text: 'As a table',
                    href: `/schools/${school.slug}/table?drop=${drop.code}&year=${page.year}`,
                  },
                  {
                    text: 'CSV',
                    href: `/schools/${school.slug}/table?drop=${drop.code}&year=${page.year}&as=csv`,
                  },
                  {
                    text: 'Spreadsheet',
                    href: `/schools/${school.slug}/table?drop=${drop.code}&year=${page.year}&as=xlsx`,
                  },
                ]}
              />
            </Section>
          </>
        ),
        'above the findings',
      )}
      <Section
        title="Where to look first"
        note={found === 0 ? undefined : `${count(found, 'finding')} here. Good news is in the same list.`}
        aside={<a href={methodPath('scan')}>How the list is made</a>}
      >
        <FindingList page={look} school={school.id} />
      </Section>
      {drawnOnce(
        page,
        () => (
          <>
            <Columns split="wide-first">
              {lead ? (
                <GapsSection page={page} lead={lead} />
              ) : (
                <Section title="Gaps">No results to compare yet.</Section>
              )}
              <Section
                title="Who is missing"
                note={
                  sees
                    ? 'Opening a list of pupils is recorded.'
                    : 'Pupils on roll on the day without a result. Their names stay in the school.'
                }
              >
                {missing.length ? <Facts items={missing} /> : <p class="sec__note">No results yet.</p>}
              </Section>
            </Columns>
            {page.over.length > 0 && (
              <Section
                title={`Over ${numberWord(page.over[0]!.points.length).toLowerCase()} drops`}
                note="With the interval of each drop; the trust solid, national dashed."
              >
                <div class="cols">
                  {page.over.map((over) => (
                    <div>
                      <OverChart over={over} />
                    </div>
                  ))}
                </div>
              </Section>
            )}
            {page.classes.length > 0 && <ClassesSection page={page} />}
            {page.departments.length > 0 && (
              <Section title="Subjects">
                <Table
                  caption={`Departments of ${school.name}`}
                  columns={[{ head: 'Department' }, { head: 'Subjects' }]}
                  rows={page.departments.map((one) => [
                    one.name,
                    one.subjects.map((subject, at) => (
                      <>
                        {at > 0 && ', '}
                        <a href={`/schools/${school.slug}/subjects/${subject.code}`}>{subject.name}</a>
                      </>
                    )),
                  ])}
                />
              </Section>
            )}
            {page.results.length > 0 && setting.results && (
              <Section
                title={sentenceCase(dropWords(setting.results))}
                note="National tests and examinations."
              >
                <KeyFigures items={page.results} />
              </Section>
            )}
          </>
        ),
        'below the findings',
      )}
    </Page>
  )
}
