import { dayName, shortDayName } from '../../../../kernel/days.ts'
import { whole } from '../../../../kernel/numbers.ts'
import { mayAnywhere } from '../../../../kernel/viewer.ts'
import { yearGroupName } from '../../../../kernel/year-group.ts'
import type { Viewer } from '../../../../platform/viewer.ts'
import {
  Columns,
  Empty,
  Keys,
  MultiTable,
  Page,
  Readiness,
  Section,
  type SlopePanel,
  SlopePanels,
  Status,
  TakeAway,
} from '../../../../ui/index.ts'
import { FindingList, findingsFor } from '../../components/finding-list.tsx'
import { methodPath } from '../methods.ts'
import { drawnOnce } from '../remember.ts'
import { type DropSeen, schoolsAt } from '../setting.ts'
import { standingOf } from '../shown.ts'
import { threadOf } from '../thread.ts'
import type { LookPage } from '../where-to-look/query.ts'
import { asAtWords, dropWords, numberWord, schoolsWord, sentenceCase, yearWords } from '../words.ts'
import { multiOf } from './multi.ts'
import { type Panel, phaseWords } from './panels.ts'
import type { Trend, TrustPage } from './query.ts'

const PanelTable = ({ panel }: { panel: Panel }) => <MultiTable {...multiOf(panel)} />

const shortNames: Record<string, string> = { Autumn: 'Aut', Spring: 'Spr', Summer: 'Sum' }
const periodsOf = (drops: readonly DropSeen[]): string[] => {
  const short = drops.map((drop) => shortNames[drop.name] ?? drop.name)
  return new Set(short).size === short.length
    ? short
    : short.map((name, at) => `${name} ${drops[at]!.asAt.slice(2, 4)}`)
}

const valuesOf = (figures: Trend['trust']) =>
  figures.map((figure) => (figure?.kind === 'value' ? figure.value : undefined))

const TrendPanels = ({ trend, id }: { trend: Trend; id: string }) => {
  const { measure, year } = trend
  return (
    <SlopePanels
      id={id}
      title={<a href={`/measures/${measure.id}`}>{`${measure.shortName}, ${yearWords(year)}`}</a>}
      unitWords={
        measure.rule.kind === 'sessions attended'
          ? 'percent of sessions'
          : measure.unit === 'percent'
            ? 'percent of pupils'
            : measure.unit
      }
      periods={periodsOf(trend.drops)}
      trust={valuesOf(trend.trust)}
      national={trend.national}
      places={measure.places}
      unit={measure.unit === 'percent' ? '%' : ''}
      panels={trend.schools.map(({ slug, name, figures, line: own }): SlopePanel => {
        const last = figures.at(-1)
        const trust = trend.trust.at(-1)
        const line = own ?? trend.national ?? (trust?.kind === 'value' ? trust.value : undefined)
        const values = valuesOf(figures)
        return {
          name,
          href: `/schools/${slug}`,
          values,
          below: last !== undefined && standingOf(last, line, measure) === 'below',
          ...(values.every((value) => value === undefined) ? { absent: 'not collected' as const } : {}),
        }
      })}
    />
  )
}

const Drop = ({ page, viewer }: { page: TrustPage; viewer: Viewer }) => {
  const { underWay } = page.setting
  const drop = underWay ?? page.setting.drop
  if (!drop) return null
  const done = page.readiness.filter((school) => school.standing === 'signed off')
  const late = page.readiness.filter((school) => school.late)
  const published = page.readiness.filter((school) => school.results > 0)
  const sees = mayAnywhere(viewer, 'see files')
  const state = drop.lock ? 'is locked' : viewer.today < drop.opens ? 'has not opened' : 'is open'
  return (
    <Section
      title={`The ${drop.name.toLowerCase()} drop ${state}`}
      note={
        drop.lock
          ? `${done.length === page.readiness.length ? `${schoolsWord(done.length)} signed off` : `${done.length} of ${page.readiness.length} schools signed off`}. The figures on this page can be cited.`
          : `${numberWord(done.length)} of ${page.readiness.length} schools ${done.length === 1 ? 'has' : 'have'} signed off. Figures may still move until it is locked.${underWay ? ' This page shows the last drop that is locked.' : ''}`
      }
      aside={sees ? <a href={`/drops/${drop.code}`}>The drop</a> : undefined}
    >
      {page.readiness.length > 0 && (
        <Readiness
          schools={page.readiness.map((school) => ({
            name: school.school.shortName,
            ...(sees ? { href: `/drops/${drop.code}/schools/${school.school.slug}` } : {}),
            state: school.standing === 'signed off' ? 'done' : school.late ? 'late' : 'open',
            words: school.standing === 'signed off' ? 'signed off' : school.standing,
          }))}
          lock={{
            words: drop.lock ? 'locked' : `lock after ${shortDayName(drop.due)}`,
            done: drop.lock !== undefined,
          }}
          from={`opened ${shortDayName(drop.opens)}`}
        />
      )}
      <Keys
        items={[
          {
            name: 'Signed off',
            value: `${done.length} of ${page.readiness.length}${late.length ? `; ${late.length} late` : ''}`,
          },
          { name: 'Files published', value: `${published.length} of ${page.readiness.length} schools` },
          { name: 'Results', value: whole(published.reduce((sum, school) => sum + school.results, 0)) },
          { name: 'Decides', value: drop.decides },
        ]}
      />
      {underWay && (
        <p class="take">
          <a href={`/trust?drop=${underWay.code}`}>The figures of {dropWords(underWay)} so far</a>
        </p>
      )}
    </Section>
  )
}

const Years = ({ page }: { page: TrustPage }) =>
  page.years.length < 2 ? null : (
    <p class="take">
      <span class="hush">Year group:</span>
      {page.years.map((year) =>
        year === page.year ? (
          <b aria-current="true">{yearGroupName(year)}</b>
        ) : (
          <a href={`/trust?year=${year}${page.setting.drop ? `&drop=${page.setting.drop.code}` : ''}`}>
            {yearGroupName(year)}
          </a>
        ),
      )}
    </p>
  )

/** What stands behind the first three. */
const moreWords = (found: number): string =>
  found > 3 ? `All ${found}, with their pictures` : 'The whole list, with pictures'

/** Every school on the same measures. */
export const TrustPageView = ({
  page,
  look,
  viewer,
}: {
  page: TrustPage
  look: LookPage
  viewer: Viewer
}) => {
  const { setting, panels, results, trends } = page
  const { drop } = setting
  const many = schoolsAt(setting, setting.drop).length
  const query = `drop=${drop?.code ?? ''}&year=${page.year}`
  const purpose = `${schoolsWord(many)} on the same measures, so that you can see where to look first and what to ask.`
  if (!drop || panels.length === 0)
    return (
      <Page
        viewer={viewer}
        trust={setting.trust.name}
        nav="standards"
        title="How the trust is doing"
        purpose={purpose}
        thread={threadOf(setting)}
      >
        <Section>
          <Empty
            title="No results yet"
            action={
              mayAnywhere(viewer, 'see files') ? (
                <a class="govuk-button" href="/drops">
                  See the drops
                </a>
              ) : undefined
            }
          >
            Once a drop is open and a school has published its file, each school stands here on the same
            measures, with the interval of every number.
          </Empty>
        </Section>
      </Page>
    )
  const nationals = [
    ...new Set(panels.flatMap((panel) => panel.columns.flatMap((column) => column.national?.label ?? []))),
  ]
  return (
    <Page
      viewer={viewer}
      trust={setting.trust.name}
      nav="standards"
      title="How the trust is doing"
      purpose={purpose}
      asAt={asAtWords(setting)}
      thread={threadOf(setting)}
      foot={[
        `Sources: the files schools published for ${dropWords(drop)}, read as at ${dayName(drop.asAt)}. ${nationals.length ? `National: ${nationals.join('; ')}.` : 'No national figures exist for these measures: schools are held against the trust.'} Every number on this page is a figure with its own address.`,
        <>
          <a href={methodPath('wilson')}>Intervals</a> are 95%. Findings allow for having looked at{' '}
          {whole(look.tested)} places and groups: fewer than 1 in {Math.round(1 / look.fdr)} of those shown
          should be chance. <a href={methodPath('scan')}>How the list is made</a>
        </>,
      ]}
    >
      <Columns split="two-thirds">
        <Section
          title="Where to look first"
          aside={
            <span class="ways">
              <a href={`/trust/findings?${query}`}>{moreWords(findingsFor(look).length)}</a>
              <a href={`/trust/briefing.pdf?drop=${drop.code}`}>Trust briefing, to print</a>
            </span>
          }
        >
          <FindingList page={look} />
        </Section>
        <Drop page={page} viewer={viewer} />
      </Columns>
      {drawnOnce(page, () => (
        <>
          <Section
            title={
              panels[0]!.columns[0]!.measure.topic === 'assessments'
                ? 'In the trust’s own assessments'
                : 'On the headline measures'
            }
            note={
              <>
                95% intervals, one scale down each column.{' '}
                <Status kind="below">whole interval below national</Status> or, where there is no national
                figure, below the trust.
              </>
            }
          >
            <Years page={page} />
            {panels.map((panel) => (
              <PanelTable panel={panel} />
            ))}
            <TakeAway
              links={[
                { text: 'As a table', href: `/trust/table?${query}` },
                { text: 'CSV', href: `/trust/table?${query}&as=csv` },
                { text: 'Spreadsheet', href: `/trust/table?${query}&as=xlsx` },
                ...panels.map((panel) => ({
                  text: panels.length === 1 ? 'PNG' : `PNG, ${phaseWords[panel.phase].toLowerCase()}`,
                  href: `/trust/chart.png?${query}&phase=${panel.phase}`,
                })),
              ]}
            >
              Schools are in order of the first column, lowest first.
            </TakeAway>
          </Section>
          {trends.length > 0 && (
            <Section
              title={`Over ${numberWord(trends[0]!.drops.length).toLowerCase()} drops`}
              note="Change is from the first drop to the last. Pale lines are the other schools of the same phase."
            >
              {trends.map((trend, at) => (
                <TrendPanels trend={trend} id={`over-${at}`} />
              ))}
            </Section>
          )}
          {results.length > 0 && (
            <Section
              title={sentenceCase(dropWords(results[0]!.drop))}
              note="National tests and examinations: final until the next summer’s."
            >
              {results.map((panel) => (
                <PanelTable panel={panel} />
              ))}
            </Section>
          )}
        </>
      ))}
    </Page>
  )
}
