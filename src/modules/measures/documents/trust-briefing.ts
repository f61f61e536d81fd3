import { dayName } from '../../../kernel/days.ts'
import { count, decimal, whole } from '../../../kernel/numbers.ts'
import { NotHere, Refusal } from '../../../kernel/refusal.ts'
import { renderPdf } from '../../../platform/pdf/render.ts'
import type { Viewer } from '../../../platform/viewer.ts'
import { stripChart } from '../../../ui/charts/strip.ts'
import { intervalMethods } from '../pages/methods.ts'
import type { SettingAsk } from '../pages/setting.ts'
import { axisOf, shownOf, standingOf, standingWords, valueWords } from '../pages/shown.ts'
import { phaseWords } from '../pages/trust/panels.ts'
import { type Trend, type TrustPage, trustPage } from '../pages/trust/query.ts'
import { cannotTell, type Untold } from '../pages/where-to-look/cannot-tell.ts'
import { becameWords, decisionWords } from '../pages/where-to-look/decided.ts'
import { type LookFinding, type LookPage, lookPage, lookPageNow } from '../pages/where-to-look/query.ts'
import { stripOf } from '../pages/where-to-look/strip-of.ts'
import { gapWords, headOf, sureWords } from '../pages/where-to-look/words.ts'
import { dropWords, intervalTo, numberWord, ofNWords, sentenceCase, yearWords } from '../pages/words.ts'
import type { BriefFigure, BriefFinding, Briefing, BriefPart } from './briefing.ts'
import { briefingTemplate } from './briefing-template.ts'
import { intervalDrawing, printed, trendPanel } from './drawings.ts'
import { asOutsider } from './outsider.ts'
import { statusMarks } from './sheet.ts'

/** Who will read it: the board is shown no class, no pair of groups and no small group; nobody is shown a pupil’s name. */
export type BriefingFor = 'board' | 'leaders'

export interface BriefingAsk extends SettingAsk {
  readonly for?: BriefingFor
  /** Makes a scan that is not there yet, where nobody else would: the command line. */
  readonly scanNow?: boolean
}

const stripWidth = 200

function findingOf(finding: LookFinding): BriefFinding {
  const strip = stripOf(finding)
  return {
    head: headOf(finding),
    rest: `: ${finding.pupils} of ${finding.of} pupils, ${gapWords(finding)}.`,
    small: [
      `${sentenceCase(sureWords(finding).replace('95% interval', 'the 95% interval is'))}.`,
      ...(finding.folded > 0
        ? [
            `It explains ${count(finding.folded, 'other place or group', 'other places and groups')} that would stand out without it.`,
          ]
        : []),
      ...(finding.decision ? [decisionWords(finding.decision)] : []),
    ].join(' '),
    picture: {
      width: stripWidth,
      svg: printed(stripChart({ ...strip, width: stripWidth })),
      alt: strip.label!,
    },
  }
}

/** The first of a list, and how many more there were. */
function firstOf<T>(rows: readonly T[], most: number, more: (left: number) => string) {
  return {
    rows: rows.slice(0, most),
    ...(rows.length > most ? { more: more(rows.length - most) } : {}),
  }
}

const moreFindings = (left: number) =>
  `${count(left, 'more stands', 'more stand')} in the list “Where to look first”.`

function standingPart(
  page: LookPage,
  standing: LookFinding['standing'],
  most: number,
): BriefPart<BriefFinding> {
  const rows = page.findings.filter((one) => one.standing === standing && one.decision?.kind !== 'set aside')
  const better = standing === 'better'
  const first = firstOf(rows, most, moreFindings)
  return {
    heading: better ? 'What is better' : 'What is worse',
    note: rows.length === 0 ? '' : better ? 'Worth asking how they did it' : 'Most pupils concerned first',
    ...first,
    rows: first.rows.map(findingOf),
    empty:
      page.tested === 0
        ? 'Nothing can be said yet: see what we can’t tell.'
        : `Nothing that can be shown here lies so far ${better ? 'above' : 'below'} similar pupils that chance could not explain it.`,
  }
}

function figuresOf(page: TrustPage, most: number): BriefPart<BriefFigure> | undefined {
  const rows = page.panels.flatMap(({ phase, columns }) =>
    columns.flatMap(({ measure, year, trust, national, domain }): BriefFigure[] => {
      if (trust?.kind !== 'value') return []
      const standing = standingOf(trust, national?.value, measure)
      const name = `${phaseWords[phase]}: ${measure.shortName}, ${yearWords(year)}`
      return [
        {
          name,
          value: valueWords(measure, trust.value!),
          of: ofNWords(measure, trust),
          interval: intervalTo(measure, trust),
          chart: intervalDrawing(
            name,
            shownOf(trust, standing),
            axisOf(measure, { national: national?.value, domain }),
            'national',
          ),
          compared: national ? `national ${valueWords(measure, national.value)}` : 'no national figure',
          ...(standing
            ? { status: { mark: statusMarks[standing], words: standingWords(standing, 'national', measure) } }
            : {}),
        },
      ]
    }),
  )
  if (rows.length === 0) return undefined
  return {
    heading: 'The trust on its headline measures',
    note: 'All schools of the phase together; 95% intervals',
    ...firstOf(rows, most, (left) => `${count(left, 'more measure')} on the page “How the trust is doing”.`),
  }
}

function decidedOf(page: LookPage, most: number): Briefing['decided'] {
  const rows = [
    ...page.became.map((one) => ({ text: `${one.decision.sentence} ${becameWords(one)}` })),
    ...page.findings
      .filter(({ decision }) => decision?.kind === 'set aside')
      .map((one) => ({ text: `${one.sentence} ${decisionWords(one.decision!)}` })),
  ]
  if (rows.length === 0) return undefined
  return {
    heading: 'What was decided before',
    note: '',
    ...firstOf(rows, most, (left) => `${count(left, 'more')} in the list “Where to look first”.`),
  }
}

interface Read {
  readonly page: LookPage
  readonly trust: TrustPage
  readonly untold: readonly Untold[]
  readonly board: boolean
}

const drawnValues = (figures: Trend['trust']) =>
  figures.map((figure) => (figure?.kind === 'value' ? figure.value : undefined))

/** What the trust assesses by itself comes after what everyone measures. */
const ownLast = (trends: readonly Trend[]) =>
  trends.toSorted(
    (one, other) =>
      Number(one.measure.topic === 'assessments') - Number(other.measure.topic === 'assessments'),
  )

function trendsOf({ trends }: TrustPage): Briefing['trends'] {
  if (trends.length === 0) return undefined
  return {
    heading: `Over ${numberWord(trends[0]!.drops.length).toLowerCase()} drops`,
    note: 'Heavy, the trust; dashed, national; pale, its schools; each on its own scale',
    rows: ownLast(trends)
      .slice(0, 3)
      .map((trend) => {
        const own = drawnValues(trend.trust)
        const others = trend.schools.map(({ figures }) => drawnValues(figures))
        return trendPanel(trend.measure, trend.year, trend.drops, { own, others, national: trend.national })
      }),
  }
}

function briefingOf({ page, trust, untold, board }: Read, { most, measuresFirst }: Room): Briefing {
  const { setting, findings } = page
  const drop = page.drop!
  const better = findings.filter(({ standing }) => standing === 'better').length
  const [only, ...others] = setting.schools
  const who = only && others.length === 0 ? only.shortName : setting.trust.name
  const methods = [
    ...new Set(trust.panels.flatMap(({ columns }) => columns.map(({ measure }) => measure.interval))),
  ]
  return {
    heading: only && others.length === 0 ? `Briefing: ${who}` : 'Trust briefing',
    trust: setting.trust.name,
    period: `${sentenceCase(dropWords(drop))}, ${board ? 'for trustees and governors' : 'for leaders'}`,
    dated: `Data as at ${dayName(drop.asAt)}, snapshot ${setting.snapshot}${drop.lock && drop.lock.snapshot <= setting.snapshot ? ', locked' : ', before the lock'}`,
    lead:
      page.tested === 0
        ? `Nothing of ${who} can be held against similar pupils yet.`
        : `${whole(page.tested)} places and groups of pupils were held against similar pupils across the trust. ${findings.length === 0 ? 'None' : numberWord(findings.length)} that can be shown here ${findings.length === 1 ? 'stands' : 'stand'} out: ${better} better, ${findings.length - better} worse. The rest are ordinary, which is an answer too.`,
    better: standingPart(page, 'better', most),
    worse: standingPart(page, 'below', most),
    untold: {
      heading: 'What we can’t tell, and why',
      note: '',
      ...firstOf(untold, most + 3, (left) => `And ${count(left, 'more')}.`),
      empty: 'Nothing: every school has sent its results, and each has others to be held against.',
    },
    figures: figuresOf(trust, most + 4),
    measuresFirst,
    trends: trendsOf(trust),
    decided: decidedOf(page, Math.max(1, most - 2)),
    method: [
      `Similar pupils have the same prior attainment where it is known, sex, disadvantage, SEN, first language, ethnic group and attendance, in the same year group. The shaded band is where the mean of pupils like them would lie, 95% sure; the heavy line is where it lies. It allows for having looked at so many: of what is shown, fewer than 1 in ${decimal(1 / page.fdr)} should be chance.`,
      `A difference says where to look, not why. ${methods.length ? `Intervals of the headline measures: ${methods.map((method) => intervalMethods[method].name).join('; ')}.` : ''} ${board ? 'Classes, pairs of groups and groups under 6 pupils are left out, and so is a neighbour that would give one away.' : 'No pupil is named; small groups are in it, so it stays with those who may see them.'} Nothing here is about a teacher, and it cannot be used in appraisal.`,
    ],
    foot: `${setting.trust.name}, trust briefing, ${dropWords(drop)}, snapshot ${setting.snapshot}.`,
  }
}

interface Room {
  readonly most: number
  readonly measuresFirst: boolean
}

/** From the fullest briefing to the barest: the first that fits on two pages is the one. */
const rooms: readonly Room[] = [5, 4, 3, 2, 1].flatMap((most) =>
  [true, false].map((measuresFirst) => ({ most, measuresFirst })),
)

const pagesOf = (pdf: Uint8Array): number =>
  Buffer.from(pdf)
    .toString('latin1')
    .match(/\/Type \/Page\b/g)?.length ?? 0

/**
 * What is better, what is worse and what can’t be told at a drop, as a tagged PDF/UA-1 of two pages: as many findings as they hold.
 * @throws NotHere for who sees no figures, and before the first drop has any; Refusal as long as the drop is being scanned.
 */
export async function trustBriefing(viewer: Viewer, ask: BriefingAsk = {}): Promise<Uint8Array> {
  const board = ask.for !== 'leaders'
  const reader = board ? asOutsider(viewer) : viewer
  const page = await (ask.scanNow ? lookPageNow : lookPage)(reader, ask)
  if (page.state === 'under way' || page.state === 'failed')
    throw new Refusal(
      page.state === 'failed'
        ? 'The scan of this drop did not come to its end, so there is nothing to brief the board on. “Where to look first” says why.'
        : 'The scan of this drop is under way. Ask for the briefing again in a minute.',
    )
  if (!page.drop) throw new NotHere('No drop has any figures yet, so there is nothing to brief the board on.')
  const trust = await trustPage(reader, ask)
  const read: Read = { page, trust, untold: await cannotTell(reader, page), board }
  let pdf: Uint8Array = new Uint8Array()
  for (const room of rooms) {
    const briefing = briefingOf(read, room)
    pdf = await renderPdf({
      title: `${briefing.heading}: ${briefing.period}`,
      template: briefingTemplate,
      data: briefing,
      madeAt: viewer.house.clock.now(),
    })
    if (pagesOf(pdf) <= 2) break
  }
  return pdf
}
