import { dayName, londonDay, londonTime, shortDayName } from '../../../../kernel/days.ts'
import { type Figure, figurePath } from '../../../../kernel/figure.ts'
import { count as many, whole } from '../../../../kernel/numbers.ts'
import type { Viewer } from '../../../../platform/viewer.ts'
import {
  BigFigure,
  Columns,
  type Fact,
  Facts,
  fitDomain,
  History,
  Page,
  Section,
  Table,
} from '../../../../ui/index.ts'
import { versionIn } from '../../domain/measure.ts'
import { intervalMethods, methodPath } from '../methods.ts'
import { drawnOnce } from '../remember.ts'
import { axisOf, shownOf, standingOf, standingWords, valueWords } from '../shown.ts'
import { threadOf } from '../thread.ts'
import { dropWords, figureWords, intervalTo, isShare, ofNWords, withinSentence, yearWords } from '../words.ts'
import { type Work, WorkSection } from '../work.tsx'
import type { FigurePage } from './query.ts'
import { whyWords } from './sources.ts'

const statuses: Record<string, string> = {
  absent: 'absent',
  'not taken': 'did not take it',
  'below test': 'below the level of the test',
  left: 'left',
  'other scale': 'on another scale',
  'no result': 'no result in the file',
}

/** `2 of 62: 1 absent, 1 no result in the file. Had all reached it, it would be 60%; had none, 56%.` */
function missingWords(page: FigurePage): string {
  const { detail, missing } = page
  const { figure, measure } = detail
  const count = detail.missing ?? missing?.length
  if (count === undefined || figure.population === undefined)
    return 'Not shown here: it would give a small group away.'
  if (count === 0) return `Nobody: all ${whole(figure.population)} are counted.`
  const reasons = missing
    ? [...Map.groupBy(missing, (pupil) => pupil.status)].map(
        ([status, pupils]) => `${pupils.length} ${statuses[status] ?? status}`,
      )
    : []
  const words = `${whole(count)} of ${whole(figure.population)}${reasons.length ? `: ${reasons.join(', ')}` : ''}.`
  if (!isShare(measure) || figure.n === undefined || figure.of === undefined) return words
  const share = (met: number) => valueWords(measure, (100 * met) / (figure.of! + count))
  return `${words} Had all of them counted, it would be ${share(figure.n + count)}; had none, ${share(figure.n)}.`
}

/** The sentence beside the number. */
function Said({ page }: { page: FigurePage }) {
  const { figure, measure } = page.detail
  const of = ofNWords(measure, figure)
  const interval = intervalTo(measure, figure)
  if (figure.kind !== 'value') return <>There is no number here: {figure.kind}.</>
  return (
    <>
      <b>{of}</b>
      {isShare(measure) ? ' pupils' : ''}.{' '}
      {interval && (
        <>
          {isShare(measure) ? 'With a group of this size the true rate could be ' : 'The interval is '}
          <b>{interval}</b>.
        </>
      )}
    </>
  )
}

const Sources = ({ page }: { page: FigurePage }) => {
  const { origins, seesFiles, detail } = page
  const about = origins.files.filter((file) => file.fact !== 'pupil_state')
  const shown = about.slice(0, 6)
  if (about.length === 0) return <>No file of this drop stands behind it.</>
  return (
    <>
      {shown.map(({ upload, school, rows, fact }, at) => (
        <>
          {at > 0 && <br />}
          {upload ? (
            seesFiles ? (
              <a href={`/drops/${detail.period.code}/schools/${upload.school}/imports/${upload.import}`}>
                {upload.name}
              </a>
            ) : (
              upload.name
            )
          ) : (
            `${school}’s ${fact === 'attendance' ? 'attendance' : 'results'}`
          )}
          , {whole(rows)} {fact === 'attendance' ? 'pupils’ sessions' : 'results'}
          {upload
            ? ` from ${school}, brought${upload.by ? ` by ${upload.by}` : ''} on ${dayName(londonDay(upload.at))}`
            : ''}
          .
        </>
      ))}
      {about.length > shown.length && (
        <>
          <br />
          and {about.length - shown.length} more files.
        </>
      )}
    </>
  )
}

const Snapshots = ({ page }: { page: FigurePage }) => {
  const { detail, snapshots, origins, national } = page
  const { measure, figure } = detail
  const axis = axisOf(measure)
  const points = snapshots.toReversed()
  const moved = points.filter((one, at) => at > 0 && one.value !== points[at - 1]!.value).length
  return (
    <Section
      title="The same figure in each snapshot"
      note={
        snapshots.length === 1
          ? 'It has been read in one snapshot so far.'
          : moved === 0
            ? `It is the same in ${snapshots.length === 2 ? 'both' : `all ${snapshots.length}`} snapshots in which it was read.`
            : `It moved ${moved === 1 ? 'once' : moved === 2 ? 'twice' : `${moved} times`}; the table says why.`
      }
    >
      <History
        points={points.map((one) => ({
          name: `snapshot ${one.key.snapshot}`,
          short: String(one.key.snapshot),
          value: one.kind === 'value' ? one.value : undefined,
          low: one.low,
          high: one.high,
        }))}
        domain={fitDomain(
          [...points.flatMap(({ value, low, high }) => [value, low, high]), national?.value],
          measure.unit === 'percent' && measure.places === 0
            ? 20
            : (measure.domain[1] - measure.domain[0]) / 10,
        )}
        national={national?.value}
        unit={axis.unit}
        places={axis.places}
        label={`The figure in snapshots ${points.map((one) => one.key.snapshot).join(', ')}; the table below says the same`}
      />
      <Table
        caption="The figure in each snapshot, latest first"
        columns={[
          { head: 'Snapshot' },
          { head: 'Value', num: true },
          { head: isShare(measure) ? 'Of' : 'Pupils', num: true },
          { head: 'Why it changed' },
        ]}
        rows={snapshots.map((one, at) => {
          const before = snapshots[at + 1]
          const same =
            before !== undefined && before.value === one.value && before.n === one.n && before.of === one.of
          const note = origins.notes.get(one.key.snapshot)
          const number =
            one.key.snapshot === figure.key.snapshot ? (
              <b>{one.key.snapshot}</b>
            ) : (
              <a href={figurePath(one.key)}>{one.key.snapshot}</a>
            )
          return [
            <span class="nowrap">
              {number} {note && <span class="small">{shortDayName(londonDay(note.at))}</span>}
            </span>,
            one.kind === 'value' ? <b>{valueWords(measure, one.value!)}</b> : <i class="hush">{one.kind}</i>,
            ofNWords(measure, one),
            `${same ? 'No change here. ' : ''}${whyWords(note, { school: page.school?.shortName })}${origins.lockedIn === one.key.snapshot ? ' This is the one locked.' : ''}`,
          ]
        })}
      />
    </Section>
  )
}

const comparedWords = (page: FigurePage): string => {
  const { detail, trust, national } = page
  const parts = [
    trust && trust.kind === 'value' ? `Trust ${figureWords(detail.measure, trust)}.` : undefined,
    national
      ? `National ${valueWords(detail.measure, national.value)}: ${national.label}. ${national.source}.`
      : undefined,
  ].filter(Boolean)
  return parts.length
    ? parts.join(' ')
    : 'There is no national figure for this measure, year group and group.'
}

/** Which pupils: `Year 6, disadvantaged`. */
const whom = (figure: Figure, groupName: string): string =>
  `${yearWords(figure.key.year)}, ${figure.key.group === 'all' ? 'all pupils' : withinSentence(groupName)}`

/** One figure and everything needed to trust it. */
export const FigurePageView = ({ page, viewer, work }: { page: FigurePage; viewer: Viewer; work: Work }) => {
  const { detail, setting, trust, national, school } = page
  const { figure, measure, period } = detail
  const drop = setting.drops.find((one) => one.code === period.code)!
  const trustValue = trust?.kind === 'value' ? trust.value : undefined
  const line = national?.value ?? trustValue
  const standing = standingOf(figure, line, measure)
  const against = national ? 'national' : 'the trust'
  const path = figurePath(figure.key)
  const version = versionIn(measure, period.academicYear)
  const method = intervalMethods[measure.interval]
  const locked = page.origins.lockedIn !== undefined && figure.key.snapshot >= page.origins.lockedIn
  const listable = page.seesPupils && detail.place.kind !== 'trust'
  const facts: Fact[] = [
    {
      name: 'Definition',
      value: (
        <>
          {detail.definition} Version {figure.version}
          {version ? `, in force since September ${version.from}` : ''}.{' '}
          <a href={`/measures/${measure.id}`}>Full definition</a>
        </>
      ),
    },
    {
      name: 'Who counts',
      value: `${measure.population}. Roll of ${dayName(period.asAt)}: ${figure.population === undefined ? 'not shown' : whole(figure.population)}.`,
    },
    {
      name: 'Who is missing',
      value: (
        <>
          {missingWords(page)}{' '}
          {listable && (detail.missing ?? page.missing?.length ?? 0) > 0 && (
            <a href={`${path}/pupils?missing=yes`}>Who they are</a>
          )}
        </>
      ),
    },
    ...(detail.apart ? [{ name: 'In the trust’s figures', value: `No. ${detail.apart}` }] : []),
    ...(detail.schools
      ? [
          {
            name: 'Made of',
            value: `${detail.schools.counted} of ${detail.schools.of} schools, weighted by pupils.${
              detail.schools.apart
                ? ` Not counted: ${many(detail.schools.apart, 'school')} that did not belong to the trust on the day.`
                : ''
            }`,
          },
        ]
      : []),
    {
      name: 'Interval',
      value: (
        <>
          {method.name}
          {intervalTo(measure, figure) && `: ${intervalTo(measure, figure)}`}.{' '}
          <a href={methodPath(method.page)}>How it is worked out</a>
        </>
      ),
    },
    { name: 'Compared with', value: comparedWords(page) },
    { name: 'Source', value: <Sources page={page} /> },
    {
      name: 'Signed off',
      value: page.origins.signed.length
        ? page.origins.signed.slice(0, 9).map(({ by, at, school: where }, index) => (
            <>
              {index > 0 && <br />}
              {by}, {where}, {dayName(londonDay(at))}, {londonTime(at)}
            </>
          ))
        : 'Not signed off yet.',
    },
  ]
  const groupWords = figure.key.group === 'all' ? 'all pupils' : withinSentence(detail.groupName)
  return (
    <Page
      viewer={viewer}
      trust={setting.trust.name}
      nav="standards"
      title={measure.name}
      windowTitle={`${measure.name}: ${detail.place.name}, ${whom(figure, detail.groupName)}, ${dropWords(drop)}`}
      purpose="One figure and everything you need to trust it. This page keeps this number for ever, so anyone may cite it."
      crumbs={[
        { text: setting.trust.name, href: '/trust' },
        ...(school ? [{ text: school.shortName, href: `/schools/${school.slug}` }] : []),
        ...(detail.place.kind === 'class'
          ? [{ text: detail.place.name, href: `/schools/${school?.slug}/classes/${detail.place.class}` }]
          : []),
        { text: yearWords(figure.key.year) },
        { text: groupWords },
        { text: dropWords(drop) },
      ]}
      asAt={[
        `Data as at ${dayName(period.asAt)}`,
        `Snapshot ${figure.key.snapshot}${locked ? ', locked' : ', before the lock'}`,
        ...(figure.key.snapshot < setting.latest
          ? [
              <a
                href={figurePath({ ...figure.key, snapshot: setting.latest })}
              >{`As it is in snapshot ${setting.latest}, the latest`}</a>,
            ]
          : []),
      ]}
      thread={threadOf(
        { ...setting, drop, snapshot: figure.key.snapshot },
        figure.kind === 'value' ? `${figureWords(measure, figure)}, ${detail.place.name}` : undefined,
      )}
      foot={[
        ...(page.origins.rewritten
          ? [
              `Records of pupils were let go, joined or parted since this snapshot was made, last on ${dayName(londonDay(page.origins.rewritten))}: what was printed before may differ by their rows.`,
            ]
          : []),
        `This address always gives ${figureWords(measure, figure)}. A later snapshot makes a new figure with its own address and leaves this one as it is.`,
        'Seen by everyone who may see figures of this place; groups under 6 only inside the school; names only by those who teach or lead these pupils.',
      ]}
    >
      {drawnOnce(page, () => (
        <>
          <Section>
            <BigFigure
              {...axisOf(measure, { national: national?.value, trust: trustValue })}
              {...shownOf(figure, standing)}
              statusText={standing && standingWords(standing, against, measure)}
              comparison={
                line === undefined
                  ? undefined
                  : `(${against === 'national' ? 'national' : 'the trust'}: ${valueWords(measure, line)})`
              }
            >
              <Said page={page} />
            </BigFigure>
            <div class="buttons">
              {listable && (
                <a class="govuk-button" href={`${path}/pupils`}>
                  The pupils behind it
                </a>
              )}
              <a class="govuk-button govuk-button--secondary" href={`${path}?as=csv`}>
                CSV
              </a>
              <a class="govuk-button govuk-button--secondary" href={`${path}.png`}>
                PNG
              </a>
              <span class="addr hush">
                Address: {setting.trust.slug}
                {path}
              </span>
            </div>
          </Section>
          <Columns>
            <Section title="What it is">
              <Facts items={facts} />
            </Section>
            <Snapshots page={page} />
          </Columns>
        </>
      ))}
      <WorkSection work={work} />
    </Page>
  )
}
