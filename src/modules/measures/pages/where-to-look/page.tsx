import { type FigureKey, figurePath } from '../../../../kernel/figure.ts'
import { count, whole } from '../../../../kernel/numbers.ts'
import { mayAnywhere } from '../../../../kernel/viewer.ts'
import type { Viewer } from '../../../../platform/viewer.ts'
import { Details, Empty, Page, Section, Status, Strip, TakeAway } from '../../../../ui/index.ts'
import { placeName } from '../../domain/place-name.ts'
import type { FindingDecision } from '../../queries/finding-decisions.ts'
import { methodPath } from '../methods.ts'
import { threadOf } from '../thread.ts'
import { asAtWords, dropWords, numberWord } from '../words.ts'
import { type About, type Made, MadeLines, noWork, type WorkOf } from '../work.tsx'
import { becameWords, decisionWords } from './decided.ts'
import { type Became, type LookFinding, type LookPage, mayDecide } from './query.ts'
import { stripOf } from './strip-of.ts'
import { gapWords, headOf, sureWords } from './words.ts'

export const standings = { below: 'Below similar pupils', better: 'Better than similar pupils' } as const

export const findingPath = (page: LookPage, key: string): string =>
  `/trust/findings/one?drop=${page.drop?.code ?? ''}&key=${encodeURIComponent(key)}`

export const aboutFinding = (page: LookPage, { key, at }: LookFinding): About => ({
  kind: 'finding',
  key,
  school: at.id,
  href: findingPath(page, key),
})

export const aboutDecided = (page: LookPage, { key, school }: Became['decision']): About => ({
  kind: 'finding',
  key,
  school,
  href: findingPath(page, key),
})

export const aboutAll = (page: LookPage): About[] => [
  ...page.findings.map((finding) => aboutFinding(page, finding)),
  ...page.became.map(({ decision }) => aboutDecided(page, decision)),
]

/** The figure nearest to the finding: of its one group, or of everyone where it is about two or about attendance. */
export const nearestFigure = ({ setting, drop }: LookPage, finding: LookFinding): FigureKey => {
  const [group, second] = finding.groups
  return {
    measure: finding.measure.id,
    place: placeName(finding.at.slug, finding.class),
    year: finding.class === undefined ? (finding.year ?? 'all') : 'all',
    group:
      group === undefined ||
      second !== undefined ||
      finding.class !== undefined ||
      'attending' in finding.group
        ? 'all'
        : group,
    period: drop!.code,
    snapshot: setting.snapshot,
  }
}

export const figureOf = (page: LookPage, finding: LookFinding): string =>
  figurePath(nearestFigure(page, finding))

export const Picture = ({ finding }: { finding: LookFinding }) => <Strip {...stripOf(finding)} />

export const Decided = ({ decision }: { decision: FindingDecision }) => (
  <p class="finding__why">{decisionWords(decision)}</p>
)

const Item = ({
  page,
  finding,
  at,
  viewer,
  made,
}: {
  page: LookPage
  finding: LookFinding
  at: number
  viewer: Viewer
  made: readonly Made[]
}) => (
  <li class="finding">
    <span class="look__n">{at + 1}</span>
    <div>
      <div class="look__meta">
        <Status kind={finding.standing}>{standings[finding.standing]}</Status>
        {finding.since ? <span>Second drop running</span> : <span>New this drop</span>}
      </div>
      <p>
        {headOf(finding)}:{' '}
        <a class="chip" href={figureOf(page, finding)}>
          {finding.pupils} of {finding.of} pupils
        </a>
        , {gapWords(finding)}.
      </p>
      <p class="finding__why">
        {sureWords(finding).replace('95% interval', 'The 95% interval is')}.
        {finding.folded > 0 &&
          ` ${count(finding.folded, 'other place or group says', 'other places and groups say')} the same and ${finding.folded === 1 ? 'is' : 'are'} explained by it.`}
      </p>
      {finding.decision && <Decided decision={finding.decision} />}
      <MadeLines made={made} />
      <div class="look__meta">
        <a href={findingPath(page, finding.key)}>
          {!mayDecide(viewer, finding.at.id)
            ? 'Look closer'
            : finding.standing === 'better'
              ? 'Ask how they did it, or decide'
              : 'Take up, watch or set aside'}
        </a>
        <a href={`/schools/${finding.at.slug}`}>{finding.at.name}</a>
      </div>
    </div>
    <div class="finding__pic">
      <Picture finding={finding} />
    </div>
  </li>
)

/** The paper for the board, and for those who may see small groups the one with classes and pairs of groups. */
const briefings = (drop: string, viewer: Viewer) => [
  { text: 'Trust briefing for the board, to print', href: `/trust/briefing.pdf?drop=${drop}` },
  ...(mayAnywhere(viewer, 'see small groups')
    ? [
        {
          text: 'Briefing for leaders, with classes and small groups',
          href: `/trust/briefing.pdf?drop=${drop}&for=leaders`,
        },
      ]
    : []),
]

/** The charts that hold the same drop to other questions. */
const OtherWays = ({ drop }: { drop: string }) => (
  <span class="ways">
    <a href={`/trust/value-added?drop=${drop}`}>Value added by school and class</a>
    <a href={`/trust/funnel?drop=${drop}`}>More than chance? A funnel</a>
    <a href={`/trust/gaps?drop=${drop}`}>Gaps school by school</a>
  </span>
)

const titleOf = ({ state }: LookPage, open: number): string => {
  if (state === 'under way' || state === 'failed') return 'Not looked through yet'
  return open === 0 ? 'Nothing stands out' : `${numberWord(open)} that stand out`
}

/** Why the list is empty. */
export function emptyWords({ state, trouble, tested, alone }: LookPage): string {
  switch (state) {
    case 'under way':
      return 'The scan of this drop is under way: thousands of places and groups are being held against similar pupils. It takes seconds for a trust of ten schools, a minute for a very large one. Load the page again then.'
    case 'failed':
      return `The scan of this drop did not come to its end. ${trouble ?? ''} It is tried again when Throughline starts next; the figures on other pages are not touched by this.`
    default:
      if (tested === 0 && alone.length > 0)
        return `One school alone has results in ${alone.map(({ shortName }) => shortName).join(', ')}: there are no similar pupils elsewhere to hold its pupils against.`
      return tested === 0
        ? 'There is nothing to compare yet: the scan needs a drop with results of at least two schools that teach the same year group, and six pupils in each place and group that it looks at.'
        : `Of ${whole(tested)} places and groups looked at, none that you can see lies so far from similar pupils that chance could not explain it.`
  }
}

/** What stands out at a drop, most pupils concerned first; what was decided; what was looked at and is ordinary. */
export const LookPageView = ({
  page,
  viewer,
  workAbout = noWork,
}: {
  page: LookPage
  viewer: Viewer
  workAbout?: Awaited<ReturnType<WorkOf>>
}) => {
  const { setting, drop, findings, became } = page
  const open = findings.filter(({ decision }) => decision?.kind !== 'set aside')
  const aside = findings.filter(({ decision }) => decision?.kind === 'set aside')
  return (
    <Page
      viewer={viewer}
      trust={setting.trust.name}
      nav="standards"
      title="Where to look first"
      purpose="Schools, year groups, classes and groups of pupils whose results lie further from those of similar pupils across the trust than chance explains; most pupils concerned first."
      crumbs={[{ text: 'How the trust is doing', href: '/trust' }, { text: 'Where to look first' }]}
      asAt={[
        ...asAtWords(setting),
        ...(page.state === 'done'
          ? [`${whole(page.tested)} places and groups looked at, ${findings.length} stand out`]
          : []),
        <a href={methodPath('scan')}>How this list is made</a>,
      ]}
      thread={threadOf(setting)}
      foot={[
        'Similar pupils have the same prior attainment, sex, disadvantage, SEN, first language, ethnic group and attendance, in the same year group. The strip shows where the mean of pupils like them would lie, 95% sure; a tick is a pupil, for those who may see pupils.',
        `Of the findings shown fewer than 1 in ${Math.round(1 / page.fdr)} should be chance. Nothing on this page is about a teacher, and it cannot be used in appraisal.`,
      ]}
    >
      <Section title={titleOf(page, open.length)} aside={drop && <OtherWays drop={drop.code} />}>
        {open.length === 0 ? (
          <Empty>{emptyWords(page)}</Empty>
        ) : (
          <ol class="look">
            {open.map((finding, at) => (
              <Item
                page={page}
                finding={finding}
                at={at}
                viewer={viewer}
                made={workAbout(aboutFinding(page, finding)).made}
              />
            ))}
          </ol>
        )}
        {page.state === 'done' && mayAnywhere(viewer, 'see small groups') && (
          <p>
            <a href={`/trust/questions?drop=${drop?.code ?? ''}`}>Questions about the data</a>: whether any
            results of this drop should be explained by somebody before anyone rests on them.
          </p>
        )}
        <TakeAway
          links={[
            { text: 'CSV', href: `/trust/findings?drop=${drop?.code ?? ''}&as=csv` },
            { text: 'Spreadsheet', href: `/trust/findings?drop=${drop?.code ?? ''}&as=xlsx` },
            ...(drop ? briefings(drop.code, viewer) : []),
          ]}
        />
      </Section>
      {(became.length > 0 || aside.length > 0) && (
        <Section title="What was decided before">
          {aside.map((finding) => (
            <Details summary={`Set aside: ${headOf(finding)}`}>
              <p>{finding.sentence}</p>
              {finding.decision && <Decided decision={finding.decision} />}
              <p>
                <a href={findingPath(page, finding.key)}>Decide again</a>
              </p>
            </Details>
          ))}
          {became.map((one) => (
            <Details summary={one.decision.sentence}>
              <p>{becameWords(one)}</p>
              <p>Why: {one.decision.reason}</p>
              <MadeLines made={workAbout(aboutDecided(page, one.decision)).made} />
            </Details>
          ))}
        </Section>
      )}
      {page.tested > 0 && (
        <Section title="Looked at, and ordinary">
          <p>
            {whole(page.ordinary)} places and groups lie no further from similar pupils than chance explains,
            in {page.measures.map(({ shortName }) => shortName).join(', ')}.{' '}
            {whole(page.family - page.tested)} more have fewer than six pupils, or nobody like them elsewhere:
            nothing can be told of those.
          </p>
          {page.alone.length > 0 && (
            <p>
              One school alone has results in {page.alone.map(({ shortName }) => shortName).join(', ')}: there
              are no similar pupils elsewhere to hold its pupils against.
            </p>
          )}
          {page.withoutPrior.length > 0 && (
            <p>
              Most pupils have no prior attainment on record in{' '}
              {page.withoutPrior.map(({ shortName }) => shortName).join(', ')}: there they are compared with
              pupils of the same year group and characteristics, wherever these began.
            </p>
          )}
        </Section>
      )}
    </Page>
  )
}

/** The name of a drop for a sentence. */
export const dropOf = ({ drop }: LookPage): string => (drop ? dropWords(drop) : 'this drop')
